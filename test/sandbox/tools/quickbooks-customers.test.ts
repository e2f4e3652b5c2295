import { expect, test } from "vitest";
import { type Caller, quickbooks, type Reply } from "./call.ts";

const ann = {
  GivenName: "Ann",
  FamilyName: "O'Brien",
  PrimaryEmailAddr: { Address: "ann@example.com" },
  BillAddr: { Line1: "1 Quay Street", City: "Galway" },
};

const errorOf = ({ body }: Reply) =>
  (body as { Fault: { Error: { code: string; Detail: string; element: string }[] } }).Fault
    .Error[0];

const create = async (books: Caller, customer: object) => {
  const { status, body } = await books.post("/customer", customer);
  expect(status).toBe(200);
  return (body as { Customer: Record<string, unknown> }).Customer;
};

test("the company answers, with an id to quote to support", async () => {
  await using books = await quickbooks();
  const { status, headers, body } = await books.get("/companyinfo/1");
  expect([status, headers.get("intuit_tid")]).toEqual([200, expect.stringMatching(/^1-/)]);
  expect(body).toMatchObject({ CompanyInfo: { CompanyName: "Simulated Trading Company" } });
});

test("a customer without a display name is called by the parts of the name", async () => {
  await using books = await quickbooks({ seed: 0 });
  const customer = await create(books, ann);
  expect(customer).toMatchObject({
    Id: "1",
    SyncToken: "0",
    DisplayName: "Ann O'Brien",
    FullyQualifiedName: "Ann O'Brien",
    Active: true,
    domain: "QBO",
  });
  expect((await books.get("/customer/1")).body).toMatchObject({ Customer: customer });
});

test("a sparse update keeps what it does not name, a full one blanks it", async () => {
  await using books = await quickbooks({ seed: 0 });
  await create(books, ann);
  const sparse = await create(books, {
    Id: "1",
    SyncToken: "0",
    sparse: true,
    Notes: "calls back",
  });
  expect(sparse).toMatchObject({ ...ann, Notes: "calls back", SyncToken: "1" });

  const full = await create(books, { Id: "1", SyncToken: "1", DisplayName: "Ann" });
  expect(full).toMatchObject({ DisplayName: "Ann", SyncToken: "2", Active: true });
  expect(full).not.toHaveProperty("Notes");
  expect(full).not.toHaveProperty("BillAddr");

  const gone = await create(books, { Id: "1", SyncToken: "2", sparse: true, Active: false });
  expect(gone).toMatchObject({ Active: false });
  expect(books.stats()).toMatchObject({ updates: 3, archived: 1, active: 0, records: 1 });
});

test("an update of an older version is stale", async () => {
  await using books = await quickbooks({ seed: 0 });
  await create(books, ann);
  await books.control("/_edit", { id: "1", set: { Notes: "edited by somebody" } });
  const stale = await books.post("/customer", { Id: "1", SyncToken: "0", sparse: true, Notes: "" });
  expect([stale.status, errorOf(stale)?.code]).toEqual([400, "5010"]);
});

test("a name is taken once, whatever its capitals and its spaces", async () => {
  await using books = await quickbooks({ seed: 0 });
  await create(books, ann);
  const again = await books.post("/customer", { DisplayName: "  ann o'brien " });
  expect(again.status).toBe(400);
  expect(errorOf(again)).toMatchObject({
    code: "6240",
    Detail:
      "The name supplied already exists. : Another customer is already using this name. Please use a different name.",
  });
  await create(books, { DisplayName: "Bea" });
  const renamed = await books.post("/customer", { Id: "2", SyncToken: "0", sparse: true, DisplayName: "Ann O'Brien" }); // prettier-ignore
  expect(errorOf(renamed)?.code).toBe("6240");
});

test.each([
  [{ CompanyName: "No name at all" }, "2020", "DisplayName"],
  [{ GivenName: "x".repeat(26) }, "2050", "GivenName"],
  [{ DisplayName: "x".repeat(501) }, "2050", "DisplayName"],
  [{ DisplayName: "Abara: Accounts" }, "2040", "DisplayName"],
  [{ DisplayName: "Abara\tAccounts" }, "2040", "DisplayName"],
  [{ DisplayName: "Ann", PrimaryEmailAddr: { Address: "ann@example..com" } }, "2210", "EmailAddr"],
  [{ DisplayName: "Ann", Nickname: "A" }, "2010", ""],
  [{ DisplayName: "Ann", PrimaryEmailAddr: { address: "ann@example.com" } }, "2010", ""],
  [{ DisplayName: "Ann", Taxable: "yes" }, "2010", ""],
  [{ Id: "99", SyncToken: "0", sparse: true }, "610", ""],
  [{ Id: "1", sparse: true }, "2020", "SyncToken"],
])("%j is refused with %s", async (customer, code, element) => {
  await using books = await quickbooks({ seed: 1 });
  const refused = await books.post("/customer", customer);
  expect(refused.status).toBe(400);
  expect(errorOf(refused)).toMatchObject({ code, element });
  expect(refused.headers.get("intuit_tid")).not.toBeNull();
  expect(books.stats()).toMatchObject({ creates: 0, updates: 0 });
});

test("the same request id gets the first answer again, and writes nothing", async () => {
  await using books = await quickbooks({ seed: 0 });
  const first = await books.post("/customer?requestid=flow-1-rev-1", ann);
  const again = await books.post("/customer?requestid=flow-1-rev-1", { DisplayName: "Other" });
  expect(again.body).toEqual(first.body);
  expect(books.stats()).toMatchObject({ creates: 1, records: 1 });
});

test("a refused request is not remembered under its id", async () => {
  await using books = await quickbooks({ seed: 0 });
  expect((await books.post("/customer?requestid=a", {})).status).toBe(400);
  expect((await books.post("/customer?requestid=a", ann)).status).toBe(200);
  expect((await books.post(`/customer?requestid=${"a".repeat(51)}`, ann)).status).toBe(400);
});

test("two customers of one e-mail count as a duplicate", async () => {
  await using books = await quickbooks({ seed: 0 });
  await create(books, ann);
  await create(books, {
    DisplayName: "Ann again",
    PrimaryEmailAddr: { Address: "ANN@example.com" },
  });
  expect(books.stats().duplicates).toBe(1);
});

test("a request needs a version, a token and its own realm", async () => {
  await using books = await quickbooks();
  const headers = { authorization: `Bearer ${String(books.credential["token"])}` };
  const at = `${books.base_url}/v3/company/${String(books.settings["realm_id"])}/companyinfo/1`;
  expect((await fetch(at, { headers })).status).toBe(400);
  const stranger = await fetch(`${at}?minorversion=75`);
  expect(stranger.status).toBe(401);
  expect(await stranger.json()).toMatchObject({
    fault: { error: [{ code: "3200" }], type: "AUTHENTICATION" },
  });
  const elsewhere = await fetch(`${books.base_url}/v3/company/1/companyinfo/1?minorversion=75`, {
    headers,
  });
  expect(elsewhere.status).toBe(403);
});

test("the eleventh request in a second is told so in XML", async () => {
  await using books = await quickbooks({ limits: true });
  const replies = await Promise.all(Array.from({ length: 11 }, () => books.get("/companyinfo/1")));
  const refused = replies.find(({ status }) => status === 429);
  expect(replies.filter(({ status }) => status === 200)).toHaveLength(10);
  expect(refused?.headers.get("content-type")).toBe("application/xml");
  expect(refused?.body).toContain("message=ThrottleExceeded; errorCode=003001; statusCode=429");
});

test("a customer of a customer is called after it, five levels deep at most", async () => {
  await using books = await quickbooks({ seed: 0 });
  await create(books, { DisplayName: "Harbour" });
  for (const [n, DisplayName] of ["Pier", "Shed", "Roof", "Gutter"].entries()) {
    const below = await create(books, {
      DisplayName,
      Job: true,
      ParentRef: { value: String(n + 1) },
    });
    expect(below["Level"]).toBe(n + 1);
  }
  expect((await books.get("/customer/5")).body).toMatchObject({
    Customer: { FullyQualifiedName: "Harbour:Pier:Shed:Roof:Gutter" },
  });
  const deeper = await books.post("/customer", { DisplayName: "Nail", ParentRef: { value: "5" } });
  expect(errorOf(deeper)?.code).toBe("6000");
  const nobody = await books.post("/customer", { DisplayName: "Nail", ParentRef: { value: "9" } });
  expect(errorOf(nobody)?.code).toBe("2500");
});

test("a customer keeps its currency, and has one that there is", async () => {
  await using books = await quickbooks({ seed: 0 });
  const customer = await create(books, { DisplayName: "Ann", CurrencyRef: { value: "EUR" } });
  expect(customer["CurrencyRef"]).toEqual({ value: "EUR", name: "Euro" });
  const version = { Id: "1", SyncToken: "0", sparse: true };
  const changed = await books.post("/customer", { ...version, CurrencyRef: { value: "GBP" } });
  expect(errorOf(changed)?.code).toBe("6000");
  const strange = await books.post("/customer", {
    DisplayName: "B",
    CurrencyRef: { value: "euros" },
  });
  expect(errorOf(strange)?.code).toBe("2500");
  expect((await create(books, { ...version, CurrencyRef: { value: "EUR" } }))["SyncToken"]).toBe(
    "1",
  );
});

test("two customers become one, which has the invoices of both", async () => {
  await using books = await quickbooks({ seed: 2 });
  const before = await books.get("/query?query=select%20count(*)%20from%20Invoice");
  await books.control("/_edit", { object: "customers", id: "1", set: { merge_into: "2" } });
  expect(errorOf(await books.get("/customer/1"))?.code).toBe("610");
  const winner = (await books.get("/customer/2")).body as { Customer: { SyncToken: string; Balance: number } }; // prettier-ignore
  expect(winner.Customer.SyncToken).toBe("1");
  const of = encodeURIComponent("select * from Invoice where CustomerRef = '2' maxresults 1000");
  const { Invoice } = ((await books.get(`/query?query=${of}`)).body as { QueryResponse: { Invoice: { Balance: number }[] } }).QueryResponse; // prettier-ignore
  expect(before.body).toMatchObject({ QueryResponse: { totalCount: Invoice.length } });
  const open = Invoice.reduce((cents, { Balance }) => cents + Math.round(Balance * 100), 0);
  expect(Math.round(winner.Customer.Balance * 100)).toBe(open);
  await create(books, { DisplayName: "Alder & Finch Architects" });
  const since = new Date(Date.now() - 5000).toISOString();
  const { body } = await books.get(`/cdc?entities=Customer&changedSince=${since}`);
  expect(JSON.stringify(body)).toContain('"status":"Deleted","Id":"1"');
});

test("a body that is not UTF-8 is not read", async () => {
  await using books = await quickbooks({ seed: 0 });
  const at = `${books.base_url}/v3/company/${String(books.settings["realm_id"])}/customer?minorversion=75`;
  const refused = await fetch(at, {
    method: "POST",
    headers: {
      authorization: `Bearer ${String(books.credential["token"])}`,
      "content-type": "application/json",
    },
    body: Buffer.from('{"DisplayName":"Zo\xeb"}', "latin1"),
  });
  expect(await refused.json()).toMatchObject({ Fault: { Error: [{ code: "500" }] } });
});
