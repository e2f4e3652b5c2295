import type { SObject } from "./fields.ts";
import { accountValues, contactValues, madeAt, opportunityValues, orderValues } from "./made-up.ts";
import { account } from "./objects/account.ts";
import { contact } from "./objects/contact.ts";
import { opportunity } from "./objects/opportunity.ts";
import { order } from "./objects/order.ts";
import { user } from "./objects/user.ts";
import type { Organisation, Row } from "./organisation.ts";
import { users } from "./people.ts";
import type { Values } from "./rules.ts";
import { instant } from "./time.ts";
import type { Writer } from "./writer.ts";

/** Adds the next made-up records of an object, none of which has been there before. */
type Seed = (object: SObject, count: number) => void;

const owners = users.filter((one) => one["IsActive"] === true).slice(1);

export function seeding(organisation: Organisation, writer: Writer, withFlaws: boolean): Seed {
  const pick = (object: SObject) => {
    const rows = [...organisation.rows(object)].filter((row) => row["IsDeleted"] !== true);
    return (n: number): Row | undefined => rows[n % Math.max(1, rows.length)];
  };
  const makers = new Map<SObject, () => (n: number) => Values>([
    [account, () => (n) => accountValues(n, withFlaws)],
    [contact, () => (n) => contactValues(n, withFlaws, organisation)],
    [
      opportunity,
      () => {
        const [person, firm] = [pick(contact), pick(account)];
        return (n) => opportunityValues(n, person(n * 3), firm(n));
      },
    ],
    [
      order,
      () => {
        const [person, firm] = [pick(contact), pick(account)];
        return (n) => orderValues(n, person(n * 5), firm(n * 2));
      },
    ],
  ]);

  return (object, count) => {
    const make = makers.get(object)?.();
    if (make === undefined) throw new Error(`There are no made-up records of ${object.name}.`);
    for (let left = count; left > 0; left -= 1) {
      const n = organisation.next(`made up ${object.name}`) - 1;
      const owner = owners[n % owners.length]?.Id ?? null;
      writer.plant(object, { OwnerId: owner, ...make(n) }, instant(madeAt(n)));
    }
  };
}

/**
 * What the organisation begins with: its users, then accounts before those who work there. Without
 * contacts there is nothing else either.
 */
export function seedAll(organisation: Organisation, seed: Seed, contacts: number): void {
  for (const one of users) organisation.put(user, one);
  const atLeast = (share: number) =>
    contacts === 0 ? 0 : Math.max(5, Math.round(contacts * share));
  seed(account, atLeast(0.8));
  seed(contact, contacts);
  seed(opportunity, atLeast(0.7));
  seed(order, atLeast(0.6));
  organisation.tally.creates = 0;
}
