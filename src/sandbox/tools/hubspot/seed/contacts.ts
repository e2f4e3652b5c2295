import { bystanders, flaws, sharedEmail } from "../../flaws.ts";
import { person } from "../../people.ts";
import type { Values } from "../objects/object-type.ts";
import type { Records } from "../records/records.ts";
import { createdAt, DAY, iso } from "./made.ts";

/** With fewer contacts than this there is nothing wrong with any of them. */
const ENOUGH_FOR_FLAWS = 50;

/**
 * The contacts of the first start, always the same for the same number: made-up people, and with
 * 50 or more among them the flawed ones, spread evenly and after those they collide with.
 */
export function seedContacts(contacts: Records, count: number, flawed: boolean): void {
  const special: Values[] = [
    ...bystanders,
    sharedEmail.properties,
    ...flaws.map(({ properties }) => properties),
  ];
  const enough = flawed && count >= ENOUGH_FOR_FLAWS;
  const gap = enough ? Math.floor(count / (special.length + 1)) : Infinity;
  for (let n = 0; n < count; n += 1) {
    const place = (n + 1) / gap;
    const own = Number.isInteger(place) ? special[place - 1] : undefined;
    const created = createdAt(n, count);
    const edited = n % 3 === 0 || own !== undefined;
    contacts.create({ ...contactValues(n), ...own }, "IMPORT", {
      created: iso(created),
      updated: iso(edited ? created + (1 + (n % 40)) * DAY + n : created),
    });
  }
}

/** The HubSpot properties of the n-th made-up person. */
export function contactValues(n: number): Values {
  const one = person(n);
  return {
    firstname: one.first,
    lastname: one.last,
    email: one.email,
    phone: one.phone,
    mobilephone: one.mobile,
    company: one.company,
    jobtitle: one.title,
    website: one.website,
    address: one.street,
    city: one.city,
    state: one.region,
    zip: one.postalCode,
    country: one.country,
    hs_language: one.language,
    lifecyclestage: n % 4 === 0 ? "lead" : "customer",
  };
}
