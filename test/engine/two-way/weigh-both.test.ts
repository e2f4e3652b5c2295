import { expect, test } from "vitest";
import type { Conflict } from "#domain/conflict.ts";
import type { Fields } from "#domain/fields.ts";
import type { Link } from "#domain/link.ts";
import type { Side, TruthRule } from "#domain/truth.ts";
import type { Item } from "#engine/item.ts";
import { wrote } from "#engine/once-there.ts";
import { makeWeigh } from "#engine/weigh.ts";
import { weighBoth, type TwoWay } from "#engine/weigh-both.ts";
import type { Current } from "#engine/weighed.ts";
import { makeWorld, person } from "../../support/memory/world.ts";
import { inHand } from "../in-hand.ts";

const noon = Temporal.Instant.from("2026-09-01T12:00:00Z");
const ann = person("Ann", { phone: "+331" });
/** In step: both had this, and the other half has handled it. */
const linkOf = (base: Fields = ann, back: Link["back"] = { hash: "there", base, trips: {} }): Link => ({ key: "a", id: "b", version: "1", hash: "old", base, back }); // prettier-ignore

type About = {
  /** What this side has, and what the other one does; null where that is not there yet. */
  mine?: Fields;
  other?: Fields | null;
  link?: Link | null;
  item?: Partial<Item>;
  changedAt?: string | null;
  changedBy?: string;
  current?: Partial<Current>;
  rule?: TruthRule;
  flow?: Partial<TwoWay["flow"]>;
  more?: Partial<TwoWay>;
};

/** What is made of one record by a flow that has this rule for whatever was changed on both sides. */
function weighed(about: About) {
  const { mine = ann, other = ann, link = linkOf(), item, changedAt = null, changedBy, rule = "ask" } = about; // prettier-ignore
  const world = makeWorld(about.flow);
  const twoWay = { default: rule, fields: {} };
  const claimed = { ...inHand(world), twoWay, own: world.target, ...about.more };
  const content = { kind: "live" as const, fields: mine, problems: [] };
  const record = { id: "a", changedAt, raw: () => new Uint8Array(), content, ...(changedBy !== undefined && { changedBy }) }; // prettier-ignore
  const it: Item = { key: "a", record, content: { fields: mine, wide: mine, hash: "new" }, fields: mine, known: { link, letter: null }, ...item }; // prettier-ignore
  return weighBoth(claimed, it, other && { fields: other, ...about.current }, noon);
}
const phone = (value: string | null): Fields => ({ ...ann, phone: value });
const in_ = { spoke: { heading: "in", counters: [] } } as const;
const out = { spoke: { heading: "out", counters: [] } } as const;

test("what is made on the other side is all of it, and its echo is compared once", () => {
  expect(weighed({ link: null, other: null })).toEqual({
    give: ann,
    link: { key: "a", hash: "new", base: ann, back: { hash: "unseen", base: ann, trips: {} } },
    asks: null,
  });
});

test("where both agree nothing moves, and what the other half has handled stays so", () => {
  expect(weighed({})).toEqual({
    give: {},
    link: { key: "a", hash: "new", base: ann, back: { hash: "there", base: ann, trips: {} } },
    asks: null,
  });
  const owed = linkOf(ann, { hash: "", base: ann, trips: {} });
  expect(weighed({ link: owed }).link.back?.hash).toBe("");
  // A flow to the hub or from it may have been overtaken by the one that comes back.
  expect(weighed({ more: in_ }).link.back?.hash).toBe("unseen");
  const written = linkOf(ann, { hash: wrote, base: ann, trips: {} });
  expect(weighed({ link: written, more: in_ }).link.back?.hash).toBe(wrote);
  expect(weighed({ link: owed, more: in_ }).link.back?.hash).toBe("");
});

test("what was changed here goes there, and it is noted that it did", () => {
  const { give, link, asks } = weighed({ mine: phone("+332") });
  expect(give).toEqual({ phone: "+332" });
  const trip = { way: "there", times: 1, at: noon.toString() };
  expect(link).toEqual({ key: "a", hash: "new", base: phone("+332"), back: { hash: "unseen", base: phone("+332"), trips: { phone: trip } } }); // prettier-ignore
  expect(asks).toBe(null);
  expect(weighed({ mine: phone("+332"), more: in_ }).link.back?.trips).toEqual({ phone: trip });
  expect(weighed({ mine: phone("+332"), more: out }).link.back?.trips).toEqual({ phone: { ...trip, way: "back" } }); // prettier-ignore
  const written = linkOf(ann, { hash: wrote, base: ann, trips: {} });
  expect(weighed({ mine: phone("+332"), link: written, more: out }).link.back?.hash).toBe("unseen");
});

test("what was changed there is left to the half that reads there, and agreed on only then", () => {
  const { give, link, asks } = weighed({ other: phone("+333"), mine: { ...ann, name: "Anna" } });
  expect(give).toEqual({ name: "Anna" });
  expect(link.base).toEqual({ ...ann, name: "Anna" });
  expect(link.back).toMatchObject({ hash: "", base: { ...ann, name: "Anna" } });
  expect(asks).toBe(null);
});

test("a form that the other side keeps for itself is what it holds", () => {
  const link = linkOf(ann, { hash: "there", base: phone("0331"), trips: {} });
  const { give, link: now } = weighed({ link, other: phone("0331") });
  expect(give).toEqual({});
  expect([now.base["phone"], now.back?.base["phone"]]).toEqual(["+331", "0331"]);
  // Changed here, the other side no longer has its form.
  expect(weighed({ link, other: phone("0331"), mine: phone("+332") }).give).toEqual({ phone: "+332" }); // prettier-ignore
});

test("of a link from before the flow went both ways, what it held is what both had", () => {
  const link = linkOf(ann, null);
  expect(weighed({ link, mine: phone("+332") }).give).toEqual({ phone: "+332" });
  expect(weighed({ link, other: phone("+333") })).toMatchObject({ give: {}, link: { back: { hash: "" } } }); // prettier-ignore
  expect(weighed({ link }).link.back).toEqual({ hash: "unseen", base: ann, trips: {} });
  expect(weighed({ link, other: phone("+333") }).link.back?.base).toEqual(ann);
});

test("what was never agreed on fills what is empty, and differs where both have something", () => {
  const link = linkOf({ name: "Ann", email: ann["email"] ?? null });
  expect(weighed({ link, other: phone(null) }).give).toEqual({ phone: "+331" });
  expect(weighed({ link, mine: phone(null) }).link.back?.hash).toBe("");
  expect(weighed({ link, other: phone("+333") }).asks?.fields).toEqual({ phone: { base: null, source: "+331", target: "+333" } }); // prettier-ignore
  // That one side is known to have had nothing is something that both know.
  const half = linkOf(phone(null), { hash: "there", base: ann, trips: {} });
  expect(weighed({ link: half, other: ann, mine: phone(null) }).give).toEqual({});
  const other = linkOf({ name: "Ann", email: ann["email"] ?? null }, { hash: "there", base: phone("+333"), trips: {} }); // prettier-ignore
  expect(weighed({ link: other, other: phone("+333") }).give).toEqual({ phone: "+331" });
});

const both = { mine: phone("+332"), other: phone("+333") };
const back = { more: { way: "back" } } as const;

test.each<[TruthRule, Partial<About>, "mine" | "other" | "ask"]>([
  ["source", {}, "mine"],
  ["source", back, "other"],
  ["target", {}, "other"],
  ["target", back, "mine"],
  ["ask", {}, "ask"],
  ["non_empty", {}, "ask"],
  ["non_empty", { other: phone(null) }, "mine"],
  ["newest", { changedAt: "2026-09-01T11:00:00Z", current: { changedAt: "2026-09-01T10:00:00Z" } }, "mine"],
  ["newest", { changedAt: "2026-09-01T11:00:00Z", current: { changedAt: "2026-09-01T11:30:00Z" } }, "other"],
  ["newest", { changedAt: "2026-09-01T11:00:00Z" }, "ask"],
])("%s decides where both sides were changed: %j", (rule, about, wins) => {
  const { give, link, asks } = weighed({ ...both, rule, ...about });
  expect(give).toEqual(wins === "mine" ? { phone: "+332" } : {});
  expect(link.base["phone"]).toBe(wins === "mine" ? "+332" : "+331");
  expect(link.back?.hash).toBe(wins === "mine" ? "unseen" : wins === "other" ? "" : "there");
  expect(asks === null ? null : Object.keys(asks.fields)).toEqual(wins === "ask" ? ["phone"] : null); // prettier-ignore
}); // prettier-ignore

test("a person is asked by what each side has and had, whichever way it was seen, and who changed it", () => {
  const changedAt = "2026-09-01T11:00:00Z";
  const here = { ...both, changedAt, changedBy: "U1", current: { changedAt: "2026-09-01T10:00:00Z" } }; // prettier-ignore
  expect(weighed(here).asks).toEqual({
    fields: { phone: { base: "+331", source: "+332", target: "+333" } },
    choices: {},
    changed: { source: changedAt, target: "2026-09-01T10:00:00Z", by: { source: "U1", target: null } }, // prettier-ignore
  });
  expect(weighed({ ...here, ...back }).asks).toEqual({
    fields: { phone: { base: "+331", source: "+333", target: "+332" } },
    choices: {},
    changed: { source: "2026-09-01T10:00:00Z", target: changedAt, by: { source: null, target: "U1" } }, // prettier-ignore
  });
  expect(weighed({ ...both, current: { changedBy: "U2" } }).asks?.changed).toEqual({ source: null, target: null, by: { source: null, target: "U2" } }); // prettier-ignore
  expect(weighed(both).asks?.changed).toEqual({ source: null, target: null });
});

/** A person has chosen a side for these fields, between what both have now. */
const chosen = (choices: Record<string, Side>, fields: Conflict["fields"]): Partial<Item> => ({ conflict: { id: "c" as Conflict["id"], flow: makeWorld().flow().name, key: "a", target: "b", record: ann, fields, changed: { source: null, target: null }, choices, state: { kind: "open" }, openedAt: noon, version: 1 } }); // prettier-ignore
const between = { base: "+331", source: "+332", target: "+333" };

test("what a person chose is done, by the half that brings it over", () => {
  const source = { item: chosen({ phone: "source" }, { phone: between }) };
  const target = { item: chosen({ phone: "target" }, { phone: between }) };
  expect(weighed({ ...both, ...source })).toMatchObject({ give: { phone: "+332" }, asks: null });
  expect(weighed({ ...both, ...target })).toMatchObject({ give: {}, asks: null, link: { back: { hash: "" } } }); // prettier-ignore
});

test("while something is asked, what is chosen and not done yet stands beside it", () => {
  const name = { base: "Ann", source: "Anna", target: "Anne" };
  const email = { base: ann["email"] ?? null, source: "a@x", target: "b@x" };
  const item = chosen({ phone: "target", email: "source" }, { phone: between, name, email });
  const sides = { mine: { ...both.mine, name: "Anna", email: "a@x" }, other: { ...both.other, name: "Anne", email: "b@x" } }; // prettier-ignore
  const { give, asks } = weighed({ ...sides, item });
  expect(give).toEqual({ email: "a@x" });
  expect(asks).toMatchObject({ fields: { phone: between, name }, choices: { phone: "target" } });
  expect(Object.keys(asks?.fields ?? {}).sort()).toEqual(["name", "phone"]);
  // What only the other side has changed has been chosen by nobody.
  const one = weighed({ mine: both.mine, other: { ...both.other, name: "Anne" } });
  expect(Object.keys(one.asks?.fields ?? {})).toEqual(["phone"]);
  const swapped = chosen({ phone: "source" }, { phone: { base: "+331", source: "+333", target: "+332" }, name: { base: "Ann", source: "Anne", target: "Anna" } }); // prettier-ignore
  expect(weighed({ ...sides, item: swapped, ...back }).asks?.choices).toEqual({ phone: "source" });
});

const line = (name: string) => ({ name });
test("lists are put together: what is new goes there, and what is to come here is owed", () => {
  const lines = (...names: string[]): Fields => ({ ...ann, lines: names.map(line) });
  const own = { holds: new Set(["lines"]), searchable: [], find: () => Promise.resolve([]) };
  const united = (mine: Fields, other: Fields) => weighed({ mine, other, link: linkOf(lines("a")), rule: "union", more: { own } }); // prettier-ignore
  const two = united(lines("a", "b"), lines("a", "c"));
  expect(two.give).toEqual({ lines: ["a", "b", "c"].map(line) });
  expect([two.link.back?.hash, two.link.base["lines"]]).toEqual(["", [line("a")]]);
  // What the other side has already of it does not go there; what this side has is agreed on.
  const less = united(lines("a", "b"), lines("a", "b", "c"));
  expect([less.give, less.link.back?.hash, less.link.base["lines"]]).toEqual([{}, "", [line("a")]]);
  const more = united(lines("a", "b", "c"), lines("a", "c"));
  expect(more.give).toEqual({ lines: ["a", "b", "c"].map(line) });
  expect([more.link.back?.hash, more.link.back?.base["lines"]]).toEqual(["unseen", ["a", "b", "c"].map(line)]); // prettier-ignore
});

test("what a person made of it counts, whatever is there; a reference is no such thing", () => {
  const corrected = { item: { content: { fields: ann, wide: ann, hash: "new" } }, mine: ann };
  const made = { ...corrected, item: { ...corrected.item, fields: phone("+339") } };
  expect(weighed({ ...made, other: phone("+333"), rule: "target" }).give).toEqual({ phone: "+339" }); // prettier-ignore
  // What is remembered of this side is what its source has.
  expect(weighed(made).link).toMatchObject({ base: ann, back: { base: phone("+339") } });
  const world = makeWorld();
  world.target.references = { phone: "numbers" };
  expect(weighed({ ...made, other: phone("+339"), more: { ends: world.ends } }).give).toEqual({});
  expect(weighed({ ...made, other: phone("+333"), rule: "target", more: { ends: world.ends } }).give).toEqual({}); // prettier-ignore
});

test("what this side cannot hold is given, and does not come back", () => {
  const own = { holds: new Set(["name", "email"]), searchable: [], find: () => Promise.resolve([]) }; // prettier-ignore
  const more = { own };
  expect(weighed({ more, mine: phone("+332") }).give).toEqual({ phone: "+332" });
  for (const rule of ["ask", "target"] as const)
    expect(weighed({ more, ...both, rule })).toMatchObject({ give: {}, asks: null, link: { back: { hash: "there", base: phone("+333") } } }); // prettier-ignore
  expect(weighed({ more, other: phone("+333") }).link.back?.hash).toBe("there");
  // A constant is what the flow says, whoever has changed it over there.
  const flow = { set: { phone: "+331" } };
  expect(weighed({ more, flow, other: phone("+333") }).give).toEqual({ phone: "+331" });
  expect(weighed({ more, flow }).give).toEqual({});
});

test("consent is withdrawn on both sides as soon as it is on one, whatever the rule", () => {
  const has = (subscription: string): Fields => ({ ...ann, subscription });
  const link = linkOf(has("subscribed"));
  expect(weighed({ link, mine: has("unsubscribed"), other: has("subscribed"), rule: "target" }).give).toEqual({ subscription: "unsubscribed" }); // prettier-ignore
  const there = weighed({ link, mine: has("subscribed"), other: has("unsubscribed"), rule: "source" }); // prettier-ignore
  expect([there.give, there.link.back?.hash]).toEqual([{}, ""]);
  // Given again here, it is not given for the other side.
  const old = linkOf(has("unsubscribed"));
  expect(weighed({ link: old, mine: has("subscribed"), other: has("unsubscribed") }).give).toEqual({}); // prettier-ignore
});

test("a flow that goes one way gives what it has, without what is as coarse there as it was", () => {
  const world = makeWorld();
  world.target.coarse = new Set(["created"]);
  const weigh = makeWeigh(inHand(world), () => noon);
  const fields = { ...ann, created: "2026-09-01", subscription: "subscribed" };
  const item = { key: "a", content: { fields, wide: fields, hash: "new" }, fields } as unknown as Item; // prettier-ignore
  const link = { key: "a", hash: "new", base: fields, back: null };
  expect(weigh(item, null)).toEqual({ give: fields, link, asks: null });
  // Both sides count only where it is said which does, and this one can be written too.
  const twoWay = { default: "ask" as const, fields: {} };
  for (const claimed of [inHand(world, { own: world.target }), inHand(makeWorld({ twoWay }))])
    expect(makeWeigh(claimed, () => noon)(item, null).link.back).toBe(null);
  const current = { created: "2026-09-01", subscription: "unsubscribed" };
  expect(weigh(item, { fields: current })).toEqual({
    give: ann,
    link: { ...link, base: { ...fields, subscription: "unsubscribed" } },
    asks: null,
  });
});

test("each half of a two-way flow weighs both sides, and the time it does so", () => {
  const world = makeWorld({ twoWay: { default: "target", fields: {} } });
  const weigh = makeWeigh(inHand(world, { own: world.target }), () => noon);
  const record = { id: "a", changedAt: null, raw: () => new Uint8Array(), content: { kind: "gone" } } as const; // prettier-ignore
  const mine = { ...ann, name: "Anna", phone: "+332" };
  const item: Item = { key: "a", record, content: { fields: mine, wide: mine, hash: "new" }, fields: mine, known: { link: linkOf(), letter: null } }; // prettier-ignore
  const { give, link } = weigh(item, { fields: phone("+333") });
  expect(give).toEqual({ name: "Anna" });
  expect(link.back?.trips).toEqual({ name: { way: "there", times: 1, at: noon.toString() } });
});
