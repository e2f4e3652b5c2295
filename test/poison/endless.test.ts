import { expect, test } from "vitest";
import { withStore } from "../support/with-store.ts";
import { fieldsOf, kinds, type PoisonField } from "./feed.ts";
import { inputFor, wrongWith } from "./values.ts";
import { endless } from "./rows.ts";
import { bringThrough } from "./run.ts";

type Place = PoisonField & { entity: (typeof kinds)[number] };

/** One field of each kind, wherever it is. */
const places = new Map<string, Place>();
for (const entity of kinds)
  for (const field of fieldsOf(entity))
    if (!places.has(field.kind.kind)) places.set(field.kind.kind, { ...field, entity });

test.each([...Map.groupBy(places.values(), ({ entity }) => entity)])(
  "nearly a megabyte in a field of a %s holds nobody up",
  async (entity, fields) => {
    const inputs = fields.flatMap((field) =>
      endless(900_000).map((row) => inputFor(`${field.field}, ${row.name}`, field, row)),
    );
    const records = inputs.map(({ record }) => record);
    const outcome = await bringThrough(withStore, entity, records, 1);
    expect(inputs.flatMap((input) => wrongWith(input, outcome) ?? [])).toEqual([]);
    expect(outcome.blockedMs).toBeLessThan(250);
  },
  300_000,
);
