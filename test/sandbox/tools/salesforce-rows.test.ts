import { expect, test } from "vitest";
import { type Problems, salesforce, type Shown } from "./salesforce-client.ts";

const ada = { FirstName: "Ada", LastName: "Lovelace", Email: "ada@example.com" };

test("a contact is created, read, changed, cleared and deleted", async () => {
  await using org = await salesforce({ seed: 0 });
  const created = await org.send("POST", "/sobjects/Contact", ada);
  expect(created.status).toBe(201);
  const { id, success, errors } = created.body as { id: string; success: boolean; errors: [] };
  expect({ success, errors }).toEqual({ success: true, errors: [] });
  expect(id).toMatch(/^003[A-Za-z0-9]{15}$/);

  const shown = (await org.send("GET", `/sobjects/Contact/${id}`)).body as Shown;
  expect(shown).toMatchObject({
    attributes: { type: "Contact", url: `/services/data/v68.0/sobjects/Contact/${id}` },
    Id: id,
    Name: "Ada Lovelace",
    IsDeleted: false,
    Phone: null,
    HasOptedOutOfEmail: false,
  });
  expect(shown["SystemModstamp"]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000\+0000$/);

  const patch = await org.send("PATCH", `/sobjects/Contact/${id}`, { FirstName: null, Phone: "1" });
  expect(patch).toMatchObject({ status: 204, body: "" });
  const fields = await org.send("GET", `/sobjects/Contact/${id}?fields=Name,Phone,Owner.Email`);
  expect(fields.body).toMatchObject({ Name: "Lovelace", Phone: "1", Owner: { Email: expect.stringContaining("integration@") as string } }); // prettier-ignore

  expect((await org.send("DELETE", `/sobjects/Contact/${id}`)).status).toBe(204);
  for (const method of ["GET", "DELETE"]) {
    const gone = await org.send(method, `/sobjects/Contact/${id}`);
    expect(gone).toMatchObject({ status: 404, body: [{ errorCode: "ENTITY_IS_DELETED" }] });
  }
  expect(org.stats()).toMatchObject({ creates: 1, updates: 1, archived: 1, active: 0, records: 1 });
});

test("an id has 15 letters that depend on capitals, or 18 that do not", async () => {
  await using org = await salesforce({ seed: 0 });
  const id = await org.create("Contact", ada);
  for (const form of [id.slice(0, 15), id, id.toLowerCase()]) {
    expect((await org.send("GET", `/sobjects/Contact/${form}`)).body).toMatchObject({ Id: id });
  }
  const fooled = id.slice(0, 15).toLowerCase();
  expect((await org.send("GET", `/sobjects/Contact/${fooled}`)).status).toBe(404);
  const strange = await org.send("GET", "/sobjects/Contact/42");
  expect(strange).toMatchObject({ status: 404, body: [{ errorCode: "NOT_FOUND", message: "Provided external ID field does not exist or is not accessible: 42" }] }); // prettier-ignore
});

test("an upsert by external id creates once, updates then, and refuses to choose", async () => {
  await using org = await salesforce({ seed: 0 });
  const path = "/sobjects/Account/External_Id__c/A%2F7";
  const first = await org.send("PATCH", path, { Name: "Quay Books" });
  expect(first).toMatchObject({ status: 201, body: { success: true, created: true } });
  const { id } = first.body as { id: string };
  const second = await org.send("PATCH", path, { Phone: "1" });
  expect(second).toMatchObject({ status: 200, body: { id, created: false } });
  expect((await org.send("GET", path)).body).toMatchObject({ Id: id, External_Id__c: "A/7", Phone: "1" }); // prettier-ignore

  const twice = await org.send("PATCH", path, { External_Id__c: "A/7", Name: "x" });
  expect(twice).toMatchObject({ status: 400, body: [{ message: "The External_Id__c field should not be specified in the sobject data." }] }); // prettier-ignore

  const other = await org.create("Account", { Name: "Quay Copies", External_Id__c: "a/7" });
  const several = await org.send("PATCH", path, { Phone: "2" });
  expect(several.status).toBe(300);
  expect(several.body).toEqual([id, other].map((one) => `/services/data/v68.0/sobjects/Account/${one}`)); // prettier-ignore
  expect(await org.query("SELECT Id FROM Account WHERE Phone = '2'")).toEqual([]);

  const only = await org.send("PATCH", "/sobjects/Account/External_Id__c/B?updateOnly=true", {});
  expect(only.status).toBe(404);
  const noKey = await org.send("PATCH", "/sobjects/Account/Phone/1", { Name: "x" });
  expect(noKey).toMatchObject({ status: 404, body: [{ errorCode: "NOT_FOUND" }] });
  const plain = await org.send("POST", "/sobjects/Account/Id", { Name: "Plain" });
  expect(plain.status).toBe(201);
});

test("a reference may be given by the external id of what it refers to", async () => {
  await using org = await salesforce({ seed: 0 });
  const firm = await org.create("Account", { Name: "Quay Books", External_Id__c: "A7" });
  const id = await org.create("Contact", { ...ada, Account: { External_Id__c: "A7" } });
  expect((await org.send("GET", `/sobjects/Contact/${id}`)).body).toMatchObject({
    AccountId: firm,
  });
  const none = await org.send("POST", "/sobjects/Contact", { ...ada, Account: { External_Id__c: "B" } }); // prettier-ignore
  expect(none).toMatchObject({ status: 400, body: [{ errorCode: "INVALID_FIELD" }] });
});

test("conditional requests: not modified since, and modified since", async () => {
  await using org = await salesforce({ seed: 0 });
  const id = await org.create("Contact", ada);
  const path = `/sobjects/Contact/${id}`;
  const [past, future] = ["Mon, 05 Jan 2026 08:00:00 GMT", "Mon, 05 Jan 2099 08:00:00 GMT"];
  const same = await org.send("GET", path, undefined, { "if-modified-since": future });
  expect(same).toMatchObject({ status: 304, body: "" });
  const since = await org.send("GET", path, undefined, { "if-modified-since": past });
  expect(since.status).toBe(200);
  const stale = await org.send("PATCH", path, { Phone: "1" }, { "if-unmodified-since": past });
  expect(stale).toMatchObject({ status: 412, body: [{ errorCode: "PRECONDITION_FAILED" }] });
  const fresh = await org.send("PATCH", path, { Phone: "1" }, { "if-unmodified-since": future });
  expect(fresh.status).toBe(204);
});

test("what is no JSON object, no object of the organisation or no version is refused", async () => {
  await using org = await salesforce({ seed: 0 });
  const form = await org.send("POST", "/sobjects/Contact", ada, { "content-type": "text/plain" });
  expect(form).toMatchObject({ status: 415, body: [{ errorCode: "UNSUPPORTED_MEDIA_TYPE" }] });
  const list = await org.send("POST", "/sobjects/Contact", [ada]);
  expect(list).toMatchObject({ status: 400, body: [{ errorCode: "JSON_PARSER_ERROR" }] });
  const lead = await org.send("POST", "/sobjects/Lead", ada);
  expect(lead).toMatchObject({ status: 404, body: [{ errorCode: "NOT_FOUND" }] });
  for (const version of ["v99.0", "v20.0", "v68"])
    expect((await org.send("GET", `/services/data/${version}/limits`)).status).toBe(404);
  const put = await org.send("PUT", "/sobjects/Contact", ada);
  expect((put.body as Problems)[0]?.errorCode).toBe("METHOD_NOT_ALLOWED");
  const versions = (await (await fetch(`${org.base_url}/services/data`)).json()) as { version: string }[]; // prettier-ignore
  expect(versions.at(-1)).toEqual({ label: "Winter '27", url: "/services/data/v68.0", version: "68.0" }); // prettier-ignore
});
