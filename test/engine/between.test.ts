import { expect, test } from "vitest";
import type { Fields } from "#domain/fields.ts";
import { turned, type Link } from "#domain/link.ts";
import { between } from "#engine/between.ts";
import { spokeLedger } from "#engine/spoke-ledger.ts";
import { page, twoFlows } from "./hub-flows.ts";

const link = (hash: string, base: Fields, back: { hash: string; base: Fields } = { hash, base }): Link => ({ key: "1", id: "h1", version: null, hash, base, back: { ...back, trips: {} } }); // prettier-ignore
const before = link("old", { notes: "long text", phone: "1" });

test("a link that nobody else stored meanwhile is stored as it is", () => {
  const mine = link("new", { notes: "other", phone: "1" });
  expect(between(mine, before, link("old", { phone: "1", notes: "long text" }))).toBe(mine);
  expect(between(mine, before, null)).toBe(mine);
  const elsewhere = { ...mine, id: "h2" };
  expect(between(elsewhere, before, link("theirs", {}))).toBe(elsewhere);
});

test("what both flows found out is kept, and both look again", () => {
  const mine = link("new", { notes: "long", phone: "1" }, { hash: "old", base: before.base });
  const theirs = link("theirs", { notes: "long text", phone: "2" }, { hash: "", base: { notes: "long text", phone: "2" } }); // prettier-ignore
  expect(between(mine, before, theirs)).toEqual({
    ...mine,
    hash: "",
    base: { notes: "long", phone: "2" },
    back: { hash: "", base: { notes: "long text", phone: "2" }, trips: {} },
  });
});

test("in whatever order its fields stand, a link is as it was; and other where any part of it is", () => {
  const mine = link("new", { notes: "other", phone: "1" });
  const { back: there } = before;
  const turned = { phone: "1", notes: "long text" };
  expect(between(mine, before, link("old", turned, { hash: "old", base: turned }))).toBe(mine);
  for (const now of [
    link("other", before.base, there ?? undefined),
    link("old", { ...before.base, phone: "2" }, there ?? undefined),
    link("old", before.base, { hash: "other", base: before.base }),
    link("old", before.base, { hash: "old", base: { ...before.base, phone: "2" } }),
    link("old", { phone: "1" }, there ?? undefined),
  ])
    expect(between(mine, before, now)).toMatchObject({ hash: "", back: { hash: "" } });
});

test("a link of a flow from which nothing comes back is stored as it is", () => {
  const mine = link("new", { phone: "1" });
  const alone = { ...mine, back: null };
  expect(between(alone, before, link("theirs", {}))).toBe(alone);
  expect(between(mine, before, { ...link("theirs", {}), back: null })).toBe(mine);
});

test("of one that nobody had stored when this flow looked, all that it found is new", () => {
  const mine = link("new", { notes: "a", phone: "1" }, { hash: "b", base: { notes: "A" } });
  const theirs = link("theirs", { phone: "2", name: "Ada" }, { hash: "t", base: { name: "ADA" } });
  expect(between(mine, null, theirs)).toEqual({
    ...mine,
    hash: "",
    base: { phone: "1", name: "Ada", notes: "a" },
    back: { hash: "", base: { name: "ADA", notes: "A" }, trips: {} },
  });
  // From before it came back as well: then each side had what was written.
  const old = { ...before, back: null };
  expect(between(link("new", before.base), old, theirs)).toMatchObject({
    base: { phone: "2", name: "Ada" },
    back: { base: { name: "ADA", ...before.base } },
  });
});

test("what the flow that comes back still owes is not forgotten by one that looked before", async () => {
  const { memory, ledger, there, back } = twoFlows();
  const [inward, outward] = [spokeLedger(ledger, [back]), spokeLedger(ledger, [there])];
  await inward.commit(page(there, [before]));

  await inward.look(there, ["1"]);
  const seen = (await outward.look(back, ["h1"])).get("h1")?.link;
  if (seen?.back == null) throw new Error("it is not mirrored");
  await outward.commit(page(back, [{ ...seen, hash: "newer", back: { ...seen.back, hash: "" } }]));
  await inward.commit(page(there, [link("echo", before.base, { hash: "old", base: before.base })]));
  expect(memory.links.get(there)?.get("1")).toMatchObject({ hash: "", back: { hash: "" } });
  // Looked at anew it is stored as it is.
  await inward.look(there, ["1"]);
  await inward.commit(page(there, [link("echo", before.base)]));
  expect(memory.links.get(there)?.get("1")).toMatchObject({ hash: "echo", back: { hash: "echo" } });
});

test("one that is stored by both for the first time is looked at again, and so is what comes in between", async () => {
  const { memory, ledger, there, back } = twoFlows();
  const outward = spokeLedger(ledger, [there]);
  const theirs = turned(link("theirs", { phone: "2" }));
  let asked = 0;
  const late: typeof ledger = {
    ...ledger,
    // Just after this the other flow stores the same record.
    async mirrored(name) {
      const times = await ledger.mirrored(name);
      if ((asked += 1) === 1) await outward.commit(page(back, [theirs]));
      return times;
    },
  };
  const inward = spokeLedger(late, [back]);
  await inward.look(there, ["1"]);
  await inward.commit(page(there, [link("mine", { phone: "1" })]));
  expect(asked).toBe(2);
  expect(memory.links.get(there)?.get("1")).toMatchObject({ hash: "", back: { hash: "" } });
});

test("a link whose record the other flow gave to another one meanwhile is not stored", async () => {
  const { memory, ledger, there, back } = twoFlows();
  const [inward, outward] = [spokeLedger(ledger, [back]), spokeLedger(ledger, [there])];
  await inward.commit(page(there, [before]));
  const seen = (await outward.look(back, ["h1"])).get("h1")?.link;
  if (seen == null) throw new Error("it is not mirrored");

  await inward.look(there, ["1"]);
  await inward.commit(page(there, [{ ...before, id: "h2" }]));
  await outward.commit(page(back, [{ ...seen, hash: "left alone" }]));
  expect([...(memory.links.get(back)?.keys() ?? [])]).toEqual(["h2"]);
  expect(memory.links.get(there)?.get("1")).toMatchObject({ id: "h2" });
});

test("a link that was made anew meanwhile, or that only the flow that comes back knew, is stored", async () => {
  const { memory, ledger, there, back } = twoFlows();
  const [inward, outward] = [spokeLedger(ledger, [back]), spokeLedger(ledger, [there])];
  // From when there was no flow that comes back.
  await ledger.commit(page(there, [before]));
  const seen = (await outward.look(back, ["h1"])).get("h1")?.link;
  if (seen == null) throw new Error("what the other one knows was not asked");
  await outward.commit(page(back, [{ ...seen, hash: "newer" }]));
  expect(memory.links.get(back)?.get("h1")).toMatchObject({ id: "1", hash: "newer" });

  await outward.look(back, ["h1"]);
  await inward.look(there, ["1"]);
  await inward.commit({ ...page(there, []), unlinked: ["1"] });
  await outward.commit(page(back, [{ ...seen, id: "9" }]));
  expect(memory.links.get(back)?.get("h1")).toMatchObject({ id: "9" });
});
