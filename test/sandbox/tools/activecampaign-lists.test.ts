import { expect, test } from "vitest";
import { activecampaign, type ActiveCampaign } from "./activecampaign-client.ts";

const put = async (account: ActiveCampaign, contactList: object) => {
  const { status, body } = await account.send("POST", "/contactLists", { contactList });
  return { status, list: (body as { contactList?: object }).contactList };
};

test("who unsubscribed is not subscribed again, unless sourceid 4 says that they want it", async () => {
  await using account = await activecampaign({ seed: 0 });
  await account.send("POST", "/contacts", { contact: { email: "ada@example.com" } });
  const ada = { list: "1", contact: "1" };
  expect(await put(account, { ...ada, status: "1" })).toMatchObject({ status: 200, list: { status: "1", sourceid: "0", udate: null } }); // prettier-ignore
  expect(await put(account, { ...ada, status: 2 })).toMatchObject({ list: { status: "2" } });
  // It is answered as a success, and is none.
  expect(await put(account, { ...ada, status: "1" })).toMatchObject({ status: 200, list: { status: "2" } }); // prettier-ignore
  const sync = await account.send("POST", "/contact/sync", { contact: { email: "ada@example.com" } }); // prettier-ignore
  expect(sync.status).toBe(200);
  expect((await account.get("/contactLists?filters[contact]=1")).body).toMatchObject({ contactLists: [{ status: "2" }] }); // prettier-ignore
  expect(await put(account, { ...ada, status: "1", sourceid: 4 })).toMatchObject({ list: { status: "1", sourceid: "4" } }); // prettier-ignore
  // A list at a time: another one is not touched by any of this.
  expect(await put(account, { ...ada, list: "2", status: "1" })).toMatchObject({ list: { list: "2", status: "1" } }); // prettier-ignore
});

test("a status is 1 or 2, of a list and a contact that there are", async () => {
  await using account = await activecampaign({ seed: 1 });
  const status = async (contactList: object) => (await put(account, contactList)).status;
  expect(await status({ list: "1", contact: "1", status: "3" })).toBe(422);
  expect(await status({ list: "1", contact: "1" })).toBe(422);
  expect(await status({ list: "9", contact: "1", status: "1" })).toBe(404);
  expect(await status({ list: "1", contact: "99", status: "1" })).toBe(404);
});

test("lists and tags are made and found by name", async () => {
  await using account = await activecampaign({ seed: 1 });
  const list = { name: "Regulars", stringid: "regulars", sender_url: "https://quay.example", sender_reminder: "You asked." }; // prettier-ignore
  expect(await account.send("POST", "/lists", { list })).toMatchObject({ status: 200, body: { list: { id: "4", name: "Regulars" } } }); // prettier-ignore
  expect((await account.send("POST", "/lists", { list: { name: "x" } })).status).toBe(422);
  expect((await account.get("/lists?filters[name]=newsletter")).body).toMatchObject({ lists: [{ id: "1", stringid: "newsletter" }], meta: { total: "1" } }); // prettier-ignore

  const tag = await account.send("POST", "/tags", { tag: { tag: "Fair 2026", tagType: "contact", description: "" } }); // prettier-ignore
  const { id } = (tag.body as { tag: { id: string } }).tag;
  expect((await account.send("POST", "/tags", { tag: { tag: "fair 2026" } })).status).toBe(422);
  const tagged = await account.send("POST", "/contactTags", { contactTag: { contact: "1", tag: id } }); // prettier-ignore
  expect(tagged.status).toBe(201);
  expect((await account.get(`/contacts?tagid=${id}`)).body).toMatchObject({ meta: { total: "1" } });
  const link = (tagged.body as { contactTag: { id: string } }).contactTag.id;
  expect((await account.send("DELETE", `/contactTags/${link}`)).status).toBe(200);
  expect((await account.get(`/contacts?tagid=${id}`)).body).toMatchObject({ meta: { total: "0" } });
});

test("what the contact did themselves, through the control beside the interface", async () => {
  await using account = await activecampaign({ seed: 1 });
  const left = await account.control("/_edit", { object: "contactLists", set: { contact: "1", list: "1", status: 2 } }); // prettier-ignore
  expect(left.body).toMatchObject({ status: 2 });
  expect((await account.get("/contacts?listid=1&status=2")).body).toMatchObject({ meta: { total: "1" } }); // prettier-ignore
  await account.control("/_edit", { id: "1", set: { firstName: "Ada", City: "Cork" } });
  expect((await account.get("/contacts/1")).body).toMatchObject({ contact: { firstName: "Ada" }, fieldValues: expect.arrayContaining([expect.objectContaining({ field: "4", value: "Cork" })]) as unknown }); // prettier-ignore
  await account.control("/_edit", { id: "1", set: { deleted: true } });
  expect(account.stats()).toMatchObject({ records: 0, archived: 1 });
});
