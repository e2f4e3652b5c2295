import type { Shelf } from "../../collection.ts";
import { flaws } from "../flaws.ts";
import { person, type Person } from "../people.ts";
import { type Audience, main, partners } from "./audiences.ts";
import { type Member, type Members, stamp, type Status } from "./members.ts";
import type { Merges } from "./merge-values.ts";

const COUNTRIES: Record<string, string> = { "United States": "US", "United Kingdom": "GB", Germany: "DE", France: "FR", Spain: "ES", Italy: "IT", Sweden: "SE", Poland: "PL", Japan: "JP", India: "IN", Brazil: "BR", Kenya: "KE" }; // prettier-ignore
const FIRST = Date.parse("2025-01-13T08:12:40.000Z");
const LAST = Date.parse("2026-09-30T16:20:05.000Z");
const LEAST = 5;
const ENOUGH_FOR_FLAWS = 50;

export type Seeding = {
  /** Further made-up members, clean and subscribed; created now unless told. */
  add(audience: Audience, count: number, when?: (index: number) => number): void;
};

export function openSeeding(shelf: Shelf, members: Members): Seeding {
  const made = shelf.collection<number>("made_up");
  return {
    add(audience, count, when = () => Date.now()) {
      const from = made.get(audience.id) ?? 0;
      for (let index = 0; index < count; index += 1) {
        const n = from + index;
        addMember(members, audience, person(n), { n, at: when(index), status: "subscribed" });
      }
      made.set(audience.id, from + count);
    },
  };
}

/** The members of the first start, always the same for the same number. */
export function seedMembers(shelf: Shelf, members: Members, count: number, flawed: boolean): void {
  const seeding = openSeeding(shelf, members);
  const at = (total: number) => (index: number) => FIRST + ((LAST - FIRST) * index) / total;
  seeding.add(main, count, at(count));
  const others = count === 0 ? 0 : Math.max(LEAST, Math.round(count / 5));
  seeding.add(partners, others, at(others));
  if (!flawed || count < ENOUGH_FOR_FLAWS) return;
  for (const [index, { properties }] of flaws.entries()) {
    const member = members.all(main.id)[3 + index * 3];
    // Without an address nobody can be a member, and none that is not one is let in.
    if (member !== undefined && properties["email"]?.includes("..") === false) spoil(members, member, properties); // prettier-ignore
  }
  for (const [index, status] of STATUSES.entries()) {
    const member = members.all(main.id)[2 + index * 5];
    const isProtected = status === "cleaned" || index % 2 === 0;
    if (member !== undefined)
      members.update(member, { status, protected: isProtected }, "admin", LAST);
  }
}

/** Of every fifth one: some left by themselves, some bounced, some were put away. */
const STATUSES: Status[] = ["unsubscribed", "unsubscribed", "cleaned", "archived", "pending", "transactional", "unsubscribed", "cleaned"]; // prettier-ignore

function spoil(members: Members, member: Member, given: Record<string, string | null>): void {
  const { firstname, lastname, phone, email } = given;
  const merges: Merges = { ...member.merges };
  for (const [tag, value] of Object.entries({ FNAME: firstname, LNAME: lastname, PHONE: phone })) {
    if (value !== undefined && value !== null) merges[tag] = value;
  }
  members.update(member, { merges, email: email ?? member.email }, "admin", LAST);
}

type Making = { n: number; at: number; status: Status };

function addMember(
  members: Members,
  audience: Audience,
  one: Person,
  { n, at, status }: Making,
): void {
  const joined = stamp(at);
  members.add(
    {
      list: audience.id,
      email: one.email,
      emailType: "html",
      status,
      protected: false,
      merges: audience === main ? mergesOf(one, n) : partnerMerges(one, n),
      language: one.language,
      vip: n % 17 === 0,
      signup: { at: joined, ip: "192.0.2.10" },
      optin: { at: joined, ip: "192.0.2.10" },
      source: n % 3 === 0 ? "Hosted Signup Form" : "Import",
      tags: n % 4 === 0 ? [members.tag(n % 8 === 0 ? "VIP" : "Wholesale")] : [],
    },
    "admin",
    at,
  );
}

const mergesOf = (one: Person, n: number): Merges => ({
  FNAME: one.first,
  LNAME: one.last,
  ADDRESS: addressOf(one),
  ...(one.phone !== null && { PHONE: one.phone }),
  ...(one.mobile !== null && { MOBILE: one.mobile }),
  ...(one.website !== null && { WEBSITE: one.website }),
  COMPANY: one.company,
  BIRTHDAY: `${String(1 + (n % 12)).padStart(2, "0")}/${String(1 + (n % 28)).padStart(2, "0")}`,
  SINCE: `2025-${String(1 + (n % 12)).padStart(2, "0")}-15`,
  LTV: 50 + ((n * 7919) % 4000),
  TIER: ["Bronze", "Silver", "Gold"][n % 3] ?? "Bronze",
});

const partnerMerges = (one: Person, n: number): Merges => ({
  FIRST: one.first,
  MMERGE2: one.last,
  ADDRESS: addressOf(one),
  PHONE: `(202) 555-01${String(n % 100).padStart(2, "0")}`,
  FIRM: one.company,
});

const addressOf = (one: Person) => ({
  addr1: one.street,
  addr2: "",
  city: one.city,
  state: one.region,
  zip: one.postalCode,
  country: COUNTRIES[one.country] ?? "US",
});
