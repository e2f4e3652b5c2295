import { expect, test } from "vitest";
import { StoreAway } from "#domain/errors.ts";
import type { PageOutcome } from "#domain/ports/ledger.ts";
import { makeEngine } from "#engine/engine.ts";
import { makePair } from "../../support/memory/pair.ts";
import { person } from "../../support/memory/world.ts";
import { changes, perform, through } from "../performing.ts";
import { conflictsOf, linked } from "./linked.ts";

const repeats = ["lookup", "request_id", "upsert"] as const;
const later = { "has changed again": "+333", "is as it was before": "+331" };

test.each(
  repeats.flatMap((repeat) =>
    Object.entries(later).map(([what, phone]) => [what, repeat, phone] as const),
  ),
)(
  "what we wrote ourselves before a crash is nobody's change, though the source %s (%s)",
  async (_what, repeat, phone) => {
    for (const rule of ["target", "ask"] as const) {
      const pair = makePair({ twoWay: { default: rule, fields: {} } });
      pair.right.repeat = repeat;
      const { s, t } = await linked(pair);
      pair.left.edit(s, { phone: "+332" });
      let crashes = 1;
      const commit = (page: PageOutcome): Promise<void> =>
        pair.right.rows.get(t)?.fields["phone"] === "+332" && (crashes -= 1) >= 0
          ? Promise.reject(new StoreAway("gone"))
          : pair.ports.ledger.commit(page);
      const { id } = await pair.queue(changes);
      const dying = makeEngine({ ...pair.ports, ledger: { ...pair.ports.ledger, commit, back: { ...pair.ports.ledger.back, commit } } }); // prettier-ignore
      await expect(dying.perform(id)).rejects.toThrow("gone");
      expect(pair.right.rows.get(t)?.fields["phone"]).toBe("+332");

      pair.left.edit(s, { phone });
      await pair.clock.sleep(60_000, pair.ports.closing);
      await through(pair, id, makeEngine(pair.ports));
      await perform(pair, changes);

      expect(conflictsOf(pair), rule).toEqual([]);
      expect(pair.left.rows.get(s)?.fields["phone"], rule).toBe(phone);
      expect(pair.right.rows.get(t)?.fields["phone"], rule).toBe(phone);
    }
  },
);

test("what was made before a crash and changed there since is ours all the same, and its change comes back", async () => {
  const pair = makePair({ twoWay: { default: "ask", fields: {} } });
  pair.right.repeat = "lookup";
  const s = pair.left.put(person("Ada", { phone: "+331", notes: "first" }));
  const dying = makeEngine({
    ...pair.ports,
    ledger: {
      ...pair.ports.ledger,
      commit: (page) =>
        pair.right.live().length === 1 && page.links.length > 0
          ? Promise.reject(new StoreAway("gone"))
          : pair.ports.ledger.commit(page),
    },
  });
  const { id } = await pair.queue(changes);
  await expect(dying.perform(id)).rejects.toThrow("gone");
  const [made] = pair.right.live();

  pair.right.edit(made?.id ?? "", { notes: "changed there" });
  pair.left.edit(s, { phone: "+332" });
  await pair.clock.sleep(60_000, pair.ports.closing);
  await through(pair, id, makeEngine(pair.ports));
  await perform(pair, changes);

  expect(conflictsOf(pair)).toEqual([]);
  for (const side of [pair.left, pair.right])
    expect(side.live().map(({ fields }) => [fields["phone"], fields["notes"]])).toEqual([["+332", "changed there"]]); // prettier-ignore
});
