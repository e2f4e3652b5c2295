import { expect, test } from "vitest";
import { withStore } from "../support/with-store.ts";
import { kinds } from "./feed.ts";
import { bringThrough } from "./run.ts";
import { amongGoodOnes, inputs, wrongWith } from "./values.ts";

/** How many in all, at least: `POISON=20000 npx vitest run --project tools test/poison`. */
const count = Number(process.env["POISON"] ?? 0);
const seed = Number(process.env["FIRST_SEED"] ?? 1);
const all = inputs(count, seed);

test.each(kinds)(
  "whatever stands in a field of a %s ends written as it was, or as a dead letter",
  async (entity) => {
    const some = all.get(entity) ?? [];
    const outcome = await bringThrough(withStore, entity, amongGoodOnes(some));
    const { counts, state } = outcome.run;
    expect(some.flatMap((input) => wrongWith(input, outcome) ?? []).slice(0, 20)).toEqual([]);
    expect(outcome.twice).toEqual([]);
    expect(state).toEqual({ kind: "done" });
    expect(counts.read).toBe(some.length * 2);
    expect(counts.created + counts.deadLettered).toBe(counts.read);
    expect(counts.deadLettered).toBe(outcome.letters.size);
    console.log(`${entity}: ${String(some.length)} inputs, blocked for ${outcome.blockedMs.toFixed(0)} ms at most`); // prettier-ignore
    expect(outcome.blockedMs).toBeLessThan(250);
  },
  600_000,
);
