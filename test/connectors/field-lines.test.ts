import { expect, test } from "vitest";
import type { Json } from "#domain/json.ts";
import { compileFields } from "#connectors/manifest/compile-fields.ts";
import type { FieldSpec } from "#connectors/manifest/field-line.ts";
import { complaints, dealsManifest } from "./small-manifest.ts";

const dealWith = (fields: Record<string, FieldSpec>) =>
  compileFields("deal", { fields, once: [], whole: [], absent: "unknown" });
const read = (spec: FieldSpec, record: Json) =>
  dealWith({ status: spec }).decode(record, null).fields["status"];

const status: FieldSpec = {
  read: ["won | enum(true: won, false: -)", "closed | flag(lost, open)"],
  write: "stage",
  codec: "enum(new: open, yes: won, no: lost)",
};

test.each<[Json, string | null | undefined]>([
  [{ won: "true", closed: "true" }, "won"],
  [{ won: "false", closed: "true" }, "lost"],
  [{ closed: "false" }, "open"],
  [{ won: null, closed: "true" }, "lost"],
  [{ won: "false" }, null],
  [{ won: null }, null],
  [{}, undefined],
])("of several places the first that says something counts: %j is %j", (record, expected) => {
  expect(read(status, record)).toBe(expected);
});

test("a value that cannot be read is told from the place where it stands", () => {
  const { fields, problems } = dealWith({ status }).decode({ won: "false", closed: "maybe" }, null);
  expect(problems).toMatchObject([{ field: "status", code: "BAD_CHOICE" }]);
  expect(fields["status"]).toBe("maybe");
});

test("what the tool leaves out is unknown, or empty where the field says so", () => {
  const named = { read: "name | enum(a: won)", write: false } as const;
  expect(read(named, {})).toBeUndefined();
  expect(read({ ...named, absent: "empty" }, {})).toBeNull();
  expect(read({ ...named, absent: "empty" }, { name: "a" })).toBe("won");
});

test("what the tool keeps more finely is among what is sent only where it changes", () => {
  const { coarse } = dealWith({
    title: "name",
    notes: { read: "notes", finer: true },
    status,
  });
  expect([...coarse]).toEqual(["notes"]);
  const lines: FieldSpec = { each: "Line", only: {}, fields: {}, with: {}, finer: true };
  const invoice = compileFields("invoice", {
    fields: { lines },
    once: [],
    whole: [],
    absent: "unknown",
  });
  expect([...invoice.coarse]).toEqual(["lines"]);
});

const stages: FieldSpec = { read: "stage | enum({first}: open, {done}: won, lost: lost)" };

test("a word in braces is what a setting says", () => {
  const fields = { status: stages };
  const spec = { fields, once: [], whole: [], absent: "unknown" as const };
  const said = new Map([
    ["first", "77"],
    ["done", "a, b: c"],
  ]);
  const own = compileFields("deal", spec, undefined, (name) => said.get(name) ?? name);
  const words = ["open", "won", "lost"].map((status) => own.encode({ status }, { fresh: true, empty: null, shared: {} })); // prettier-ignore
  expect(words).toMatchObject([{ native: { stage: "77" } }, { native: { stage: "a, b: c" } }, { native: { stage: "lost" } }]); // prettier-ignore
  expect(own.decode({ stage: "77" }, null).fields).toEqual({ status: "open" });
  expect(own.decode({ stage: "first" }, null).problems).toMatchObject([{ code: "BAD_CHOICE" }]);
});

test("the linter wants a setting that is always there for it", () => {
  const deals = (settings: string) =>
    dealsManifest(
      `
    fields: { title: name, status: { read: "stage | enum({first}: open)", write: false } }
    list: { get: /deals, records: deals }`,
      settings,
    );
  const first = 'settings: { first: { label: First, about: The first stage, default: "1" } }';
  expect(complaints(deals(first))).toEqual([]);
  const optional = "settings: { first: { label: First, about: The first stage, optional: true } }";
  for (const text of [deals(optional), deals("")])
    expect(complaints(text)).toEqual(["20: The setting first is not known; accepted: none"]);
});

const kept: FieldSpec = {
  each: "cells[id=lines].text.(json)",
  write: "values.lines.(json)",
  length: 60,
  only: {},
  fields: { description: "description", amount: "amount | money" },
  with: {},
};
const invoiceWith = (fields: Record<string, FieldSpec>) =>
  compileFields("invoice", { fields, once: [], whole: [], absent: "unknown" });
const empty = { fresh: false, empty: "", shared: {} };

test("rows may be read in one place and written in another", () => {
  const { decode, encode } = invoiceWith({ lines: kept });
  const text = '[{"description":"Été","amount":12.5}]';
  const lines = [{ description: "Été", amount: "12.5" }];
  expect(decode({ cells: [{ id: "lines", text }] }, null).fields).toEqual({ lines });
  expect(encode({ lines }, empty)).toEqual({ native: { values: { lines: text } }, sent: ["lines"] }); // prettier-ignore
  expect(encode({ lines: null }, empty)).toMatchObject({ native: { values: { lines: "" } } });
});

test("what has more characters than there is room for is refused, and none of it is cut", () => {
  const notes: FieldSpec = { read: "notes", as: { text: "{value}" }, length: 1_000 };
  const { encode } = invoiceWith({ lines: kept, notes });
  expect(encode({ notes: "x".repeat(1_000) }, empty)).toMatchObject({ sent: ["notes"] });
  const long = { class: "invalid", field: "notes", code: "TOO_LONG", message: "This has 1,001 characters, and there is room for 1,000" }; // prettier-ignore
  expect(encode({ notes: "x".repeat(1_001) }, empty)).toEqual({ problem: long });
  const lines = [{ description: "x".repeat(50), amount: "1" }];
  expect(encode({ lines }, empty)).toMatchObject({ problem: { field: "lines", code: "TOO_LONG" } });
});

test("the linter wants a length where something is written, and rows at a path of names", () => {
  const bills = (fields: string) =>
    dealsManifest(`
    fields: { ${fields} }
    list: { get: /deals, records: deals }`).replace("entity: deal", "entity: invoice");
  const rows = (more: string) => `lines: { each: "cells[id=lines].text.(json)", ${more}fields: { amount: amount | money } }`; // prettier-ignore
  expect(complaints(bills(rows("write: values.lines.(json), length: 60, ")))).toEqual([]);
  expect(complaints(bills(rows("")))).toEqual(["20: Rows are written at a path of names"]);
  expect(complaints(bills("notes: { read: notes, write: false, length: 9 }"))).toEqual([
    "20: length goes with what is written",
  ]);
});
