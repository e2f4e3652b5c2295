import { expect, test } from "vitest";
import { activecampaign } from "./activecampaign-client.ts";

type Contact = Record<string, unknown> & { id: string; udate: string };
type List = { contacts: Contact[]; meta: { total: string } };
const ada = { email: "ada@example.com", firstName: "Ada", lastName: "Lovelace", phone: "7223224241" }; // prettier-ignore

test("a contact is created, read, changed and deleted for good; its numbers are texts", async () => {
  await using account = await activecampaign({ seed: 0 });
  const created = await account.send("POST", "/contacts", {
    contact: { ...ada, fieldValues: [{ field: "7", value: "Ireland" }, { field: 10, value: "Bread" }] }, // prettier-ignore
  });
  expect(created.status).toBe(201);
  const { contact, fieldValues } = created.body as { contact: Contact; fieldValues: object[] };
  expect(contact).toMatchObject({ id: "1", ...ada, orgid: "0", deleted: "0", bounced_date: "0000-00-00", deleted_at: "0000-00-00 00:00:00" }); // prettier-ignore
  expect(fieldValues).toMatchObject([{ field: "7", value: "Ireland" }, { field: "10", value: "||Bread||" }]); // prettier-ignore
  const changed = await account.send("PUT", "/contacts/1", { contact: { phone: "1" } });
  expect(changed).toMatchObject({ status: 200, body: { contact: { firstName: "Ada", phone: "1" } } }); // prettier-ignore
  expect((await account.get("/contacts/1/fieldValues")).body).toMatchObject({ fieldValues: [{ value: "Ireland" }, { value: "||Bread||" }] }); // prettier-ignore

  expect(await account.send("DELETE", "/contacts/1")).toMatchObject({ status: 200, body: {} });
  expect(await account.get("/contacts/1")).toMatchObject({ status: 404, body: { message: "No Result found for Subscriber with id 1" } }); // prettier-ignore
  expect((await account.get("/contacts")).body).toMatchObject({ contacts: [], meta: { total: "0" } }); // prettier-ignore
  expect((await account.get("/fieldValues")).body).toMatchObject({ fieldValues: [] });
});

test("most instants are US Central time with its offset; two are UTC and do not say so", async () => {
  await using account = await activecampaign({ seed: 20 });
  const { contacts } = (await account.get("/contacts?limit=100")).body as List;
  const offsets = new Set(contacts.map(({ udate }) => udate.slice(19)));
  expect([...offsets].sort()).toEqual(["-05:00", "-06:00"]);
  for (const { cdate, created_utc_timestamp: utc } of contacts)
    expect(Date.parse(`${String(utc).replace(" ", "T")}Z`)).toBe(Date.parse(String(cdate)));
});

test("what is refused: no e-mail, one that is none, one that is taken, a field there is not", async () => {
  await using account = await activecampaign({ seed: 0 });
  const post = (contact: unknown) => account.send("POST", "/contacts", { contact });
  await post(ada);
  const taken = await post({ email: "ADA@example.com" });
  expect(taken).toMatchObject({ status: 422, body: { errors: [{ title: "Email address already exists in the system", detail: "", code: "duplicate", source: { pointer: "/data/attributes/email" } }] } }); // prettier-ignore
  for (const email of ["", "ada", "ada@example", "a@b..example"])
    expect(await post({ email })).toMatchObject({ status: 422, body: { errors: [{ code: "email_invalid" }] } }); // prettier-ignore
  const field = await post({ email: "b@example.com", fieldValues: [{ field: "99", value: "x" }] });
  expect(field).toMatchObject({ status: 404, body: { errors: [{ code: "related_missing", error: "field_not_exist" }] } }); // prettier-ignore
  const misspelt = await post({ email: "b@example.com", firstname: "x" });
  expect(misspelt).toMatchObject({ status: 422, body: { errors: [{ code: "field_invalid", source: { pointer: "/data/attributes/firstname" } }] } }); // prettier-ignore
  const date = await post({
    email: "b@example.com",
    fieldValues: [{ field: "9", value: "1 May" }],
  });
  expect(date.status).toBe(422);
  expect((await account.send("POST", "/contacts", ada)).status).toBe(422);
  expect((await account.send("POST", "/contacts", { contact: ada }, { "content-type": "text/plain" })).status).toBe(400); // prettier-ignore
  expect(account.stats().records).toBe(1);
});

test("sync creates by e-mail and answers 201, updates what is given and answers 200", async () => {
  await using account = await activecampaign({ seed: 0 });
  const sync = (contact: object) => account.send("POST", "/contact/sync", { contact });
  expect(await sync(ada)).toMatchObject({ status: 201, body: { contact: { id: "1" } } });
  const again = await sync({ email: "Ada@Example.com", phone: "" });
  expect(again).toMatchObject({ status: 200, body: { contact: { id: "1", firstName: "Ada", phone: "", email: "ada@example.com" } } }); // prettier-ignore
  expect((await sync({ firstName: "x" })).status).toBe(422);
  expect(account.stats()).toMatchObject({ creates: 1, updates: 1, records: 1 });
});

test("the list goes by offset from zero or by id, and gives at most 100", async () => {
  await using account = await activecampaign({ seed: 130 });
  const ids = async (query: string) => ((await account.get(`/contacts?${query}`)).body as List).contacts.map(({ id }) => Number(id)); // prettier-ignore
  expect(await ids("")).toHaveLength(20);
  expect(await ids("limit=500")).toHaveLength(100);
  expect(await ids("limit=100&offset=100")).toHaveLength(30);
  expect(await ids("limit=3&offset=1&orders[id]=ASC")).toEqual([2, 3, 4]);
  expect(await ids("limit=2&orders[id]=DESC")).toEqual([130, 129]);
  expect(await ids("limit=3&orders[id]=ASC&id_greater=127")).toEqual([128, 129, 130]);
  expect((await account.get("/contacts?limit=1")).body).toMatchObject({ meta: { total: "130" } });
  expect((await account.get("/contacts?limit=many")).status).toBe(400);
  // An order that is not known is ignored without a word.
  expect(await ids("limit=2&orders[udate]=DESC")).toEqual([1, 2]);
});

test("filters: e-mail, search, list and status, and the day of change", async () => {
  await using account = await activecampaign({ seed: 30 });
  const list = async (query: string) => ((await account.get(`/contacts?limit=100&${query}`)).body as List).contacts; // prettier-ignore
  const [first, second] = await list("");
  const email = encodeURIComponent(String(first?.["email"]).toUpperCase());
  expect((await list(`email=${email}`)).map(({ id }) => id)).toEqual([first?.id]);
  expect(await list("email_like=.example")).not.toHaveLength(0);
  const away = await list("listid=1&status=2");
  expect(away.length).toBeGreaterThan(1);
  const { contactLists } = (await account.get(`/contacts/${away[0]?.id ?? ""}`)).body as { contactLists: object[] }; // prettier-ignore
  expect(contactLists).toContainEqual(expect.objectContaining({ list: "1", status: "2" }));

  await account.send("PUT", `/contacts/${second?.id ?? ""}`, { contact: { phone: "1" } });
  const today = new Date(Date.now() - 6 * 3_600_000).toISOString();
  expect((await list(`filters[updated_after]=${today.slice(0, 10)}`)).map(({ id }) => id)).toEqual([second?.id]); // prettier-ignore
  // The time of the day is left out, so that more comes than was asked for.
  const late = `${today.slice(0, 10)}T23:59:59-06:00`;
  expect(await list(`filters[updated_after]=${encodeURIComponent(late)}`)).toHaveLength(1);
});

test("custom values stand beside a contact only where they are asked for", async () => {
  await using account = await activecampaign({ seed: 3 });
  const plain = (await account.get("/contacts?limit=1")).body as List;
  expect(plain.contacts[0]).not.toHaveProperty("fieldValues");
  const { body } = await account.get("/contacts?limit=1&include=fieldValues,contactLists");
  const { contacts, fieldValues, contactLists } = body as List & { fieldValues: { id: string }[]; contactLists: object[] }; // prettier-ignore
  expect(contacts[0]?.["fieldValues"]).toEqual(fieldValues.map(({ id }) => id));
  expect(contactLists).not.toHaveLength(0);
  const { fields } = (await account.get("/fields?limit=100")).body as { fields: { id: string; title: string }[] }; // prettier-ignore
  expect(fields.find(({ title }) => title === "Country")?.id).toBe("7");
  const set = await account.send("POST", "/fieldValues", { fieldValue: { contact: "1", field: "11", value: "Rings twice" } }); // prettier-ignore
  expect(set.body).toMatchObject({ fieldValue: { contact: "1", value: "Rings twice" } });
});
