import { expect, test } from "vitest";
import type { Fields } from "#domain/fields.ts";
import type { Link } from "#domain/link.ts";
import { readAfresh, type Reading } from "#engine/afresh.ts";
import { wrote } from "#engine/once-there.ts";
import type { Mapped } from "#engine/rules.ts";
import { makeWorld, person } from "../support/memory/world.ts";

const live = (fields: Fields): Mapped => ({ kind: "live", content: { fields, wide: fields, hash: "now" }, once: false }); // prettier-ignore
const linkOf = (key: string, hash: string): Link => ({ key, id: `t-${key}`, version: "1", hash, base: person("Ada"), back: null }); // prettier-ignore

/** Which of these are read once more; by default by a flow out of the hub. */
async function readOf(
  records: Readonly<Record<string, { made: Mapped; link?: Link }>>,
  about: Partial<Reading> = {},
) {
  const { ends, source } = makeWorld();
  for (const id of Object.keys(records)) source.put(id, person("Newest"));
  const asked: (readonly string[])[] = [];
  const { read } = source;
  source.read = (ids, signal) => (asked.push(ids), read(ids, signal));
  const spoke = { heading: "out", counters: [] } as const;
  const stop = new AbortController().signal;
  const known = new Map(Object.entries(records).flatMap(([id, { link }]) => link ? [[id, { link, letter: null }]] : [])); // prettier-ignore
  const found = await readAfresh({ ends, spoke, stop, ...about }, new Map(Object.entries(records)), known); // prettier-ignore
  return { asked, found: found.map(({ id }) => id) };
}
const changed = live(person("Ada", { phone: "+331" }));
const asItWas = live({ ...person("Ada"), phone: null });

test("out of the hub, whatever is not as it was agreed may be older than that, and is read once more", async () => {
  const { asked, found } = await readOf({
    changed: { made: changed, link: linkOf("changed", "any") },
    same: { made: asItWas, link: linkOf("same", "any") },
    fewer: { made: live({ name: "Ada" }), link: linkOf("fewer", "any") },
    gone: { made: { kind: "gone" }, link: linkOf("gone", "any") },
    unlinked: { made: changed },
  });
  expect(asked).toEqual([["changed"]]);
  expect(found).toEqual(["changed"]);
});

test("into the hub, only that of which we wrote to the tool last, or still have to", async () => {
  const spoke = { heading: "in", counters: [] } as const;
  const { asked } = await readOf(
    {
      written: { made: changed, link: linkOf("written", wrote) },
      owed: { made: changed, link: linkOf("owed", "") },
      read: { made: changed, link: linkOf("read", "any") },
      same: { made: asItWas, link: linkOf("same", wrote) },
    },
    { spoke },
  );
  expect(asked).toEqual([["written", "owed"]]);
});

test("where nothing may be older than it is known, nobody is asked", async () => {
  const nothing = { asked: [], found: [] };
  const records = { a: { made: changed, link: linkOf("a", wrote) } };
  expect(await readOf({ a: { made: asItWas, link: linkOf("a", wrote) } })).toEqual(nothing);
  expect(await readOf({})).toEqual(nothing);
  // No hub, or nothing is written that could be undone.
  const { ends } = makeWorld();
  expect(await readOf(records, { spoke: null })).toEqual(nothing);
  const preview = await readAfresh({ ends }, new Map(Object.entries(records)), new Map());
  expect(preview).toEqual([]);
  const spoke = { heading: "out", counters: [] } as const;
  const noStop = await readAfresh({ ends, spoke }, new Map(Object.entries(records)), new Map([["a", { link: linkOf("a", wrote), letter: null }]])); // prettier-ignore
  expect(noStop).toEqual([]);
});
