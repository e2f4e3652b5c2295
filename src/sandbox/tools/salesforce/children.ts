import { refusedBy } from "./errors.ts";
import type { Field, SObject } from "./fields.ts";
import type { Organisation, Row } from "./organisation.ts";
import type { Schema } from "./schema.ts";
import { now } from "./time.ts";

type Child = { object: SObject; field: Field; row: Row };

/** Contacts, opportunities and orders of an account go with it; other references are emptied. */
const goWithIt: Record<string, readonly string[]> = {
  Account: ["Contact.AccountId", "Opportunity.AccountId", "Order.AccountId"],
};

function childrenOf(
  organisation: Organisation,
  schema: Schema,
  parent: SObject,
  id: string,
): Child[] {
  const ways = schema.all.flatMap((object) =>
    object.fields
      .filter(({ name, kind }) => {
        return kind.type === "reference" && kind.to === parent.name && name !== "MasterRecordId";
      })
      .map((field) => ({ object, field })),
  );
  return ways.flatMap(({ object, field }) =>
    [...organisation.rows(object)]
      .filter((row) => row[field.name] === id && row["IsDeleted"] !== true)
      .map((row) => ({ object, field, row })),
  );
}

/** Into the recycle bin, with what depends on it. */
export function removeWithChildren(
  organisation: Organisation,
  schema: Schema,
  object: SObject,
  row: Row,
): void {
  const { dependent = [], loose = [] } = Object.groupBy(
    childrenOf(organisation, schema, object, row.Id),
    (child) => (goesWith(object, child) ? "dependent" : "loose"),
  );
  refuseIfHeld(row, dependent);
  organisation.put(object, { ...row, IsDeleted: true, ...touched() });
  organisation.tally.archived += 1;
  for (const child of dependent) removeWithChildren(organisation, schema, child.object, child.row);
  for (const { object: of, field, row: child } of loose) {
    const latest = organisation.get(of, child.Id) ?? child;
    organisation.put(of, { ...latest, [field.name]: null, ...touched() });
  }
}

const goesWith = (parent: SObject, { object, field }: Child): boolean =>
  (goWithIt[parent.name] ?? []).includes(`${object.name}.${field.name}`);

/** Source: the reasons that Salesforce's help gives for an account that cannot be deleted. */
function refuseIfHeld(row: Row, dependent: readonly Child[]): void {
  const reasons: [held: boolean, reason: string][] = [
    [
      dependent.some(({ row: child }) => child["IsWon"] === true),
      "some opportunities in this account are closed won",
    ],
    [
      dependent.some(({ row: child }) => child["StatusCode"] === "Activated"),
      "some orders in this account are activated",
    ],
  ];
  const reason = reasons.find(([held]) => held)?.[1];
  if (reason === undefined) return;
  throw refusedBy(
    "DELETE_FAILED",
    `Your attempt to delete ${String(row["Name"] ?? row.Id)} could not be completed because ${reason}.`,
    [],
  );
}

/**
 * Two records become one: the loser goes to the recycle bin and names the winner, and what pointed to
 * it points to the winner.
 */
export function merge(
  organisation: Organisation,
  schema: Schema,
  object: SObject,
  loser: Row,
  winner: Row,
): Row {
  return organisation.atomically(() => {
    for (const { object: of, field, row } of childrenOf(organisation, schema, object, loser.Id)) {
      const latest = organisation.get(of, row.Id) ?? row;
      organisation.put(of, { ...latest, [field.name]: winner.Id, ...touched() });
    }
    organisation.tally.archived += 1;
    const at = now();
    organisation.put(object, { ...winner, LastModifiedDate: at, SystemModstamp: at });
    return organisation.put(object, {
      ...loser,
      IsDeleted: true,
      MasterRecordId: winner.Id,
      ...touched(),
    });
  });
}

/** What other records' changes do to a record: they move its system stamp alone. */
const touched = () => ({ SystemModstamp: now() });
