import { expect, test } from "vitest";
import { airtable, type AirtableBase, type Cells, refusal, type Shown } from "./airtable-base.ts";

const one = (base: AirtableBase, table: string, fields: Cells, more: object = {}) =>
  base.send<Shown>("POST", `/${table}`, { fields, ...more });

const empty = () => airtable({ seed: 0 });

test("a record is created, merged into by PATCH, cleared by PUT, deleted", async () => {
  await using base = await empty();
  const created = await one(base, "Customers", { Name: "Ann", Email: "ann@example.com" });
  expect(created).toMatchObject({ status: 200, body: { fields: { Name: "Ann" } } });
  const { id } = created.body;
  const path = `/Customers/${id}`;

  const merged = await base.send<Shown>("PATCH", path, { fields: { City: "Cork" } });
  expect(merged.body.fields).toMatchObject({ Name: "Ann", Email: "ann@example.com", City: "Cork" });
  const put = await base.send<Shown>("PUT", path, { fields: { Name: "Ann B." } });
  expect(put.body.fields).not.toHaveProperty("Email");
  const cleared = await base.send<Shown>("PATCH", path, { fields: { Name: null } });
  expect(cleared.body.fields).not.toHaveProperty("Name");

  expect((await base.send("DELETE", path)).body).toEqual({ id, deleted: true });
  expect(await base.send("DELETE", path)).toMatchObject({ status: 404, body: { error: "NOT_FOUND" } }); // prettier-ignore
  expect(base.stats()).toMatchObject({ creates: 1, updates: 3, archived: 1, records: 0 });
});

test("ten records go in one request, all of them or none", async () => {
  await using base = await empty();
  const ten = Array.from({ length: 10 }, (_, n) => ({ fields: { Name: `N${String(n)}` } }));
  const created = await base.send("POST", "/Customers", { records: ten });
  expect(created.body.records.map(({ fields }) => fields["Name"])).toEqual(ten.map(({ fields }) => fields.Name)); // prettier-ignore

  const eleven = await base.send("POST", "/Customers", { records: [...ten, { fields: {} }] });
  expect(eleven).toMatchObject(refusal("INVALID_REQUEST_UNKNOWN", "A maximum of 10 records can be created per request but you have provided 11.")); // prettier-ignore

  const [first, second] = created.body.records;
  const bad = await base.send("PATCH", "/Customers", {
    records: [
      { id: first?.id, fields: { City: "Oslo" } },
      { id: second?.id, fields: { Currency: "XXX" } },
    ],
  });
  expect(bad).toMatchObject(refusal("INVALID_MULTIPLE_CHOICE_OPTIONS", 'Insufficient permissions to create new select option ""XXX""')); // prettier-ignore
  const after = await base.get<Shown>(`/Customers/${String(first?.id)}`);
  expect(after.body).toEqual(first);
  expect(base.stats().updates).toBe(0);
});

test("records deleted together are named in the address, and one stranger stops them all", async () => {
  await using base = await empty();
  const { body } = await base.send("POST", "/Tasks", { records: [{ fields: { Title: "a" } }, { fields: { Title: "b" } }] }); // prettier-ignore
  const [a = "", b = ""] = body.records.map(({ id }) => id);
  const file = await one(base, "Files", { Name: "x" });
  const mixed = await base.send("DELETE", `/Tasks?records[]=${a}&records[]=${file.body.id}`);
  expect(mixed).toMatchObject({ status: 404, body: { error: "NOT_FOUND" } });
  expect(base.stats().objects).toMatchObject({ tasks: 2, files: 1 });
  const both = await base.send("DELETE", `/Tasks?records[]=${a}&records[]=${b}`);
  expect(both.body.records).toEqual([a, b].map((id) => ({ id, deleted: true })));
});

const noValue = (field: string) =>
  refusal("INVALID_VALUE_FOR_COLUMN", `Field "${field}" cannot accept the provided value`);

test.each<[Cells, object]>([
  [{ Nope: "x" }, refusal("UNKNOWN_FIELD_NAME", 'Unknown field name: "Nope"')],
  [{ "Full name": "x" }, refusal("INVALID_VALUE_FOR_COLUMN", 'Field "Full name" cannot accept a value because the field is computed')], // prettier-ignore
  [{ Created: "2026-01-01T00:00:00.000Z" }, refusal("INVALID_VALUE_FOR_COLUMN")],
  [{ Name: 5 }, noValue("Name")],
  [{ Active: "true" }, noValue("Active")],
  [{ Currency: ["EUR"] }, noValue("Currency")],
  [{ Currency: "" }, refusal("INVALID_MULTIPLE_CHOICE_OPTIONS")],
  [{ Tags: "VIP" }, noValue("Tags")],
  [{ Tags: ["VIP", "New"] }, refusal("INVALID_MULTIPLE_CHOICE_OPTIONS")],
  [{ Company: "recNobody00000000" }, noValue("Company")],
  [{ Company: ["Acme"] }, refusal("INVALID_RECORD_ID", 'Value "Acme" is not a valid record ID.')],
  [{ Company: ["recNobody00000000"] }, refusal("ROW_DOES_NOT_EXIST")],
])("a customer of %j is refused", async (fields, refused) => {
  await using base = await empty();
  expect(await one(base, "Customers", fields)).toMatchObject(refused);
  expect(base.stats().records).toBe(0);
});

test.each<[string, Cells]>([
  ["Deals", { Amount: "12" }],
  ["Deals", { "Close date": "2026-11-30T23:59:59.000Z" }],
  ["Deals", { "Close date": "2026-02-31" }],
  ["Deals", { "Close date": "soon" }],
  ["Deals", { Owner: { email: "nobody@example.com" } }],
  ["Files", { "Modified at": "yesterday" }],
])("in %s %j is no value", async (table, fields) => {
  await using base = await empty();
  expect(await one(base, table, fields)).toMatchObject(refusal("INVALID_VALUE_FOR_COLUMN"));
});

test("what the fields hold comes back in the form Airtable keeps", async () => {
  await using base = await empty();
  const file = await one(base, "Files", { "Modified at": "2026-11-01T10:00:00+01:00", Size: 12.5 });
  expect(file.body.fields).toMatchObject({ "Modified at": "2026-11-01T09:00:00.000Z", Size: 12.5 });
  const deal = await one(base, "Deals", { Owner: { email: "ravi@harbour-and-sons.example" }, "Close date": "2026-12-01" }); // prettier-ignore
  expect(deal.body.fields).toMatchObject({ Owner: { name: "Ravi Menon" }, "Close date": "2026-12-01" }); // prettier-ignore
  const invoice = await one(base, "Invoices", { Total: 100, Balance: 40 });
  expect(invoice.body.fields).toMatchObject({ Paid: 60 });
  // Not looked at by Airtable: what an e-mail or a phone must look like.
  const odd = await one(base, "Customers", { Email: "not an address", Phone: "call reception" });
  expect(odd.status).toBe(200);
});

test("typecast reads texts, and makes options and linked records that are not there", async () => {
  await using base = await empty();
  const { body } = await one(
    base,
    "Customers",
    { Name: "Ann", Active: "true", Currency: "NOK", Tags: "VIP, Fresh", Company: ["Acme", "Acme"] },
    { typecast: true },
  );
  const companies = await base.get("/Companies");
  expect(companies.body.records).toMatchObject([
    { fields: { Name: "Acme", Customers: [body.id] } },
  ]);
  expect(body.fields).toMatchObject({ Active: true, Currency: "NOK", Tags: ["VIP", "Fresh"], Company: [companies.body.records[0]?.id] }); // prettier-ignore
  const again = await one(base, "Customers", { Currency: "NOK" });
  expect(again.status).toBe(200);
  const deal = await one(base, "Deals", { Amount: "1,250.50", "Close date": "12/1/2026" }, { typecast: true }); // prettier-ignore
  expect(deal.body.fields).toMatchObject({ Amount: 1250.5, "Close date": "2026-12-01" });
});

test("a link stands on both sides, and goes with the record it leads to", async () => {
  await using base = await empty();
  const company = await one(base, "Companies", { Name: "Acme" });
  const ann = await one(base, "Customers", { Name: "Ann", Company: [company.body.id] });
  const there = async () => (await base.get<Shown>(`/Companies/${company.body.id}`)).body.fields;
  expect(await there()).toMatchObject({ Customers: [ann.body.id] });

  const wrong = await one(base, "Deals", { Customer: [company.body.id] });
  expect(wrong).toMatchObject(refusal("ROW_TABLE_DOES_NOT_MATCH_LINKED_TABLE"));

  await base.send("DELETE", `/Customers/${ann.body.id}`);
  expect(await there()).not.toHaveProperty("Customers");
});

test("bodies that are none of Airtable's are refused", async () => {
  await using base = await empty();
  const raw = (body: string, type: string) =>
    fetch(`${base.base_url}/v0/${base.id}/Customers`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${String(base.credential["token"])}`,
        "content-type": type,
      },
      body,
    });
  const said = async (response: Response) => [response.status, await response.json()];
  expect(await said(await raw("{", "application/json"))).toEqual([422, { error: { type: "INVALID_REQUEST_BODY", message: "Could not parse request body" } }]); // prettier-ignore
  expect(await said(await raw('{"fields":{}}', "text/plain"))).toEqual([422, { error: { type: "INVALID_REQUEST_MISSING_FIELDS", message: 'Could not find field "fields" in the request body' } }]); // prettier-ignore
  expect(await base.send("POST", "/Customers", { Name: "Ann" })).toMatchObject({ status: 422 });
  expect(await base.send("POST", "/Customers", { fields: {}, extra: 1 })).toMatchObject({ status: 422 }); // prettier-ignore
  expect(await base.send("PATCH", "/Customers", { records: [{ fields: {} }] })).toMatchObject(refusal("INVALID_RECORDS")); // prettier-ignore
  expect(await base.send("PATCH", "/Customers", { records: [{ id: "recNobody00000000", fields: {} }] })).toMatchObject(refusal("ROW_DOES_NOT_EXIST")); // prettier-ignore
  expect((await raw(`{"fields":{"Notes":"${"x".repeat(5_000_000)}"}}`, "application/json")).status).toBe(413); // prettier-ignore
});

test("what a person does in the grid is kept and dated, by id or External Id", async () => {
  await using base = await empty();
  const added = await base.control<Shown>("/_edit", { set: { Name: "Ann", "External Id": "x-1" } });
  expect(added.body.fields).toMatchObject({ Name: "Ann" });
  await base.control("/_edit", { id: "x-1", set: { City: "Cork", Currency: "DKK" } });
  const { body } = await base.get<Shown>(`/Customers/${added.body.id}`);
  expect(body.fields).toMatchObject({ City: "Cork", Currency: "DKK" });
  await base.control("/_edit", { id: "x-1", object: "customers", set: { archived: true } });
  expect(base.stats().objects["customers"]).toBe(0);
  expect(await base.control("/_edit", { object: "unicorns", set: {} })).toMatchObject({ status: 400 }); // prettier-ignore
});
