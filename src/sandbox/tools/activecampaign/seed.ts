import { company } from "../companies.ts";
import { bystanders, flaws as knownFlaws, sharedEmail } from "../flaws.ts";
import { person, type Person } from "../people.ts";
import type { CompanyWriter } from "./company-writer.ts";
import type { ContactWriter } from "./contact-writer.ts";
import { born, type Crm } from "./crm.ts";
import { accountFields, contactFields, type CustomField, dealFields } from "./custom-fields.ts";
import type { GivenValue } from "./custom-values.ts";
import type { DealGiven, DealWriter } from "./deal-writer.ts";
import { stages } from "./pipelines.ts";
import { users } from "./staff.ts";
import { tagNamed } from "./tags.ts";

export type Writers = { contacts: ContactWriter; companies: CompanyWriter; deals: DealWriter };
type Seed = Record<"contacts" | "accounts" | "deals", (n: number) => void>;

const DAY = 86_400_000;
const FIRST = Date.parse("2025-03-03T15:20:00Z");
const madeAt = (n: number) => FIRST + n * (7 * DAY + 2_711_000);
const ownerOf = (n: number) => users[n % users.length]?.id ?? "1";
const MONEY: Record<string, string> = { "United States": "usd", "United Kingdom": "gbp", Sweden: "sek", Japan: "jpy" }; // prettier-ignore
const THINGS = ["Spring campaign", "Yearly supply", "Loyalty cards", "Workshop", "New website"];

/** What each made-up record of an object is, by its number. */
export function seeding(
  crm: Crm,
  { contacts, companies, deals }: Writers,
  withFlaws: boolean,
): Seed {
  // prettier-ignore
  return {
    accounts(n) {
      const one = company(n);
      const values = custom(accountFields, {
        "Address 1": one.first.street,
        City: one.first.city,
        "State/Province": one.first.region,
        "Postal Code": one.first.postalCode,
        Country: one.first.country,
        "Number of Employees": String(one.employees),
        "Industry/Vertical": one.trade,
        "Phone Number": one.phone,
      });
      const revenue = value(accountFields, "Annual Revenue", String(one.revenue * 100), "USD");
      const given = { name: one.name, accountUrl: one.website, owner: ownerOf(n) };
      companies.create({ ...given, values: [...values, ...revenue] }, null, madeAt(n));
    },
    contacts(n) {
      const one = person(n % 4 === 3 ? 1200 + n : n + 20);
      const special = withFlaws && n % 4 === 1 ? specials[Math.floor(n / 4)] : undefined;
      const own = { ...namesOf(one), ...special };
      const { email = "", firstName = "", lastName = "", phone = "" } = own;
      const values = custom(contactFields, { ...detailsOf(one, n), ...special });
      const contact = contacts.create({ email, firstName, lastName, phone, values }, madeAt(n));
      const [employer] = crm.accounts.by("name", one.company);
      const since = { contact: contact.id, ...born(madeAt(n)) };
      if (employer !== undefined)
        crm.accountContacts.add({ account: employer.id, jobTitle: one.title, ...since });
      crm.memberships.add({ list: "1", status: statusOf(n), sourceid: "0", ...since });
      if (n % 3 === 0) crm.memberships.add({ list: "2", status: 1, sourceid: "0", ...since });
      if (n % 5 === 2) crm.contactTags.add({ tag: tagNamed(crm, "VIP").id, ...since });
    },
    deals(n) {
      const everybody = [...crm.contacts.all()];
      const contact = everybody[(n * 7) % Math.max(1, everybody.length)];
      if (contact === undefined) return;
      const country = crm.contactValues.by("owner", contact.id).find(({ field }) => field === "7");
      const [employer] = crm.accountContacts.by("contact", contact.id);
      const given = {
        ...dealValues(n),
        title: `${THINGS[n % THINGS.length] ?? ""} for ${contact.firstName} ${contact.lastName}`,
        contact: contact.id,
        account: employer?.account ?? null,
        currency: MONEY[country?.value ?? ""] ?? "eur",
      };
      deals.create(given, null, madeAt(n));
    },
  };
}

function dealValues(n: number): DealGiven {
  const stage = stages[n % stages.length] ?? stages[0];
  const closes = new Date(madeAt(n) + 60 * DAY).toISOString().slice(0, 10);
  return {
    value: 12_000 + ((n * 7_750) % 640_000) + (n % 3) * 25,
    ...(stage !== undefined && { group: stage.group, stage: stage.id }),
    owner: ownerOf(n),
    status: [0, 0, 1, 0, 2][n % 5] ?? 0,
    values: custom(dealFields, { "Forecasted Close Date": n % 6 === 5 ? null : closes }),
  };
}

const LISTS = ["Newsletter", "Customers", "Events"];

/** What the account begins with; without contacts there are only its lists. */
export function seedAll(crm: Crm, seed: Seed, count: number): void {
  for (const name of LISTS) {
    const stringid = name.toLowerCase();
    const sender_reminder = "You asked us to write to you.";
    crm.lists.add({ name, stringid, sender_url: "https://harbour-and-sons.example", sender_reminder, ...born(FIRST) }); // prettier-ignore
  }
  const share = (part: number) => (count === 0 ? 0 : Math.max(5, Math.round(count * part)));
  for (let n = 0; n < share(0.8); n += 1) seed.accounts(n);
  for (let n = 0; n < count; n += 1) seed.contacts(n);
  for (let n = 0; n < share(0.6); n += 1) seed.deals(n);
  Object.assign(crm.tally, { creates: 0, updates: 0 });
}

/** Most are active; some never confirmed, some left, the mail of some comes back. */
function statusOf(n: number): number {
  if (n % 7 === 3) return 2;
  if (n % 11 === 5) return 0;
  return n % 13 === 6 ? 3 : 1;
}

type Texts = Record<string, string | null>;

const namesOf = (one: Person): Record<string, string> => ({
  email: one.email,
  firstName: one.first,
  lastName: one.last,
  phone: one.phone ?? "",
});

const detailsOf = (one: Person, n: number): Texts => ({
  Mobile: one.mobile,
  Website: one.website,
  Street: one.street,
  City: one.city,
  State: one.region,
  "Postal code": one.postalCode,
  Country: one.country,
  Language: one.language,
  "Customer since": n % 2 === 0 ? new Date(madeAt(n)).toISOString().slice(0, 10) : null,
  Interests: n % 4 === 0 ? "||Bread||Books||" : null,
});

const custom = (fields: readonly CustomField[], texts: Texts): GivenValue[] =>
  Object.entries(texts).flatMap(([label, text]) => value(fields, label, text));

function value(
  fields: readonly CustomField[],
  label: string,
  text: string | null,
  currency: string | null = null,
): GivenValue[] {
  const field = fields.find((one) => one.label === label);
  return field === undefined || text === null ? [] : [{ field, value: text, currency }];
}

/** The people with something wrong whom other tools know too, in this tool's words. */
const NAMES: Record<string, string> = { firstname: "firstName", lastname: "lastName", address: "Street", city: "City", state: "State", zip: "Postal code", country: "Country" }; // prettier-ignore
const specials: readonly Record<string, string>[] = [
  ...bystanders,
  sharedEmail.properties,
  // Without an e-mail, or with one that is none, nobody is let in.
  ...knownFlaws
    .filter(({ key }) => key !== "email_typo" && key !== "no_email")
    .map(({ properties }) => properties),
].map((properties) =>
  Object.fromEntries(
    Object.entries(properties).map(([name, text]) => [NAMES[name] ?? name, (text ?? "").trim()]),
  ),
);
