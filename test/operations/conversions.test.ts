import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readConversion } from "#operations/conversions/read.ts";

const folder = new URL("../../manifests/conversions/", import.meta.url).pathname;

test.each(readdirSync(folder))("%s is sound and named after its conversion", (file) => {
  const read = readConversion(readFileSync(join(folder, file), "utf8"));
  expect(read).toMatchObject({ ok: true, conversion: { name: file.replace(/\.yaml$/, "") } });
});

const sound = `conversion: deal-to-invoice
title: A deal becomes an invoice
from: deal
to: invoice
record:
  customer: "{customer}"
  due_date: { day: "{close_date}", plus: 30 }
  notes: "For {title}"
  lines:
    - { description: "{title}", quantity: "1", amount: "{amount}" }
`;

test("what a file says is what is made", () => {
  expect(readConversion(sound)).toEqual({
    ok: true,
    conversion: {
      name: "deal-to-invoice",
      title: "A deal becomes an invoice",
      from: "deal",
      to: "invoice",
      once: false,
      follows: false,
      records: {
        "": {
          customer: { kind: "field", field: "customer" },
          due_date: { kind: "days_after", field: "close_date", days: 30 },
          notes: { kind: "text", parts: ["For ", { field: "title" }] },
          lines: {
            kind: "lines",
            rows: [
              {
                description: { kind: "field", field: "title" },
                quantity: { kind: "constant", value: "1" },
                amount: { kind: "field", field: "amount" },
              },
            ],
          },
        },
      },
    },
  });
});

test.each([
  ["a kind that is none", "to: invoice", "to: bill", "4:5: one of customer, company, deal, order, invoice, project, task, file is expected here"],
  ["a field the target lacks", "  notes:", "  note:", "8:3: an invoice has no field “note”; did you mean notes?"],
  ["a field the source lacks", "{title}\"\n  lines", "{titel}\"\n  lines", "8:10: a deal has no field “titel”; did you mean title?"],
  ["a reference to another kind", '"{customer}"', '"{company}"', "6:13: {company} does not fit; this takes the id of a customer at the source"],
  ["a day from what is none", '{ day: "{close_date}"', '{ day: "{title}"', '7:20: day must be one field that is a date, such as "{close_date}"'],
  ["an amount put together", 'amount: "{amount}"', 'amount: "{amount} EUR"', "10:56: only a text is put together from parts; this takes an amount without currency, such as 1250.50"],
  ["a constant that is not what its field takes", 'quantity: "1"', 'quantity: "one"', "10:43: this must be a number, such as 12 or 0.5"],
  ["rows where no list is", 'notes: "For {title}"', "notes: [{ a: b }]", "8:10: notes takes any text, not a list"],
  ["words of what has none", 'notes: "For {title}"', 'status: { of: "{title}", words: { a: paid } }', '8:17: of must be one field that is one of a few words, such as "{status}"'],
  ["a word the source does not know", 'notes: "For {title}"', 'status: { of: "{status}", words: { won: open, gone: void } }', "8:49: {status} is one of open, won and lost"],
  ["a word the target does not know", 'notes: "For {title}"', 'status: { of: "{status}", words: { won: good }, else: void }', "8:43: this must be one of draft, open, paid, void"],
  ["words that leave one out", 'notes: "For {title}"', 'status: { of: "{status}", words: { won: open } }', "8:36: each of open, won and lost needs a word, or else one for the rest"],
  ["what is made once and follows", "record:", "once: true\nfollows: true\nrecord:", "6:10: what is made once is left alone, so follows must be false"],
  ["no record at all", /record:[\s\S]*/, "", "1:1: a conversion has either record, for one, or records, for several"],
  ["a name that is none", "title: A", "titel: A", "2:1: unknown name “titel”; did you mean title?"],
])("%s is named where it stands", (_what, from, to, said) => {
  const read = readConversion(sound.replace(from, () => to));
  expect(read.ok).toBe(false);
  if (read.ok) return;
  const lines = read.wrongs.map(({ line, column, message }) => `${String(line)}:${String(column)}: ${message}`); // prettier-ignore
  expect(lines).toEqual([said]);
}); // prettier-ignore
