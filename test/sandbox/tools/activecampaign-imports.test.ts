import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { activecampaign, type ActiveCampaign, listener } from "./activecampaign-client.ts";

type Info = { status: string; success: string[]; failure: string[] };

const send = (account: ActiveCampaign, contacts: object[], more: object = {}) =>
  account.send("POST", "/import/bulk_import", { contacts, ...more });
const batchOf = (body: unknown) => (body as { batchId: string }).batchId;

async function done(account: ActiveCampaign, batchId: string): Promise<Info> {
  for (let tried = 0; tried < 300; tried += 1) {
    const { body } = await account.get(`/import/info?batchId=${batchId}`);
    if ((body as Info).status === "completed") return body as Info;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error("The import never ended");
}

test("an import is taken at once and carried out later, some of it in vain, and tells nobody", async () => {
  await using ears = await listener();
  await using account = await activecampaign({ seed: 0 });
  await account.control("/_config", { import_ms: 500 });
  await account.send("POST", "/webhooks", { webhook: { name: "x", url: ears.url, events: ["update", "subscribe", "account_add"], sources: ["api", "system", "admin", "public"] } }); // prettier-ignore
  await account.send("POST", "/contacts", { contact: { email: "ada@example.com", lastName: "Lovelace" } }); // prettier-ignore
  const { status, body } = await send(account, [
    { email: "ADA@example.com", first_name: "Ada", customer_acct_name: "Quay Books", tags: ["Fair"], fields: [{ id: 7, value: "Ireland" }], subscribe: [{ listid: "1" }] }, // prettier-ignore
    { email: "grace@example.com", last_name: "Hopper", customer_acct_name: "Quay Books" },
    { email: "invalid.email@invalidDomain" },
    { email: "o'brien@example.com" },
  ]);
  expect(status).toBe(200);
  expect(body).toMatchObject({ Success: 1, queued_contacts: 4, message: "Contact import queued" });
  expect((await account.get(`/import/info?batchId=${batchOf(body)}`)).body).toMatchObject({ status: "active", success: [] }); // prettier-ignore
  expect(account.stats().records).toBe(1);

  const info = await done(account, batchOf(body));
  expect(info.failure).toEqual(["invalid.email@invalidDomain", "o'brien@example.com"]);
  expect(info.success).toEqual(["1", "2"]);
  const ada = await account.get("/contacts/1");
  expect(ada.body).toMatchObject({ contact: { firstName: "Ada", lastName: "Lovelace" }, fieldValues: [{ value: "Ireland" }], contactLists: [{ list: "1", status: "1" }] }); // prettier-ignore
  expect((await account.get("/accounts?count_deals=true")).body).toMatchObject({ accounts: [{ name: "Quay Books", contactCount: "2" }] }); // prettier-ignore
  expect(ears.heard).toEqual([]);
});

test("an import does not bring back who unsubscribed", async () => {
  await using account = await activecampaign({ seed: 0 });
  await account.control("/_config", { import_ms: 0 });
  await account.send("POST", "/contacts", { contact: { email: "ada@example.com" } });
  await account.send("POST", "/contactLists", { contactList: { list: "1", contact: "1", status: "2" } }); // prettier-ignore
  const both = [{ email: "ada@example.com", subscribe: [{ listid: 1 }, { listid: 2 }] }, { email: "b@example.com" }]; // prettier-ignore
  await done(account, batchOf((await send(account, both)).body));
  expect((await account.get("/contactLists?filters[contact]=1")).body).toMatchObject({ contactLists: [{ list: "1", status: "2" }, { list: "2", status: "1" }] }); // prettier-ignore
});

test("a request with anything wrong in it is refused whole, with every reason", async () => {
  await using account = await activecampaign({ seed: 0 });
  const bad = await send(account, [{ email: "a@example.com" }, { first_name: "x" }, { email: "nobody", firstName: "x" }]); // prettier-ignore
  expect(bad.status).toBe(400);
  expect(bad.body).toEqual({
    success: 0,
    message: "JSON payload did not pass validation. Please fix failure Reasons and retry. The import was not queued for processing.", // prettier-ignore
    failureReasons: [
      { contact: 1, failureReason: "Field 'email' is required" },
      { contact: 2, failureReason: "Field 'email' incorrect format" },
      { contact: 2, failureReason: "Field 'firstName' is not supported" },
    ],
  });
  const many = (count: number, more = {}) => Array.from({ length: count }, (_none, n) => ({ email: `n${String(n)}@example.com`, ...more })); // prettier-ignore
  expect((await send(account, many(251))).status).toBe(400);
  expect((await send(account, many(250, { last_name: "x".repeat(2000) }))).status).toBe(400);
  expect((await send(account, many(250))).status).toBe(200);
  expect((await account.get("/import/info")).body).toEqual({ success: 0, message: "'batchId' is a required field." }); // prettier-ignore
  expect((await account.get("/import/info?batchId=none")).status).toBe(400);
});

test("imports of one contact have a limit of their own, which is told as a 400", async () => {
  await using account = await activecampaign({ seed: 0 });
  const one = () => send(account, [{ email: "a@example.com" }]);
  for (let n = 0; n < 20; n += 1) expect((await one()).status).toBe(200);
  await account.control("/_config", { limits: true });
  expect(await one()).toMatchObject({ status: 400, body: { success: 0, message: "Rate limit exceeded.", failureReasons: [expect.stringContaining("20 imports")] } }); // prettier-ignore
  expect((await send(account, [{ email: "a@example.com" }, { email: "b@example.com" }])).status).toBe(200); // prettier-ignore
});

test("who asked to be called back hears what came of it", async () => {
  await using ears = await listener();
  await using account = await activecampaign({ seed: 0 });
  await account.control("/_config", { import_ms: 0 });
  const callback = { url: ears.url, requestType: "POST", detailed_results: "true", params: [{ key: "run", value: "7" }], headers: [{ key: "x-ours", value: "yes" }] }; // prettier-ignore
  const { body } = await send(account, [{ email: "a@example.com" }, { email: "b@nowhere" }], { callback }); // prettier-ignore
  await ears.until(1);
  expect(JSON.parse(ears.heard[0]?.body ?? "")).toEqual({ run: "7", batchId: batchOf(body), success: 1, failures: 1, errors: ["b@nowhere was not imported"] }); // prettier-ignore
  expect(ears.heard[0]?.headers).toMatchObject({ "x-ours": "yes" });
});

test("records, the key, webhooks and imports in hand are there again after a restart", async () => {
  const folder = await mkdtemp(join(tmpdir(), "tieline-tools-"));
  try {
    const before = await (async () => {
      await using account = await activecampaign({ folder, seed: 4 });
      await account.control("/_config", { import_ms: 500 });
      await account.send("POST", "/webhooks", { webhook: { name: "x", url: "http://127.0.0.1:9/", events: ["update"], sources: ["api"] } }); // prettier-ignore
      await account.send("DELETE", "/contacts/4");
      const { body } = await send(account, [{ email: "a@example.com" }, { email: "b@example.com" }]); // prettier-ignore
      return { batch: batchOf(body), key: account.credential["token"] };
    })();
    await using account = await activecampaign({ folder, seed: 4 });
    expect(account.credential["token"]).toBe(before.key);
    // A number that was given is not given again.
    expect((await done(account, before.batch)).success).toEqual(["5", "6"]);
    expect((await account.get("/webhooks")).body).toMatchObject({ webhooks: [{ name: "x" }] });
    expect(account.stats()).toMatchObject({ records: 5 });
    expect((await account.control("/_seed", { contacts: 3 })).body).toEqual({ records: 8 });
  } finally {
    await rm(folder, { recursive: true });
  }
});
