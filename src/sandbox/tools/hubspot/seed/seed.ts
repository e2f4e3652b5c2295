import type { Collection } from "../../../collection.ts";
import type { End } from "../associations/associations.ts";
import type { ObjectName } from "../objects/object-type.ts";
import type { Portal } from "../portal.ts";
import { companies } from "./companies.ts";
import { contactValues, seedContacts } from "./contacts.ts";
import { deals } from "./deals.ts";
import { createdAt, DAY, iso, type Maker } from "./made.ts";
import { orders } from "./orders.ts";

const makers: Record<ObjectName, Maker> = {
  companies,
  contacts: {
    make: (n, portal) => {
      const values = contactValues(n);
      return { values, to: employerOf(portal, values["company"] ?? null) };
    },
    flaws: {},
  },
  deals,
  orders,
};

/** How many of the others there are with so many contacts: a handful at least, sixty at most. */
const FEW = 5;
const MOST = 60;
const others = (contacts: number): number =>
  contacts === 0 ? 0 : Math.min(MOST, Math.max(FEW, Math.round(contacts * 0.12)));
/** With fewer than this there is nothing wrong with any of them. */
const ENOUGH_FOR_FLAWS = 40;

/** How many were made up so far, by object; contacts were the first and are counted under another name. */
export type MadeUp = Collection<number>;
const keyOf = (object: ObjectName) => (object === "contacts" ? "count" : object);

/** Fills each object that was never filled before. */
export function seedPortal(
  portal: Portal,
  madeUp: MadeUp,
  { contacts, flawed }: { contacts: number; flawed: boolean },
): void {
  const once = (object: ObjectName, count: number, seed: () => void) => {
    if (madeUp.get(keyOf(object)) !== undefined) return;
    seed();
    madeUp.set(keyOf(object), count);
  };
  const several = (object: ObjectName) => {
    const count = others(contacts);
    once(object, count, () => seedSeveral(portal, object, count, flawed));
  };
  const first = madeUp.get(keyOf("companies")) === undefined;
  several("companies");
  once("contacts", contacts, () => seedContacts(portal.records("contacts"), contacts, flawed));
  if (first) employ(portal);
  several("deals");
  several("orders");
}

function seedSeveral(portal: Portal, object: ObjectName, count: number, flawed: boolean): void {
  const { make, flaws } = makers[object];
  for (let n = 0; n < count; n += 1) {
    const flaw = flawed && count >= ENOUGH_FOR_FLAWS ? flaws[n] : undefined;
    const { values, to } = make(n, portal);
    const created = createdAt(n, count);
    const updated = created + (n % 3 === 0 ? (1 + (n % 30)) * DAY : 0);
    const times = { created: iso(created), updated: iso(updated) };
    const records = portal.records(object);
    const { id } = records.create({ ...values, ...flaw?.values }, "IMPORT", times);
    if (flaw?.loose !== true) join(portal, { object, id }, to);
  }
}

/** Contacts belong to the company whose name they give, where there is one. */
function employ(portal: Portal): void {
  for (const { id, properties } of portal.records("contacts").all()) {
    const from: End = { object: "contacts", id };
    if (portal.associations.of(from, "companies").length > 0) continue;
    join(portal, from, employerOf(portal, properties["company"] ?? null));
  }
}

function employerOf(portal: Portal, name: string | null): End[] {
  for (const { id, properties } of portal.records("companies").all()) {
    if (properties["name"] === name) return [{ object: "companies", id }];
  }
  return [];
}

/** Without a word to anybody, and without a new modification date. */
function join(portal: Portal, from: End, to: End[]): void {
  for (const end of to) portal.associations.add(from, end);
}

/** Further made-up records, none of which has been here before; tells how many there are now. */
export function addMadeUp(portal: Portal, madeUp: MadeUp, object: string, count: number): number {
  const name = (Object.keys(makers) as ObjectName[]).find((known) => known === object);
  if (name === undefined) {
    throw new Error(`There is no "${object}" here; there are ${Object.keys(makers).join(", ")}.`);
  }
  const records = portal.records(name);
  const from = madeUp.get(keyOf(name)) ?? 0;
  for (let n = from; n < from + count; n += 1) {
    const { values, to } = makers[name].make(n, portal);
    const { id } = records.create(values, "IMPORT");
    join(portal, { object: name, id }, to);
  }
  madeUp.set(keyOf(name), from + count);
  return records.size;
}
