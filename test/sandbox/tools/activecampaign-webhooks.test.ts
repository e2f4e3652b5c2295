import { expect, test } from "vitest";
import { activecampaign, type ActiveCampaign, listener } from "./activecampaign-client.ts";

const ALL = ["update", "subscribe", "unsubscribe", "contact_tag_added", "deal_add", "deal_update", "account_add", "account_contact_add"]; // prettier-ignore

const hook = (account: ActiveCampaign, url: string, more: object = {}) =>
  account.send("POST", "/webhooks", {
    webhook: { name: "Ours", url, events: ALL, sources: ["public", "admin", "api", "system"], ...more }, // prettier-ignore
  });

test("a change is told once, unsigned, as a form with names in brackets", async () => {
  await using ears = await listener();
  await using account = await activecampaign({ seed: 0 });
  const created = await hook(account, ears.url);
  expect(created).toMatchObject({ status: 201, body: { webhook: { id: "1", listid: "0", events: ALL, links: [] } } }); // prettier-ignore
  const ada = { email: "ada@example.com", fieldValues: [{ field: "7", value: "Ireland" }] };
  // Creating a contact is not told of.
  await account.send("POST", "/contacts", { contact: ada });
  await account.send("PUT", "/contacts/1", { contact: { phone: "+44 20 7946 0123" } });
  const [told] = await ears.until(1);
  expect(ears.heard[0]).toMatchObject({
    method: "POST",
    type: "application/x-www-form-urlencoded",
  });
  expect(Object.keys(ears.heard[0]?.headers ?? {}).join()).not.toMatch(/signature|hmac/i);
  expect(Object.fromEntries(told ?? [])).toMatchObject({
    type: "update",
    date_time: expect.stringMatching(/T\d\d:\d\d:\d\d-0[56]:00$/) as string,
    initiated_from: "api",
    list: "0",
    "contact[id]": "1",
    "contact[email]": "ada@example.com",
    "contact[phone]": "+44 20 7946 0123",
    "contact[fields][country]": "Ireland",
  });
});

test("subscriptions, tags, deals and companies are told of, each as its own type", async () => {
  await using ears = await listener();
  await using account = await activecampaign({ seed: 1 });
  await hook(account, ears.url);
  await account.send("POST", "/contactLists", { contactList: { list: "3", contact: "1", status: "1" } }); // prettier-ignore
  await account.send("POST", "/contactLists", { contactList: { list: "3", contact: "1", status: "2" } }); // prettier-ignore
  const tag = await account.send("POST", "/tags", { tag: { tag: "Fair", tagType: "contact" } });
  const { id } = (tag.body as { tag: { id: string } }).tag;
  await account.send("POST", "/contactTags", { contactTag: { contact: "1", tag: id } });
  await account.send("POST", "/accounts", { account: { name: "Quay Books" } });
  await account.send("POST", "/deals", { deal: { title: "Shop", value: 123_450, currency: "eur", contact: "1", stage: "2", owner: "1" } }); // prettier-ignore
  const told = await ears.until(5);
  expect(told.map((form) => form.get("type")).sort()).toEqual(["account_add", "contact_tag_added", "deal_add", "subscribe", "unsubscribe"]); // prettier-ignore
  const of = (type: string) => Object.fromEntries(told.find((form) => form.get("type") === type) ?? []); // prettier-ignore
  expect(of("subscribe")).toMatchObject({ list: "3", "contact[id]": "1" });
  expect(of("contact_tag_added")).toMatchObject({ tag: "Fair" });
  expect(of("account_add")).toMatchObject({ "account[name]": "Quay Books" });
  expect(of("deal_add")).toMatchObject({ "deal[value]": "1,234.50", "deal[value_raw]": "1234.5", "deal[currency]": "EUR", "deal[stage_title]": "In Contact", "contact[id]": "1" }); // prettier-ignore
});

test("only the sources asked for are told of, so that one may leave out one's own changes", async () => {
  await using ears = await listener();
  await using account = await activecampaign({ seed: 1 });
  await hook(account, ears.url, { sources: ["admin", "public"] });
  await account.send("PUT", "/contacts/1", { contact: { phone: "1" } });
  await account.control("/_edit", { id: "1", set: { phone: "2" } });
  const [told] = await ears.until(1);
  expect(told?.get("contact[phone]")).toBe("2");
  expect(told?.get("initiated_from")).toBe("admin");
  expect(ears.heard).toHaveLength(1);
});

test("a delivery that fails is not tried again, and an address that is gone is never told again", async () => {
  await using broken = await listener(500);
  await using gone = await listener(410);
  await using account = await activecampaign({ seed: 1 });
  await hook(account, broken.url);
  await hook(account, gone.url);
  const change = (phone: string) => account.send("PUT", "/contacts/1", { contact: { phone } });
  await change("1");
  await Promise.all([broken.until(1), gone.until(1)]);
  await new Promise((resolve) => setTimeout(resolve, 200));
  await change("2");
  await broken.until(2);
  await new Promise((resolve) => setTimeout(resolve, 250));
  expect([broken.heard.length, gone.heard.length]).toEqual([2, 1]);
});

test("a webhook has a name, an address, events and sources that there are", async () => {
  await using account = await activecampaign({ seed: 0 });
  const status = async (more: object) => (await hook(account, "http://127.0.0.1:9/x", more)).status;
  expect(await status({ events: ["contact_add"] })).toBe(422);
  expect(await status({ sources: [] })).toBe(422);
  expect(await status({ name: undefined })).toBe(422);
  expect(await status({ url: "https://example.com:8443/x" })).toBe(422);
  expect(await status({ url: "https://example.com/x" })).toBe(201);
  expect((await account.get("/webhooks")).body).toMatchObject({ meta: { total: "1" } });
  expect((await account.send("PUT", "/webhooks/1", { webhook: { events: ["update"] } })).body).toMatchObject({ webhook: { events: ["update"] } }); // prettier-ignore
  expect((await account.send("DELETE", "/webhooks/1")).body).toEqual({});
  expect((await account.get("/webhooks/1")).status).toBe(404);
});
