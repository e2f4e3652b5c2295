import fc from "fast-check";
import { expect, test } from "vitest";
import { isLines, sameValue, type Value } from "#domain/fields.ts";
import { merge, mergeConsent, type Rule, type Sides, type Verdict } from "#engine/merge.ts";
import { unionOf } from "#engine/union.ts";

const text = fc.constantFrom<Value>("a", "b", "c", "", null);
const line = fc.record({ title: fc.constantFrom("one", "two", "three"), amount: fc.constantFrom("1", "2") }); // prettier-ignore
const list = fc.uniqueArray(line, { maxLength: 4, selector: (row) => JSON.stringify(row) });
const rule = fc.constantFrom<Rule>("mine", "other", "non_empty", "union", "ask");

const sidesOf = (value: fc.Arbitrary<Value>): fc.Arbitrary<Sides> =>
  fc
    .record({
      mine: value,
      other: value,
      agreed: fc.option(fc.record({ own: value, other: value })),
    })
    .map(({ mine, ...rest }) => ({ own: mine, mine, ...rest }));
const sides = fc.oneof(sidesOf(text), sidesOf(list));

const turnedRule: Record<Rule, Rule> = {
  mine: "other",
  other: "mine",
  non_empty: "non_empty",
  union: "union",
  ask: "ask",
};
const turned = ({ mine, other, agreed }: Sides): Sides => ({
  own: other,
  mine: other,
  other: mine,
  agreed: agreed && { own: agreed.other, other: agreed.own },
});
const turnedVerdict = (verdict: Verdict): Verdict =>
  verdict.kind === "mine" ? { kind: "other" } : verdict.kind === "other" ? { kind: "mine" } : verdict; // prettier-ignore

/** What both sides have once it is done; null where a person has to decide. */
function after({ mine, other }: Sides, verdict: Verdict): { mine: Value; other: Value } | null {
  const [here, there] = [mine ?? null, other ?? null];
  switch (verdict.kind) {
    case "agreed":
      return { mine: here, other: there };
    case "mine":
      return { mine: here, other: here };
    case "other":
      return { mine: there, other: there };
    case "both":
      return { mine: verdict.value, other: verdict.value };
    case "ask":
      return null;
  }
}

const agreedOn = (own: Value, other: Value = own) => ({ own, other });
const one = { title: "one" };
const two = { title: "two" };
const both = (...value: (typeof one)[]): Verdict => ({ kind: "both", value });

test.each<[string, Value, Value, Sides["agreed"], Rule, Verdict]>([
  ["what is the same does not move", "a", "a", agreedOn("b"), "ask", { kind: "agreed" }],
  ["nor what nobody has changed", "a", "A", agreedOn("a", "A"), "ask", { kind: "agreed" }],
  ["what was changed here goes there", "b", "a", agreedOn("a"), "other", { kind: "mine" }],
  ["what was changed there comes here", "a", "b", agreedOn("a"), "mine", { kind: "other" }],
  ["what was emptied here is emptied there", null, "a", agreedOn("a"), "other", { kind: "mine" }],
  ["what was emptied there is emptied here", "a", null, agreedOn("a"), "mine", { kind: "other" }],
  ["never agreed, what is there fills what is empty here", null, "a", null, "mine", { kind: "other" }],
  ["never agreed, what is here fills what is empty there", "a", "", null, "other", { kind: "mine" }],
  ["never agreed, two values follow the rule", "a", "b", null, "mine", { kind: "mine" }],
  ["of two changes mine counts", "b", "c", agreedOn("a"), "mine", { kind: "mine" }],
  ["of two changes the other one counts", "b", "c", agreedOn("a"), "other", { kind: "other" }],
  ["of two changes a person chooses", "b", "c", agreedOn("a"), "ask", { kind: "ask" }],
  ["of two changes the one that is not empty counts, mine", "b", null, agreedOn("a"), "non_empty", { kind: "mine" }],
  ["of two changes the one that is not empty counts, the other", "", "c", agreedOn("a"), "non_empty", { kind: "other" }],
  ["of two that are not empty a person chooses", "b", "c", agreedOn("a"), "non_empty", { kind: "ask" }],
  ["of two lists both are kept", [one], [two], null, "union", both(one, two)],
  ["but what was taken away on one side", [two], [one, two], agreedOn([one]), "union", both(two)],
  ["lists of two forms take nothing away", [two], [one], agreedOn([one], []), "union", both(one, two)],
  ["what is no list has no union", "b", "c", agreedOn("a"), "union", { kind: "ask" }],
])("%s", (_what, mine, other, agreed, by, verdict) => {
  expect(merge({ own: mine, mine, other, agreed }, by)).toEqual(verdict);
}); // prettier-ignore

test("a reference is compared by its own id here, and goes by the other side's", () => {
  const seen = { own: "c1", mine: "t1", other: "t2", agreed: agreedOn("c1", "t2") };
  expect(merge(seen, "ask")).toEqual({ kind: "agreed" });
  expect(merge({ ...seen, own: "c9" }, "ask")).toEqual({ kind: "mine" });
});

const [no, yes, never] = ["unsubscribed", "subscribed", "never_asked"];
test.each<[string, Value, Value, Sides["agreed"], Verdict]>([
  ["withdrawn here, it is withdrawn there, whatever the rule", no, yes, agreedOn(yes), { kind: "mine" }],
  ["withdrawn there, it is withdrawn here", yes, no, agreedOn(yes), { kind: "other" }],
  ["withdrawn here before anybody agreed", no, yes, null, { kind: "mine" }],
  ["withdrawn there before anybody agreed", yes, no, null, { kind: "other" }],
  ["given again there, it stays there", no, yes, agreedOn(no), { kind: "agreed" }],
  ["given again here, it stays here", yes, no, agreedOn(no), { kind: "agreed" }],
  ["withdrawn on both sides, nothing moves", no, no, agreedOn(yes), { kind: "agreed" }],
  ["without a withdrawal it follows the rule", yes, never, null, { kind: "ask" }],
  ["and goes where it was not changed", yes, never, agreedOn(never), { kind: "mine" }],
])("consent: %s", (_what, mine, other, agreed, verdict) => {
  expect(mergeConsent({ own: mine, mine, other, agreed }, "ask")).toEqual(verdict);
}); // prettier-ignore

test("seen from the other side, a merge says the same", () => {
  fc.assert(
    fc.property(sides, rule, (seen, by) => {
      expect(merge(turned(seen), turnedRule[by])).toEqual(turnedVerdict(merge(seen, by)));
    }),
    { numRuns: 2000 },
  );
});

test("once it is done, both sides agree, and nothing moves again", () => {
  fc.assert(
    fc.property(sides, rule, (seen, by) => {
      const now = after(seen, merge(seen, by));
      if (now === null) return;
      const agreed = { own: now.mine, other: now.other };
      const again = merge({ own: now.mine, ...now, agreed }, by);
      expect(again).toEqual({ kind: "agreed" });
    }),
    { numRuns: 2000 },
  );
});

test("no value that one side alone has changed is ever lost, whatever the rule", () => {
  fc.assert(
    fc.property(text, text, text, rule, (base, mine, other, by) => {
      const agreed = { own: base, other: base };
      const now = after({ own: mine, mine, other, agreed }, merge({ own: mine, mine, other, agreed }, by)); // prettier-ignore
      if (sameValue(mine, base)) expect(sameValue(now?.mine, other)).toBe(true);
      if (sameValue(other, base)) expect(sameValue(now?.other, mine)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test("a union keeps what either side added and drops what either took away", () => {
  const rows = (value: Value | null): string[] =>
    isLines(value ?? undefined) ? (value as unknown[]).map((row) => JSON.stringify(row)) : [];
  fc.assert(
    fc.property(list, list, list, (base, mine, other) => {
      const union = rows(unionOf(mine, other, base));
      const [old, here, there] = [rows(base), rows(mine), rows(other)];
      for (const row of new Set([...old, ...here, ...there])) {
        const kept = old.includes(row)
          ? here.includes(row) && there.includes(row)
          : here.includes(row) || there.includes(row);
        expect(union.includes(row)).toBe(kept);
      }
      expect(unionOf(mine, other, base)).toEqual(unionOf(other, mine, base));
    }),
    { numRuns: 1000 },
  );
});

test("a tool's own form of a value is no change", () => {
  const agreed = { own: "  Ann ", other: "Ann" };
  expect(merge({ own: "  Ann ", mine: "  Ann ", other: "Ann", agreed }, "ask")).toEqual({
    kind: "agreed",
  });
});

test("nobody is subscribed again by a merge who has unsubscribed on the other side", () => {
  const status = fc.constantFrom<Value>("subscribed", "unsubscribed", "never_asked", null);
  fc.assert(
    fc.property(sidesOf(status), rule, (seen, by) => {
      const now = after(seen, mergeConsent(seen, by));
      if (now === null) return;
      if (seen.other === "unsubscribed") expect(now.other).toBe("unsubscribed");
      if (seen.mine === "unsubscribed") expect(now.mine).toBe("unsubscribed");
      expect(mergeConsent(turned(seen), turnedRule[by])).toEqual(
        turnedVerdict(mergeConsent(seen, by)),
      );
    }),
    { numRuns: 2000 },
  );
});
