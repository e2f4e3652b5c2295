import type { Channel, User, UserGroup } from "./residents.ts";

/** The people, groups and channels that the simulated workspace begins with. */
export const team = { id: "T024BE7LD", name: "Harbour & Sons", domain: "harbour-and-sons" };

const person = (
  id: string,
  name: string,
  real_name: string,
  title: string,
  tz: string,
  color: string,
): User => ({
  id,
  name,
  real_name,
  title,
  email: `${name}@harbour-and-sons.example`,
  tz,
  color,
  deleted: false,
  is_bot: false,
  is_admin: false,
});

const olivia = person("U024BE7LH", "olivia", "Olivia Berg", "Operations", "Europe/Paris", "4f6bed");
const ravi = person("U024BE8RM", "ravi", "Ravi Menon", "Engineer", "Europe/London", "0f7b6c");
const sofia = person("U024BE9SL", "sofia", "Sofia Lind", "Sales", "America/New_York", "b4552d");
const tom = person("U024BE6TH", "tom", "Tom Hughes", "Bookkeeping", "Europe/London", "777777");

export const people: User[] = [
  { ...olivia, is_admin: true },
  ravi,
  sofia,
  { ...tom, deleted: true },
  { ...person("USLACKBOT", "slackbot", "Slackbot", "", "UTC", "757575"), is_bot: true },
];

const everybody = [olivia.id, ravi.id, sofia.id];

export const userGroups: UserGroup[] = [
  {
    id: "S024BE7LG",
    handle: "integrations",
    name: "Integrations",
    description: "Looks after what runs between our tools",
    users: [olivia.id, ravi.id],
  },
];

/** `bot` is among the members where the app has been invited. */
export function channels(bot: string): Channel[] {
  const channel = (id: string, name: string, purpose: string, members: string[]): Channel => ({
    id,
    name,
    purpose,
    is_private: false,
    kind: "channel",
    members,
    with: null,
  });
  return [
    channel("C024BE7LR", "general", "Company news and everything else", everybody),
    channel("C024BE8LT", "integrations", "What runs between our tools", [...everybody, bot]),
    {
      ...channel("C024BE9LV", "finance", "Invoices, payments and the month end", [
        olivia.id,
        sofia.id,
      ]),
      is_private: true,
    },
  ];
}
