import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Caller, hubspot, quickbooks } from "./call.ts";
import { listener } from "./listener.ts";

async function inFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "tieline-tools-"));
  try {
    await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

test("HubSpot finds its contacts again, with their ids and e-mails taken", () =>
  inFolder(async (folder) => {
    {
      await using first = await hubspot({ folder, seed: 3 });
      await first.post("", { properties: { email: "ada@example.com" } });
      await first.send("DELETE", "/1001");
    }
    await using second = await hubspot({ folder, seed: 3 });
    expect(second.stats()).toMatchObject({ records: 4, active: 3, creates: 0 });
    const taken = await second.post("", { properties: { email: "ada@example.com" } });
    expect(taken.status).toBe(409);
    const next = await second.post("", { properties: { email: "grace@example.com" } });
    expect(next.body).toMatchObject({ id: "1005" });
    expect((await second.control("/_seed", { contacts: 2 })).status).toBe(200);
  }));

test("HubSpot finds what belongs together again, merged ids, and whom it tells", () =>
  inFolder(async (folder) => {
    const CRM = "//crm/objects/2026-09";
    await using receiver = await listener();
    {
      await using first = await hubspot({ folder, seed: 3 });
      await first.post(`${CRM}/companies`, { properties: { name: "Quay", external_id: "Q" } });
      await first.send("PUT", `${CRM}/contacts/1001/associations/default/companies/20006`);
      await first.post("/merge", { primaryObjectId: "1001", objectIdToMerge: "1002" });
      await first.control("/_config", { webhook: { url: receiver.url } });
    }
    await using second = await hubspot({ folder, seed: 3 });
    expect(second.stats()).toMatchObject({ objects: { contacts: 2, companies: 6, deals: 5 } });
    expect((await second.get("/1002?associations=companies")).body).toMatchObject({
      id: "1004",
      associations: { companies: { results: expect.arrayContaining([{ id: "20006", type: "contact_to_company_unlabeled" }]) as [] } }, // prettier-ignore
    });
    const taken = await second.post(`${CRM}/companies`, { properties: { external_id: "Q" } });
    expect(taken.status).toBe(400);
    await second.post("", { properties: { email: "new@example.com" } });
    expect(await receiver.events(1)).toMatchObject([{ objectId: 1005 }]);
  }));

async function refreshed(books: Caller): Promise<string> {
  const { client_id = "", client_secret = "", refresh_token = "" } = books.oauth ?? {};
  const response = await fetch(books.oauth?.token ?? "", {
    method: "POST",
    headers: { authorization: `Basic ${btoa(`${client_id}:${client_secret}`)}` },
    body: new URLSearchParams({ grant_type: "refresh_token", refresh_token }),
  });
  return ((await response.json()) as { refresh_token: string }).refresh_token;
}

test("QuickBooks finds customers, request ids and the last refresh token again", () =>
  inFolder(async (folder) => {
    const ann = { DisplayName: "Ann" };
    const before = await (async () => {
      await using first = await quickbooks({ folder, seed: 2 });
      const created = await first.post("/customer?requestid=r1", ann);
      return { created: created.body, token: await refreshed(first) };
    })();
    await using second = await quickbooks({ folder, seed: 2 });
    expect(second.oauth?.refresh_token).toBe(before.token);
    expect((await second.post("/customer?requestid=r1", ann)).body).toEqual(before.created);
    expect((await second.post("/customer", ann)).status).toBe(400);
    expect(second.stats()).toMatchObject({ records: 3, creates: 0 });
  }));

test("QuickBooks finds invoices, numbers, payments and what was deleted again", () =>
  inFolder(async (folder) => {
    const invoice = {
      CustomerRef: { value: "1" },
      Line: [
        {
          Amount: 80,
          DetailType: "SalesItemLineDetail",
          SalesItemLineDetail: { ItemRef: { value: "1" } },
        },
      ],
    };
    {
      await using first = await quickbooks({ folder, seed: 1, flaws: false });
      await first.post("/invoice", { ...invoice, DocNumber: "A-1" });
      await first.control("/_edit", { object: "invoices", id: "6", set: { paid: 30 } });
      await first.post("/invoice", invoice);
      await first.post("/invoice?operation=delete", { Id: "7", SyncToken: "0" });
    }
    await using second = await quickbooks({ folder, seed: 1, flaws: false });
    expect(second.stats().objects).toEqual({ customers: 1, invoices: 6, items: 6 });
    expect((await second.post("/invoice", { ...invoice, DocNumber: "A-1" })).status).toBe(400);
    const noted = { Id: "6", SyncToken: "1", sparse: true, PrivateNote: "x" };
    expect((await second.post("/invoice", noted)).body).toMatchObject({ Invoice: { Balance: 50 } });
    expect((await second.post("/invoice", invoice)).body).toMatchObject({
      Invoice: { Id: "8", DocNumber: "1007" },
    });
    const since = new Date(Date.now() - 60_000).toISOString();
    const { body } = await second.get(`/cdc?entities=Invoice&changedSince=${since}`);
    expect(JSON.stringify(body)).toContain('"status":"Deleted","Id":"7"');
  }));
