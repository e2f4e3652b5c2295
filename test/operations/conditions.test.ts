import fc from "fast-check";
import { expect, test } from "vitest";
import type { Where } from "#domain/condition.ts";
import { entityOf } from "#domain/entities/index.ts";
import { conditionsIn } from "#operations/conditions/line.ts";
import { conditionLines } from "#operations/conditions/text.ts";

const { fields } = entityOf("invoice");
const read = (text: string): Where | string => conditionsIn(text, fields);

test.each<[string, Where]>([
  ["Status is open", { status: "open" }],
  ["status = open", { status: "open" }],
  ["Status is not paid", { status: { not: "paid" } }],
  ["Status isn't paid", { status: { not: "paid" } }],
  ["status is one of open, draft", { status: { any: ["open", "draft"] } }],
  ["Status is one of open or draft", { status: { any: ["open", "draft"] } }],
  ["Status not one of paid, void", { status: { not: ["paid", "void"] } }],
  ["Status is not paid\nStatus is not void", { status: { not: ["paid", "void"] } }],
  ["Total > 1000", { total: { more_than: "1000" } }],
  ["total is more than 10\ntotal less than 20", { total: { more_than: "10", less_than: "20" } }],
  ["Due date before today", { due_date: { before: "today" } }],
  ["due_date is before today - 7", { due_date: { before: { today: -7 } } }],
  ["due date before 30 days ago", { due_date: { before: { today: -30 } } }],
  ["due date after in 3 days", { due_date: { after: { today: 3 } } }],
  ["Date after 2026-01-31", { date: { after: "2026-01-31" } }],
  ["Number is filled\n\nNotes is not empty", { number: { filled: true }, notes: { filled: true } }],
  ["Customer is empty", { customer: { empty: true } }],
  ['Number is one of "1, 2", 3', { number: { any: ["1, 2", "3"] } }],
])("%j is understood", (text, where) => {
  expect(read(text)).toEqual(where);
});

test.each([
  ["Colour is red", "There is no field “Colour”; those below are there."],
  ["Duedate before today", "There is no field “Duedate”; did you mean due date?"],
  ["Status: open", /says nothing about its field. Please write is, is not/],
  ["Status", /says nothing about its field/],
  ["Status is open\nStatus is paid", /cannot both be meant/],
  ["Total > 1\nTotal > 2", /cannot both be meant/],
])("%j is told what is wrong with it", (text, message) => {
  const said = read(text);
  if (typeof message === "string") expect(said).toBe(message);
  else expect(said).toMatch(message);
});

const word = fc.stringMatching(/^[a-z0-9,."' -]{1,12}$/).map((text) => text.trim() || "x");
const day = fc.oneof(
  fc.constant("today" as const),
  fc.integer({ min: 1, max: 400 }).map((today) => ({ today: -today })),
  fc.constant("2026-02-03"),
);
const asked = fc.oneof(
  word,
  fc.constant(null),
  word.map((not) => ({ not })),
  fc
    .array(fc.oneof(word, fc.constant("a or b")), { minLength: 1, maxLength: 4 })
    .map((any) => ({ any })),
  fc.array(word, { minLength: 2, maxLength: 4 }).map((not) => ({ not })),
  fc.record({ before: day, after: day }),
  fc.constant({ filled: true } as const),
  fc.constant({ more_than: "10", less_than: "-3.5" }),
);

test("what a form shows of conditions is read as the same conditions", () => {
  const where = fc.dictionary(fc.constantFrom(...Object.keys(fields)), asked);
  fc.assert(
    fc.property(where, (conditions) => {
      const lines = conditionLines(conditions, (name) => fields[name]?.label ?? name);
      expect(read(lines.join("\n"))).toEqual({ ...conditions });
    }),
  );
});
