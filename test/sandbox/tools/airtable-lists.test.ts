import { expect, test } from "vitest";
import { airtable, type Page, refusal, type Shown } from "./airtable-base.ts";

const names = (records: Shown[], field = "Name") => records.map(({ fields }) => fields[field]);

test("a list goes on with the offset of the page before, and the last page has none", async () => {
  await using base = await airtable({ seed: 12 });
  const seen: string[] = [];
  let offset = "";
  do {
    const { body } = await base.get(`/Customers?pageSize=5&offset=${encodeURIComponent(offset)}`);
    seen.push(...body.records.map(({ id }) => id));
    offset = body.offset ?? "";
    if (offset !== "") expect(offset).toMatch(/^itr\w{14}\/rec\w{14}$/);
  } while (offset !== "");
  expect([seen.length, new Set(seen).size]).toEqual([12, 12]);
});

test("an iterator that waited too long is gone, and so is one that never was", async () => {
  await using base = await airtable();
  const { body } = await base.get("/Customers?pageSize=5");
  await base.control("/_config", { cursor_ms: 0 });
  await new Promise((resolve) => setTimeout(resolve, 5));
  const late = await base.get(`/Customers?pageSize=5&offset=${String(body.offset)}`);
  expect(late).toMatchObject(refusal("LIST_RECORDS_ITERATOR_NOT_AVAILABLE"));
  const made = await base.get("/Customers?offset=itr00000000000000/rec00000000000000");
  expect(made).toMatchObject(refusal("LIST_RECORDS_ITERATOR_NOT_AVAILABLE"));
});

test("a record deleted while a list is read is missing from its later pages", async () => {
  await using base = await airtable({ seed: 6 });
  const first = await base.get("/Customers?pageSize=3&view=Grid%20view");
  const all = await base.get("/Customers?view=Grid%20view");
  await base.send("DELETE", `/Customers/${String(all.body.records[4]?.id)}`);
  const rest = await base.get(`/Customers?pageSize=3&offset=${String(first.body.offset)}`);
  expect(rest.body.records.map(({ id }) => id)).toEqual(
    [3, 5].map((at) => all.body.records[at]?.id),
  );
});

test("maxRecords counts over all pages", async () => {
  await using base = await airtable();
  const first = await base.get("/Customers?pageSize=4&maxRecords=6");
  const rest = await base.get(`/Customers?pageSize=4&maxRecords=6&offset=${String(first.body.offset)}`); // prettier-ignore
  expect([first.body.records.length, rest.body.records.length]).toEqual([4, 2]);
  expect(rest.body).not.toHaveProperty("offset");
});

test("empty cells are left out, and a box without a tick is an empty cell", async () => {
  await using base = await airtable({ seed: 0 });
  await base.send("POST", "/Customers", { records: [{ fields: { Name: "Ann", Active: false, Notes: "" } }] }); // prettier-ignore
  const { body } = await base.get("/Customers");
  const { fields = {} } = body.records[0] ?? {};
  expect(Object.keys(fields)).toEqual(["Name", "Created", "Last modified"]);
  expect(fields["Created"]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/);
});

test("only the fields asked for come, by name or by id", async () => {
  await using base = await airtable({ seed: 1 });
  const byName = await base.get("/Customers?fields[]=Name&fields[]=Email&fields[]=Full%20name");
  expect(Object.keys(byName.body.records[0]?.fields ?? {})).toEqual(["Name", "Email", "Full name"]);
  const { body } = await base.get<{ tables: { name: string; fields: { id: string; name: string }[] }[] }>(`//meta/bases/${base.id}/tables`); // prettier-ignore
  const email = body.tables[0]?.fields.find(({ name }) => name === "Email")?.id ?? "";
  const byId = await base.get(`/Customers?fields[]=${email}&returnFieldsByFieldId=true`);
  expect(Object.keys(byId.body.records[0]?.fields ?? {})).toEqual([email]);
});

test.each([
  ["/Customers?fields[]=Nope", "UNKNOWN_FIELD_NAME", 'Unknown field name: "Nope"'],
  ["/Customers?sort[0][field]=Nope", "UNKNOWN_FIELD_NAME", 'Unknown field name: "Nope"'],
  ["/Customers?sort[0][field]=Name&sort[0][direction]=up", "INVALID_REQUEST_UNKNOWN", undefined],
  ["/Customers?pageSize=101", "INVALID_REQUEST_UNKNOWN", undefined],
  ["/Customers?pageSize=0", "INVALID_REQUEST_UNKNOWN", undefined],
  ["/Customers?maxRecords=few", "INVALID_REQUEST_UNKNOWN", undefined],
  ["/Customers?page=2", "INVALID_REQUEST_UNKNOWN", undefined],
  ["/Customers?view=Nope", "VIEW_NAME_NOT_FOUND", "View Nope not found"],
])("%s is refused as %s", async (path, type, message) => {
  await using base = await airtable({ seed: 0 });
  expect(await base.get(path)).toMatchObject(refusal(type, message));
});

test("sorting goes by several fields, by what they hold, with empty cells first", async () => {
  await using base = await airtable({ seed: 0 });
  const deal = (Title: string, Stage: string, Amount?: number) => ({
    fields: { Title, Stage, ...(Amount !== undefined && { Amount }) },
  });
  await base.send("POST", "/Deals", { records: [deal("a", "Won", 9), deal("b", "Open", 10), deal("c", "Open"), deal("d", "Lost", 2)] }); // prettier-ignore
  const amount = await base.get("/Deals?sort[0][field]=Amount");
  expect(names(amount.body.records, "Title")).toEqual(["c", "d", "a", "b"]);
  // Options go by their place in the field: Open, Won, Lost.
  const stage = await base.get("/Deals?sort[0][field]=Stage&sort[1][field]=Amount&sort[1][direction]=desc"); // prettier-ignore
  expect(names(stage.body.records, "Title")).toEqual(["b", "c", "a", "d"]);
});

test("a view leaves out what does not belong to it, by its name and by its id", async () => {
  await using base = await airtable({ seed: 8 });
  const { body } = await base.get<{ tables: { views: { id: string; name: string }[] }[] }>(`//meta/bases/${base.id}/tables`); // prettier-ignore
  const view = body.tables[0]?.views.find(({ name }) => name === "Subscribed")?.id ?? "";
  const [named, by] = [await base.get("/Customers?view=Subscribed"), await base.get(`/Customers?view=${view}`)]; // prettier-ignore
  expect(names(named.body.records, "Subscription")).toEqual(Array(4).fill("Subscribed"));
  expect(by.body).toEqual(named.body);
});

test("listRecords takes the same as JSON", async () => {
  await using base = await airtable({ seed: 8 });
  const asked = { pageSize: 2, fields: ["Name"], sort: [{ field: "Name", direction: "desc" }] };
  const posted = await base.send("POST", "/Customers/listRecords", asked);
  const got = await base.get("/Customers?pageSize=2&fields[]=Name&sort[0][field]=Name&sort[0][direction]=desc"); // prettier-ignore
  expect(posted.body.records).toEqual(got.body.records);
  expect(await base.send("POST", "/Customers/listRecords", { pageSize: "2" })).toMatchObject({ status: 422 }); // prettier-ignore
});

test("a table is known by its name and by its id, and a record in any table of the base", async () => {
  await using base = await airtable({ seed: 2 });
  const byName = await base.get("/Customers?view=Grid%20view");
  const byId = await base.get(`/${String(base.settings["customers_table"])}?view=Grid%20view`);
  expect(byId.body).toEqual(byName.body);
  const { id = "" } = byName.body.records[0] ?? {};
  expect((await base.get<Shown>(`/Deals/${id}`)).body).toEqual(byName.body.records[0]);
  expect(await base.get("/Customers/recNobody00000000")).toMatchObject({ status: 404, body: { error: "NOT_FOUND" } }); // prettier-ignore
});

test("a base or a table that is not there is a 403, as one would be that is not for us", async () => {
  await using base = await airtable({ seed: 0 });
  const body = { error: { type: "INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND" } };
  expect(await base.get("/Nobodys")).toMatchObject({ status: 403, body });
  expect(await base.get<Page>("//app00000000000000/Customers")).toMatchObject({
    status: 403,
    body,
  });
  expect(await base.get("//meta/bases/app00000000000000/tables")).toMatchObject({
    status: 403,
    body,
  });
});

test("an address of more than 16,000 characters is refused", async () => {
  await using base = await airtable({ seed: 0 });
  const long = await base.get(`/Customers?filterByFormula=${"(".repeat(15_990)}`);
  expect([414, 431]).toContain(long.status);
});

test("a renamed field is unknown by its old name, and the same by its id", async () => {
  await using base = await airtable({ seed: 1 });
  const before = await base.get("/Customers?fields[]=Full%20name&fields[]=First%20name&returnFieldsByFieldId=true"); // prettier-ignore
  await base.control("/_config", { rename_field: { table: "Customers", from: "First name", to: "Given" } }); // prettier-ignore
  expect((await base.get("/Customers?fields[]=First%20name")).status).toBe(422);
  const after = await base.get("/Customers?fields[]=Full%20name&fields[]=Given&returnFieldsByFieldId=true"); // prettier-ignore
  expect(after.body).toEqual(before.body);
});
