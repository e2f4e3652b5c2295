import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { airtable, type AirtableBase, type Cells, type Shown } from "./airtable-base.ts";
import { listener } from "./listener.ts";

type Hook = { id: string; macSecretBase64: string; expirationTime: string };
type Payload = {
  baseTransactionNumber: number;
  actionMetadata: { source: string };
  changedTablesById: Record<string, Record<string, unknown>>;
};
type Payloads = { payloads: Payload[]; cursor: number; mightHaveMore: boolean };
type Listed = { webhooks: Record<string, unknown>[] };

const nobody = { body: "", headers: new Headers(), method: "" };
const hooksOf = (base: AirtableBase) => `//bases/${base.id}/webhooks`;

async function subscribe(base: AirtableBase, filters: Cells = {}, more: Cells = {}): Promise<Hook> {
  const options = { filters: { dataTypes: ["tableData"], ...filters } };
  const body = { specification: { options: { ...options, ...more["options"] as object } }, ...more["body"] as object }; // prettier-ignore
  return (await base.send<Hook>("POST", hooksOf(base), body)).body;
}

const payloads = async (base: AirtableBase, { id }: Hook, query = "") =>
  (await base.get<Payloads>(`${hooksOf(base)}/${id}/payloads${query}`)).body;

const add = async (base: AirtableBase, fields: Cells) =>
  (await base.send<Shown>("POST", "/Customers", { fields })).body.id;

test("a ping is signed with the secret told once, and says only that there is something", async () => {
  await using base = await airtable({ seed: 0 });
  await using ear = await listener();
  const hook = await subscribe(base, {}, { body: { notificationUrl: ear.url } });
  const days = (Date.parse(hook.expirationTime) - Date.now()) / 86_400_000;
  expect(Math.round(days)).toBe(7);

  await add(base, { Name: "Ann" });
  const [{ body, headers, method } = nobody] = await ear.until(1);
  expect(method).toBe("POST");
  expect(JSON.parse(body)).toEqual({
    base: { id: base.id },
    webhook: { id: hook.id },
    timestamp: expect.stringMatching(/Z$/) as string,
  });
  const key = Buffer.from(hook.macSecretBase64, "base64");
  const mac = createHmac("sha256", key).update(body).digest("hex");
  expect(headers.get("x-airtable-content-mac")).toBe(`hmac-sha256=${mac}`);

  const { body: listed } = await base.get<Listed>(hooksOf(base));
  expect(listed.webhooks).toMatchObject([{ id: hook.id, cursorForNextPayload: 2, isHookEnabled: true }]); // prettier-ignore
  expect(JSON.stringify(listed)).not.toContain(hook.macSecretBase64);
});

test("payloads tell what was added, changed and removed, and by whom", async () => {
  await using base = await airtable({ seed: 0 });
  const hook = await subscribe(base, {}, { options: { includes: { includePreviousCellValues: true } } }); // prettier-ignore
  const id = await add(base, { Name: "Ann", Currency: "EUR" });
  await base.control("/_edit", { id, set: { Name: "Ann B." } });
  await base.send("DELETE", `/Customers/${id}`);

  const { payloads: told, cursor, mightHaveMore } = await payloads(base, hook);
  expect([cursor, mightHaveMore]).toEqual([4, false]);
  expect(told.map(({ actionMetadata }) => actionMetadata.source)).toEqual(["publicApi", "client", "publicApi"]); // prettier-ignore
  const table = String(base.settings["customers_table"]);
  const [added, changed, removed] = told.map((one) => one.changedTablesById[table]);
  const cells = (value: unknown) => ({ cellValuesByFieldId: value });
  expect(added).toMatchObject({ createdRecordsById: { [id]: cells(expect.objectContaining({})) } });
  const { current, previous } = (changed?.["changedRecordsById"] as Record<string, Record<string, { cellValuesByFieldId: Cells }>>)[id] ?? {}; // prettier-ignore
  expect(Object.values(current?.cellValuesByFieldId ?? {})).toEqual(["Ann B."]);
  expect(Object.values(previous?.cellValuesByFieldId ?? {})).toEqual(["Ann"]);
  expect(removed).toEqual({ destroyedRecordIds: [id] });
});

test("a cursor goes on where the last call ended, fifty at a time or fewer", async () => {
  await using base = await airtable({ seed: 0 });
  const hook = await subscribe(base);
  for (let n = 0; n < 3; n += 1) await add(base, { Name: String(n) });
  const first = await payloads(base, hook, "?limit=2");
  expect([first.payloads.length, first.cursor, first.mightHaveMore]).toEqual([2, 3, true]);
  const rest = await payloads(base, hook, `?cursor=${String(first.cursor)}`);
  expect([rest.payloads.length, rest.cursor, rest.mightHaveMore]).toEqual([1, 4, false]);
  expect(await payloads(base, hook, "?cursor=4")).toMatchObject({ payloads: [], cursor: 4 });
  expect((await base.get(`${hooksOf(base)}/${hook.id}/payloads?cursor=0`)).status).toBe(422);
});

test("a hook hears only of the table, the changes and the sources it asked for", async () => {
  await using base = await airtable({ seed: 0 });
  const deals = await subscribe(base, { recordChangeScope: base.settings["deals_table"] });
  const people = await subscribe(base, { fromSources: ["client"] });
  const updates = await subscribe(base, { changeTypes: ["update"] });
  const id = await add(base, { Name: "Ann" });
  await base.control("/_edit", { id, set: { City: "Cork" } });
  const counts = await Promise.all([deals, people, updates].map((hook) => payloads(base, hook)));
  expect(counts.map(({ payloads: { length } }) => length)).toEqual([0, 1, 1]);
});

test("ten records written together are one transaction", async () => {
  await using base = await airtable({ seed: 0 });
  const hook = await subscribe(base);
  const records = Array.from({ length: 10 }, () => ({ fields: { Name: "x" } }));
  await base.send("POST", "/Customers", { records });
  const { payloads: told } = await payloads(base, hook);
  expect(told).toHaveLength(1);
  expect(Object.keys(told[0]?.changedTablesById[String(base.settings["customers_table"])]?.["createdRecordsById"] as object)).toHaveLength(10); // prettier-ignore
});

test("a webhook ends after its time; a refresh, and reading its payloads, give it more", async () => {
  await using base = await airtable({ seed: 0 });
  await base.control("/_config", { webhook_ms: 400 });
  const hook = await subscribe(base);
  const path = `${hooksOf(base)}/${hook.id}`;
  await new Promise((resolve) => setTimeout(resolve, 50));
  const refreshed = await base.send<{ expirationTime: string }>("POST", `${path}/refresh`);
  expect(refreshed.body.expirationTime > hook.expirationTime).toBe(true);
  await new Promise((resolve) => setTimeout(resolve, 450));
  const { body } = await base.get<Listed>(hooksOf(base));
  expect(body.webhooks).toMatchObject([{ id: hook.id, isHookEnabled: false }]);
  await add(base, { Name: "unheard" });
  expect((await payloads(base, hook)).payloads).toEqual([]);
  expect((await base.send("POST", `${path}/refresh`)).status).toBe(404);
});

test("ten webhooks are the most, and wrong ones are refused", async () => {
  await using base = await airtable({ seed: 0 });
  const wrong = (specification: unknown, notificationUrl = "https://example.com/hook") =>
    base.send("POST", hooksOf(base), { notificationUrl, specification });
  const fine = { options: { filters: { dataTypes: ["tableData"] } } };
  expect((await wrong({ options: { filters: {} } })).status).toBe(422);
  expect((await wrong({ options: { filters: { dataTypes: ["rows"] } } })).status).toBe(422);
  expect((await wrong(fine, "http://example.com/hook")).status).toBe(422);
  expect((await wrong({ options: { filters: { dataTypes: ["tableData"], recordChangeScope: "tblNope" } } })).status).toBe(422); // prettier-ignore
  for (let n = 0; n < 10; n += 1) expect((await wrong(fine)).status).toBe(200);
  const eleventh = await wrong(fine);
  expect(eleventh).toMatchObject({ status: 422, body: { error: { type: "TOO_MANY_WEBHOOKS_IN_BASE" } } }); // prettier-ignore
  const { body } = await base.get<Listed>(hooksOf(base));
  const gone = await base.send("DELETE", `${hooksOf(base)}/${String(body.webhooks[0]?.["id"])}`);
  expect([gone.status, gone.body]).toEqual([200, null]);
});

test("pings can be switched off; what there is to tell is kept all the same", async () => {
  await using base = await airtable({ seed: 0 });
  await using ear = await listener();
  const hook = await subscribe(base, {}, { body: { notificationUrl: ear.url } });
  await base.send("POST", `${hooksOf(base)}/${hook.id}/enableNotifications`, { enable: false });
  await add(base, { Name: "Ann" });
  expect((await payloads(base, hook)).payloads).toHaveLength(1);
  expect(ear.heard).toEqual([]);
});
