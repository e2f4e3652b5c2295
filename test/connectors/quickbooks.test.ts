import { describe, expect, test } from "vitest";
import type { Fields } from "#domain/fields.ts";
import type { Write } from "#domain/record.ts";
import { tryTool, type Tried } from "./acceptance/tool.ts";
import { never } from "./world.ts";

let requests = 0;
async function send(tried: Tried, object: string, write: Write) {
  const request = { id: `q-${String((requests += 1))}`, writes: [write] };
  const sent = await tried.target(object).send(request, never);
  return sent.kind === "each" ? sent.outcomes[0] : sent;
}
const create = (fields: Fields): Write => ({ kind: "create", key: "k", hash: "h", fields });

async function made(tried: Tried, object: string, fields: Fields): Promise<string> {
  const outcome = await send(tried, object, create(fields));
  if (outcome?.kind !== "accepted") throw new Error(JSON.stringify(outcome));
  return outcome.id;
}

async function shown(tried: Tried, object: string, id: string) {
  const [record] = await tried.target(object).read([id], never);
  return record;
}

/** The record as the tool itself has it. */
async function native(tried: Tried, object: string, id: string): Promise<Record<string, unknown>> {
  const [record] = await tried.source(object).read([id], never);
  return JSON.parse(Buffer.from(record?.raw() ?? "null").toString()) as Record<string, unknown>;
}

describe("a company in QuickBooks", () => {
  test("is a customer called by it; renamed, it keeps the name that bookkeepers know", async () => {
    await using tried = await tryTool("quickbooks", { seed: 0 });
    const id = await made(tried, "companies", { name: "Quay & Sons", notes: "Pays late" });
    expect(await native(tried, "customers", id)).toMatchObject({ DisplayName: "Quay & Sons", CompanyName: "Quay & Sons" }); // prettier-ignore
    const version = (await shown(tried, "companies", id))?.version ?? null;
    const update: Write = { kind: "update", key: "k", hash: "h", id, version, fields: { name: "Quay Ltd" } }; // prettier-ignore
    expect(await send(tried, "companies", update)).toMatchObject({ kind: "accepted" });
    expect(await native(tried, "customers", id)).toMatchObject({ DisplayName: "Quay & Sons", CompanyName: "Quay Ltd" }); // prettier-ignore
    const [[found] = []] = await tried.target("companies").find("name", ["quay ltd"], never);
    expect(found?.id).toBe(id);
  });

  test("is no person without one, though both have one address", async () => {
    await using tried = await tryTool("quickbooks", { seed: 0 });
    const email = "office@quay.example";
    const person = await made(tried, "customers", { name: "Ada Quay", email });
    const firm = await made(tried, "companies", { name: "Quay Ltd", email });
    expect((await tried.readAll("companies")).records.map(({ id }) => id)).toEqual([firm]);
    const [found] = await tried.target("companies").find("email", [email], never);
    expect(found?.map(({ id }) => id)).toEqual([firm]);
    expect(await shown(tried, "companies", person)).toBeUndefined();
  });

  test("whose name another customer has is told as a conflict", async () => {
    await using tried = await tryTool("quickbooks", { seed: 0 });
    await made(tried, "customers", { name: "Quay Ltd" });
    expect(await send(tried, "companies", create({ name: "Quay Ltd" }))).toMatchObject({
      kind: "rejected",
      problem: { class: "conflict", field: "name", code: "6240" },
    });
  });
});

describe("an invoice in QuickBooks", () => {
  const lines = [{ description: "Work", quantity: "2", unit_price: "50", amount: "100" }];
  const one = (customer: string): Fields => ({ number: "A-1", customer, lines, currency: "USD" });

  test("sells what the connection says, and is open, paid or void by what is left to pay", async () => {
    await using tried = await tryTool("quickbooks", { seed: 0 });
    const customer = await made(tried, "customers", { name: "Ada" });
    const id = await made(tried, "invoices", one(customer));
    expect((await native(tried, "invoices", id))["Line"]).toMatchObject([
      { Amount: 100, SalesItemLineDetail: { ItemRef: { value: "1" }, Qty: 2, UnitPrice: 50 } },
      { DetailType: "SubTotalLineDetail" },
    ]);
    expect((await shown(tried, "invoices", id))?.fields).toMatchObject({ status: "open", total: "100", balance: "100", customer, lines }); // prettier-ignore
    await tried.control("/_edit", { object: "invoices", id, set: { paid: 100 } });
    const paid = await shown(tried, "invoices", id);
    expect(paid?.fields).toMatchObject({ status: "paid", total: "100", balance: "0" });

    const archive: Write = { kind: "archive", key: "k", id, version: paid?.version ?? null };
    expect(await send(tried, "invoices", archive)).toMatchObject({ kind: "accepted", id });
    const voided = await shown(tried, "invoices", id);
    expect(voided?.fields).toMatchObject({ number: "A-1", status: "void", total: "0" });
  });

  test("keeps a discount that a person gave when something else of it changes", async () => {
    await using tried = await tryTool("quickbooks", { seed: 0 });
    expect(tried.target("invoices").coarse).toContain("lines");
    const customer = await made(tried, "customers", { name: "Ada" });
    const id = await made(tried, "invoices", one(customer));
    const before = await native(tried, "invoices", id);
    const discount = { DetailType: "DiscountLineDetail", Amount: 10, DiscountLineDetail: {} };
    const Line = [...(before["Line"] as object[]), discount];
    await tried.control("/_edit", { object: "invoices", id, set: { Line } });
    const version = (await shown(tried, "invoices", id))?.version ?? null;
    await send(tried, "invoices", { kind: "update", key: "k", hash: "h", id, version, fields: { due_date: "2027-01-31", notes: null } }); // prettier-ignore
    expect((await shown(tried, "invoices", id))?.fields).toMatchObject({ total: "90", due_date: "2027-01-31", lines }); // prettier-ignore
  });

  test("for a customer who is inactive waits for him, in QuickBooks' own words", async () => {
    await using tried = await tryTool("quickbooks", { seed: 0 });
    const customer = await made(tried, "customers", { name: "Ada" });
    await tried.control("/_edit", { id: customer, set: { Active: false } });
    for (const nobody of [customer, "999"])
      expect(await send(tried, "invoices", create(one(nobody)))).toMatchObject({
        kind: "rejected",
        problem: { class: "missing_reference", message: expect.stringMatching(/inactive|not found/) as string }, // prettier-ignore
      });
  });

  test("with another one's number, or in a closed year, is told so", async () => {
    await using tried = await tryTool("quickbooks", { seed: 0 });
    const customer = await made(tried, "customers", { name: "Ada" });
    await made(tried, "invoices", one(customer));
    expect(await send(tried, "invoices", create(one(customer)))).toMatchObject({ problem: { class: "conflict", field: "number", code: "6140" } }); // prettier-ignore
    await tried.control("/_config", { closed_until: "2025-12-31" });
    const old = { ...one(customer), number: "A-2", date: "2025-06-01" };
    expect(await send(tried, "invoices", create(old))).toMatchObject({ problem: { class: "rejected", code: "6210" } }); // prettier-ignore
  });

  test("that somebody deleted is missed when all known ones are asked for", async () => {
    await using tried = await tryTool("quickbooks", { seed: 0 });
    const customer = await made(tried, "customers", { name: "Ada" });
    const id = await made(tried, "invoices", one(customer));
    expect(tried.source("invoices").sweeps).toBe("full_read");
    await tried.control("/_edit", { object: "invoices", id, set: { operation: "delete" } });
    expect(await tried.source("invoices").read([id], never)).toMatchObject([{ id, content: { kind: "gone" } }]); // prettier-ignore
  });

  test("is not written by a connection that does not say what is sold", async () => {
    await using tried = await tryTool("quickbooks", { seed: 0 });
    const { item_id: _item, ...settings } = tried.connection.settings;
    const without = { ...tried.connection, settings };
    expect(() => tried.world.tools.target(without, "invoices")).toThrow(/has no item_id/);
    expect(tried.world.tools.target(without, "companies").batch).toBe(25);
  });
});
