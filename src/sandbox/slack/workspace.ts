import type { Shelf } from "../collection.ts";
import { channels as firstChannels, people, team, userGroups } from "./harbour-and-sons.ts";
import { newId, newSecret } from "./names.ts";
import type { Channel, User, UserGroup } from "./residents.ts";

/** What the app is and how it proves itself; made at the first start and kept. */
export type Identity = {
  app_id: string;
  bot_id: string;
  bot_user_id: string;
  bot_token: string;
  app_token: string;
  signing_secret: string;
  verification_token: string;
};

export type Workspace = ReturnType<typeof openWorkspace>;

export const slackbot = "USLACKBOT";

/** The team, its people and channels. A first start fills it with Harbour & Sons. */
export function openWorkspace(shelf: Shelf, appName: string) {
  const users = shelf.collection<User>("users");
  const channels = shelf.collection<Channel>("channels");
  const groups = shelf.collection<UserGroup>("user groups");
  const kept = shelf.collection<Identity>("identity");

  const identity = kept.get("app") ?? newIdentity();
  if (kept.size === 0) {
    for (const user of people) users.set(user.id, user);
    for (const group of userGroups) groups.set(group.id, group);
    for (const channel of firstChannels(identity.bot_user_id)) channels.set(channel.id, channel);
    kept.set("app", identity);
  }
  users.set(identity.bot_user_id, botUser(identity.bot_user_id, appName));

  const imWith = (user: string): Channel => {
    const there = [...channels.values()].find((channel) => channel.with === user);
    if (there) return there;
    const members = [user, identity.bot_user_id];
    const im: Channel = {
      id: newId("D"),
      name: "directmessage",
      purpose: "",
      is_private: true,
      kind: "im",
      members,
      with: user,
    };
    channels.set(im.id, im);
    return im;
  };
  for (const user of users.values()) if (!user.is_bot && !user.deleted) imWith(user.id);

  return {
    team,
    identity,
    users: () => [...users.values()],
    user: (id: string) => users.get(id),
    /** Somebody who can sit before the page: neither a bot nor deactivated. */
    person(id: string): User | undefined {
      const user = users.get(id);
      return user === undefined || user.is_bot || user.deleted ? undefined : user;
    },
    groups: () => [...groups.values()],
    group: (id: string) => groups.get(id),
    channels: () => [...channels.values()],
    channel: (id: string) => channels.get(id),
    channelNamed: (name: string) => [...channels.values()].find((channel) => channel.name === name),
    imWith,
    botIsIn: (channel: Channel) => channel.members.includes(identity.bot_user_id),
    sees: (user: string, channel: Channel) => channel.members.includes(user) || !channel.is_private,
    join(channel: Channel, user: string) {
      if (channel.members.includes(user)) return;
      channel.members.push(user);
      channels.set(channel.id, channel);
    },
    leave(channel: Channel, user: string) {
      channel.members = channel.members.filter((member) => member !== user);
      channels.set(channel.id, channel);
    },
  };
}

function newIdentity(): Identity {
  const app_id = newId("A");
  return {
    app_id,
    bot_id: newId("B"),
    bot_user_id: newId("U"),
    bot_token: `xoxb-${newSecret()}`,
    app_token: `xapp-1-${app_id}-${newSecret()}`,
    signing_secret: newSecret(),
    verification_token: newSecret(12),
  };
}

const botUser = (id: string, appName: string): User => ({
  id,
  name: appName.toLowerCase().replaceAll(/[^a-z0-9]+/g, ""),
  real_name: appName,
  title: "",
  email: "",
  tz: "America/Los_Angeles",
  color: "1f2d3d",
  deleted: false,
  is_bot: true,
  is_admin: false,
});
