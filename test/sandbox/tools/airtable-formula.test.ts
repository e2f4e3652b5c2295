import { afterAll, beforeAll, expect, test } from "vitest";
import { airtable, type AirtableBase, refusal } from "./airtable-base.ts";

let base: AirtableBase;

beforeAll(async () => {
  base = await airtable({ seed: 0 });
  const company = await base.send<{ id: string }>("POST", "/Companies", { fields: { Name: "Acme" } }); // prettier-ignore
  const customers = [
    { Name: "Ann O'Brien", "External Id": "a", Email: "Ann@Example.com", Active: true, Subscription: "Subscribed", Tags: ["VIP", "Newsletter"], Company: [company.body.id] }, // prettier-ignore
    { Name: 'Bea "B" {x}', "External Id": "b", Email: "bea@example.com", City: "Cork" },
    { Name: "back\\slash", "External Id": "c" },
  ];
  await base.send("POST", "/Customers", { records: customers.map((fields) => ({ fields })) });
  const deals = [
    { Title: "small", Amount: 5, "Close date": "2026-11-30" },
    { Title: "large", Amount: 1250.5, "Close date": "2026-12-01" },
    { Title: "unpriced" },
  ];
  await base.send("POST", "/Deals", { records: deals.map((fields) => ({ fields })) });
});

afterAll(() => base[Symbol.asyncDispose]());

async function found(table: string, formula: string): Promise<string> {
  const query = new URLSearchParams({ filterByFormula: formula, view: "Grid view" });
  const { body } = await base.get(`/${table}?${query.toString()}`);
  return body.records
    .map(({ fields }) => String(fields[table === "Customers" ? "External Id" : "Title"]))
    .join(" ");
}

test.each([
  ["{External Id} = 'b'", "b"],
  ["{External Id}!='b'", "a c"],
  ["LOWER({Email})='ann@example.com'", "a"],
  ["{Email}='ann@example.com'", ""],
  ["{Name} = 'Ann O\\'Brien'", "a"],
  ['{Name} = "Ann O\'Brien"', "a"],
  ['{Name} = "Bea \\"B\\" {x}"', "b"],
  ["{Name} = 'back\\\\slash'", "c"],
  ["Name = 'back\\\\slash'", "c"],
  ["OR({External Id}='a', {External Id}='c')", "a c"],
  ["AND({Email}, NOT({City}))", "a"],
  ["XOR({City}, {Active})", "a b"],
  ["{City} = BLANK()", "a c"],
  ["{City} = ''", "a c"],
  ["{Active}", "a"],
  ["{Active} = 0", "b c"],
  ["{Active} = FALSE()", "b c"],
  ["{Company} = 'Acme'", "a"],
  ["FIND('VIP', ARRAYJOIN({Tags}))", "a"],
  ["{Tags} = 'VIP, Newsletter'", "a"],
  ["SEARCH('ea', {Name}) > 1", "b"],
  ["LEN({Name}) = 10", "c"],
  ["LEFT({Name}, 3) & RIGHT({Name}, 1) = 'Annn'", "a"],
  ["IF({City}, 'x', '') = 'x'", "b"],
  ["{Name} & '' = CONCATENATE('Ann ', \"O'Brien\")", "a"],
  ["UPPER(TRIM('  b ')) = UPPER({External Id})", "b"],
  ["SUBSTITUTE({Email}, '@example.com', '') = 'bea'", "b"],
  ["1", "a b c"],
  ["0", ""],
  ["{Full name} = ''", "a b c"],
])("customers where %s are: %s", async (formula, expected) => {
  expect(await found("Customers", formula)).toBe(expected);
});

test.each([
  ["{Amount} > 5", "large"],
  ["{Amount} >= 5", "small large"],
  ["{Amount} + 1 = 6", "small"],
  ["-{Amount} < -1000 + 2 * 3 - 4 / 2", "large"],
  ["ROUND({Amount}) = 1251", "large"],
  ["MAX({Amount}, 100) = 100", "small unpriced"],
  ["VALUE('€1,250.50') = {Amount}", "large"],
  ["IS_AFTER({Close date}, '2026-11-30')", "large"],
  ["IS_BEFORE({Close date}, '2026-12-01')", "small"],
  ["IS_SAME({Close date}, '2026-11-05', 'month')", "small"],
  ["IS_SAME({Close date}, '2026-12-01')", "large"],
  // A date is no text: this is what people try first.
  ["{Close date} = '2026-12-01'", ""],
  ["IS_SAME(DATEADD({Close date}, 1, 'days'), '2026-12-01', 'day')", "small"],
  ["IS_BEFORE(CREATED_TIME(), NOW())", "small large unpriced"],
  // What cannot be worked out leaves the record out, and is no error.
  ["{Title} * 2 > 0", ""],
])("deals where %s are: %s", async (formula, expected) => {
  expect(await found("Deals", formula)).toBe(expected);
});

test("what changed is found by the time of its last change, to the second", async () => {
  const { body } = await base.get("/Deals?fields[]=Title&fields[]=Last%20modified");
  const at = String(body.records[0]?.fields["Last modified"]);
  expect(at).toMatch(/\.000Z$/);
  const since = (time: string) => `IS_AFTER(LAST_MODIFIED_TIME(), DATETIME_PARSE('${time}'))`;
  expect(await found("Deals", since("2025-01-01T00:00:00.000Z"))).toBe("small large unpriced");
  expect(await found("Deals", since(at))).toBe("");
  const { id = "" } = body.records[0] ?? {};
  expect((await found("Deals", `RECORD_ID() = '${id}'`)).split(" ")).toHaveLength(1);
});

test.each([
  ["{Nope} = 1", "Unknown field names: nope"],
  ["NOPE(1)", "Unknown function names: NOPE"],
  ["{Name", "Invalid formula. Please check your formula text."],
  ["{Name} = 'x", "Invalid formula. Please check your formula text."],
  ["({Name} = 'x'", "Invalid formula. Please check your formula text."],
  ["NOT()", "Invalid formula. Please check your formula text."],
  ["1 2", "Invalid formula. Please check your formula text."],
  ["{Name} = ‘x’", "Invalid formula. Please check your formula text."],
])("%s is no formula", async (formula, reason) => {
  const refused = await base.get(`/Customers?filterByFormula=${encodeURIComponent(formula)}`);
  expect(refused).toMatchObject(
    refusal("INVALID_FILTER_BY_FORMULA", `The formula for filtering records is invalid: ${reason}`),
  );
});
