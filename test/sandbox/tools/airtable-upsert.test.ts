import { expect, test } from "vitest";
import { airtable, type AirtableBase, type Cells, type Page, refusal } from "./airtable-base.ts";

type Upserted = Page & { createdRecords: string[]; updatedRecords: string[] };

const upsert = (base: AirtableBase, records: Cells[], on = ["External Id"], method = "PATCH") =>
  base.send<Upserted>(method, "/Customers", {
    performUpsert: { fieldsToMergeOn: on },
    records: records.map((fields) => ({ fields })),
  });

test("what is not there is created, what is there is updated, and both are told", async () => {
  await using base = await airtable({ seed: 0 });
  const first = await upsert(base, [{ "External Id": "42", Name: "Acme" }]);
  const [acme = ""] = first.body.createdRecords;
  expect(first.body).toMatchObject({ records: [{ id: acme }], updatedRecords: [] });

  const { body } = await upsert(base, [
    { "External Id": "43", Name: "Beta" },
    { "External Id": "42", City: "Bonn" },
  ]);
  const [beta, again] = body.records;
  expect(body).toMatchObject({ createdRecords: [beta?.id], updatedRecords: [acme] });
  expect(again).toMatchObject({ id: acme, fields: { Name: "Acme", City: "Bonn" } });
  expect(base.stats()).toMatchObject({ records: 2, creates: 2, updates: 1 });
});

test("twice the same makes one record, also within one request", async () => {
  await using base = await airtable({ seed: 0 });
  const both = await upsert(base, [
    { "External Id": "7", Name: "one" },
    { "External Id": "7", Name: "two" },
  ]);
  expect(both.status).toBe(200);
  expect((await base.get("/Customers")).body.records).toMatchObject([{ fields: { Name: "two" } }]);
});

test("PUT clears what the record had besides", async () => {
  await using base = await airtable({ seed: 0 });
  await upsert(base, [{ "External Id": "7", Name: "Ann", City: "Cork" }]);
  const { body } = await upsert(
    base,
    [{ "External Id": "7", Name: "Ann" }],
    ["External Id"],
    "PUT",
  );
  expect(body.records[0]?.fields).not.toHaveProperty("City");
});

test("several fields together, up to three, tell records apart", async () => {
  await using base = await airtable({ seed: 0 });
  await upsert(base, [{ Name: "Ann", City: "Cork" }], ["Name"]);
  const { body } = await upsert(base, [{ Name: "Ann", City: "Oslo" }], ["Name", "City"]);
  expect(body.createdRecords).toHaveLength(1);
  const four = await upsert(base, [{ Name: "Ann" }], ["Name", "City", "Email", "Phone"]);
  expect(four.status).toBe(422);
});

test("a value that two records have fails the whole request", async () => {
  await using base = await airtable({ seed: 60, flaws: true });
  const before = base.stats();
  const refused = await upsert(base, [
    { "External Id": "fresh", Name: "New" },
    { "External Id": "crm-1042", Name: "Which of the two?" },
  ]);
  expect(refused.status).toBe(422);
  expect(base.stats()).toMatchObject({ records: before.records, creates: before.creates });
});

test("a record without the field to merge on, or on one that is computed, is refused", async () => {
  await using base = await airtable({ seed: 0 });
  expect(await upsert(base, [{ Name: "Ann" }])).toMatchObject({ status: 422 });
  expect(await upsert(base, [{ Name: "Ann" }], ["Full name"])).toMatchObject({ status: 422 });
  expect(await upsert(base, [{ Name: "Ann" }], ["Nope"])).toMatchObject(refusal("UNKNOWN_FIELD_NAME")); // prettier-ignore
  expect(base.stats().records).toBe(0);
});
