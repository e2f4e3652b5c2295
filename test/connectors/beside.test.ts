import { expect, test } from "vitest";
import { parseJson } from "#connectors/json/lossless.ts";
import { compileJson } from "#connectors/manifest/template.ts";
import { filters } from "#connectors/manifest/filters.ts";
import { compileList } from "#connectors/read/list.ts";

test("rows that stand beside the records are put into those they belong to", () => {
  const list = compileList(
    { headers: {} },
    {
      get: "/contacts",
      records: "contacts",
      joins: [],
      beside: { values: { rows: "fieldValues", of: "contact", id: "id" } },
    },
  );
  const body = parseJson(
    '{"contacts":[{"id":"1","values":["7"]},{"id":2}],"fieldValues":[{"contact":2,"value":"a"},{"contact":"2","value":"b"},{"contact":"9","value":"c"}]}',
  );
  const values = list.entries(body).map(({ record }) => (record as { values: { value: string }[] }).values.map(({ value }) => value)); // prettier-ignore
  expect(values).toEqual([[], ["a", "b"]]);
  // One record alone, and an answer that leaves the rows out.
  const [only] = list.entries(parseJson('{"contacts":{"id":"1"}}'));
  expect(only?.record).toEqual({ id: "1", values: [] });
});

test("an object is written as a list of its members, and none is left out", () => {
  const make = compileJson({ fields: "{fields.values|pairs(field, value)}", title: "{value|lowercase}" }); // prettier-ignore
  expect(make({ fields: { values: { "2": "x", "11": "" } }, value: "EUR" })).toEqual({
    fields: [
      { field: "2", value: "x" },
      { field: "11", value: "" },
    ],
    title: "eur",
  });
  expect(make({ fields: {} })).toEqual({});
  for (const args of [null, "", "field", "a, b, c", "a b, c"])
    expect(filters["pairs"]?.check(args)).toMatch(/two names/);
});
