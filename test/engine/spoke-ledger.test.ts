import { expect, test } from "vitest";
import { Fenced } from "#domain/errors.ts";
import type { FlowName } from "#domain/ids.ts";
import type { Link } from "#domain/link.ts";
import { spokeLedger } from "#engine/spoke-ledger.ts";
import { page, twoFlows } from "./hub-flows.ts";

const link = (key: string, hash: string): Link => ({ key, id: `h${key}`, version: null, hash, base: { notes: hash }, back: { hash, base: { notes: hash }, trips: {} } }); // prettier-ignore

test("where nothing comes back the ledger is the flow's own", () => {
  const { ledger } = twoFlows();
  expect(spokeLedger(ledger, [])).toBe(ledger);
});

test("the other flow is asked for nothing but what this one has no link of", async () => {
  const { plain, ledger, there, back, askedBack } = twoFlows();
  const inward = spokeLedger(ledger, [back]);
  await plain.commit(page(there, [link("1", "a"), link("2", "b")]));
  await inward.look(there, ["1", "2"]);
  expect(askedBack).toEqual([]);
  await inward.look(there, ["1", "3"]);
  expect(askedBack).toEqual([["3"]]);
});

test("a dead letter of this flow stands beside the link that the other one knows", async () => {
  const { plain, ledger, there, back } = twoFlows();
  const problem = { class: "invalid", field: null, code: null, message: "no" } as const;
  const letter = { direction: "write", problem, fingerprint: "f", fields: {}, hash: "h", raw: new Uint8Array() } as const; // prettier-ignore
  const dead = (name: FlowName, key: string) => ({ ...page(name, []), letters: [{ key, ...letter }] }); // prettier-ignore
  await plain.commit(dead(there, "1"));
  // Of its own end the other has a link of the one and only a dead letter of the other.
  await plain.commit(page(back, [{ ...link("h1", "b"), id: "1" }]));
  await plain.back.commit(dead(back, "2"));
  const known = await spokeLedger(ledger, [back]).look(there, ["1", "2"]);
  expect(known.get("1")).toMatchObject({ letter: { state: "open" }, link: { key: "1", id: "h1" } });
  expect(known.has("2")).toBe(false);
});

test("of a page without links nobody is asked", async () => {
  const { ledger, there, back, asked } = twoFlows();
  await spokeLedger(ledger, [back]).commit(page(there, []));
  expect(asked).toEqual([]);
});

test("what is stored is no longer what it was when it was looked at", async () => {
  const { ledger, there, back, asked, stored } = twoFlows();
  const inward = spokeLedger(ledger, [back]);
  await inward.look(there, ["1"]);
  await inward.commit(page(there, [link("1", "a")]));
  expect(asked).toEqual([["1"], ["1"]]);
  await inward.commit(page(there, [link("1", "b")]));
  expect(asked).toHaveLength(2);
  expect(stored("1")).toMatchObject({ hash: "b" });
});

test("of one page what was looked at is asked for once more, and nothing else", async () => {
  const { ledger, there, back, asked, stored } = twoFlows();
  const inward = spokeLedger(ledger, [back]);
  await inward.look(there, ["1"]);
  await inward.commit(page(there, [link("1", "a"), link("2", "b")]));
  expect(asked).toEqual([["1"], ["1"]]);
  expect(stored("2")).toMatchObject({ hash: "b" });
});

test("who has lost the flow does not try again", async () => {
  const { ledger, there, back } = twoFlows();
  let tries = 0;
  const lost: typeof ledger = {
    ...ledger,
    commit: () => ((tries += 1) < 3 ? Promise.reject(new Fenced("lost")) : Promise.resolve()),
  };
  await expect(spokeLedger(lost, [back]).commit(page(there, []))).rejects.toThrow(Fenced);
  expect(tries).toBe(1);
});

test("fifty thousand are remembered, those that were looked at last", async () => {
  const { plain, ledger, there, back, stored } = twoFlows();
  const inward = spokeLedger(ledger, [back]);
  const keys = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, n) => String(from + n));
  /** One that is remembered was looked at before somebody else stored it: both look again. */
  const remembers = async (key: string): Promise<boolean> => {
    await plain.commit(page(there, [link(key, "theirs")]));
    await inward.commit(page(there, [link(key, "mine")]));
    return stored(key)?.hash === "";
  };
  await inward.look(there, keys(1, 50_000));
  await inward.look(there, ["1"]);
  expect(await remembers("2")).toBe(true);
  await inward.look(there, ["50001", "50002"]);
  expect(await remembers("3")).toBe(false);
  expect(await remembers("1")).toBe(true);
  expect(await remembers("4")).toBe(true);
});

test("of what is as it was nobody is asked, and what the other flow knows is known of the rest", async () => {
  const { plain, ledger, there, back, askedBack, stored } = twoFlows();
  await plain.commit(page(there, [link("1", "a"), link("2", "b")]));
  await plain.commit(page(back, [{ ...link("h3", "c"), id: "3" }]));
  const inward = spokeLedger(ledger, [back]);
  const contents = new Map([["1", "a"], ["2", "changed"], ["3", "c"], ["4", null]]); // prettier-ignore
  const { same, known } = await inward.compare(there, contents);
  expect([...same]).toEqual(["1"]);
  expect(askedBack).toEqual([["3", "4"]]);
  expect([...known.keys()].toSorted()).toEqual(["2", "3"]);
  expect(known.get("3")?.link).toMatchObject({ key: "3", id: "h3" });
  // What was looked at so is remembered, and nothing else.
  for (const key of ["1", "2"]) {
    await plain.commit(page(there, [link(key, "theirs")]));
    await inward.commit(page(there, [link(key, "mine")]));
  }
  expect([stored("1")?.hash, stored("2")?.hash]).toEqual(["mine", ""]);
});

test("whose a record of the target is the other flow knows too; this one knows better", async () => {
  const { plain, ledger, there, back } = twoFlows();
  await plain.commit(page(there, [link("1", "a")]));
  await plain.commit(page(back, [{ ...link("h1", "b"), id: "other" }, { ...link("h2", "b"), id: "2" }])); // prettier-ignore
  const owners = await spokeLedger(ledger, [back]).linkedTo(there, ["h1", "h2", "h3"]);
  expect([...owners].toSorted()).toEqual([["h1", "1"], ["h2", "2"]]); // prettier-ignore
});
