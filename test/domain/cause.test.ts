import { expect, test } from "vitest";
import { fingerprint } from "#domain/cause.ts";
import { connectionName, flowName } from "#domain/ids.ts";
import { normalised, type Problem } from "#domain/problem.ts";

const problem: Problem = { class: "rejected", field: "name", code: "6240", message: "Taken" };
const end = { connection: connectionName("books"), object: "customers" };
const of = (more: Partial<Problem>) =>
  fingerprint(flowName("people"), end, "write", { ...problem, ...more });

test.each([
  ['"Ada" is taken', '"Bob" is taken'],
  ["'Ada' is taken", "'Bob' is taken"],
  ["“Ada” is taken", "“Bob” is taken"],
  ["No room for ada@example.com", "No room for bob@example.org"],
  ["Line 12 is wrong", "Line 3 is wrong"],
  ["Line 1 is wrong", "line  1 is\n wrong "],
  ["\"a@b\" of 'c' is in 1", "\"d@e f\" of '' is in 22"],
])("%j and %j are one cause", (one, other) => {
  expect(of({ message: one })).toBe(of({ message: other }));
});

test("what says something else is another cause", () => {
  expect(of({ message: "Name is taken" })).not.toBe(of({ message: "Phone is taken" }));
  expect(of({ message: "Don't" })).not.toBe(of({ message: "Don" }));
  expect(of({ message: 'Of "Ada" no, of "Bob" yes' })).not.toBe(of({ message: 'Of "Ada" yes' }));
  expect(normalised("Ask ada@example.com or 0033 1")).toBe("ask … or # #");
});

test("so are another class, code, field, direction, object and flow", () => {
  const same = of({});
  for (const more of [
    { class: "conflict" },
    { code: "1" },
    { code: null },
    { field: "email" },
    { field: null },
  ] as const)
    // prettier-ignore
    expect(of(more), JSON.stringify(more)).not.toBe(same);
  const others = [
    fingerprint(flowName("others"), end, "write", problem),
    fingerprint(flowName("people"), { ...end, object: "vendors" }, "write", problem),
    fingerprint(flowName("people"), { ...end, connection: connectionName("crm") }, "write", problem), // prettier-ignore
    fingerprint(flowName("people"), end, "read", problem),
  ];
  expect(new Set([same, ...others]).size).toBe(5);
  expect(same).toBe("people|books|customers|write|rejected|6240|name|taken");
  expect(of({ code: null, field: null })).toBe("people|books|customers|write|rejected|||taken");
});

test("a message without an end is cut, however much of it is quoted", () => {
  expect(normalised("word ".repeat(1_000))).toHaveLength(300);
  expect(normalised(`"${"x".repeat(500)}" is too long`)).toBe("… is too long");
  expect(normalised(`${"1".repeat(1_000)} more`)).toBe("#");
});
