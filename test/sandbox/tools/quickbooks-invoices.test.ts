import { expect, test } from "vitest";
import { type Caller, quickbooks, type Reply } from "./call.ts";

type Invoice = Record<string, unknown> & { Id: string; SyncToken: string };

const sold = (Amount: number, detail: object = {}) => ({
  Amount,
  DetailType: "SalesItemLineDetail",
  SalesItemLineDetail: { ItemRef: { value: "2" }, ...detail },
});
const minimal = { CustomerRef: { value: "1" }, Line: [sold(100, { Qty: 2, UnitPrice: 50 })] };

async function written(books: Caller, path: string, body: object): Promise<Invoice> {
  const reply = await books.post(path, body);
  expect(reply.status, JSON.stringify(reply.body)).toBe(200);
  return (reply.body as { Invoice: Invoice }).Invoice;
}
const create = (books: Caller, body: object) => written(books, "/invoice", body);

const codeOf = ({ body }: Reply) =>
  (body as { Fault: { Error: { code: string }[] } }).Fault.Error[0]?.code;
const owed = async (books: Caller, id: string) =>
  ((await books.get(`/customer/${id}`)).body as { Customer: { Balance: number } }).Customer.Balance;

/** A company with customers and no invoices yet. */
async function company(): Promise<Caller> {
  const books = await quickbooks({ seed: 0 });
  for (const DisplayName of ["Ann", "Bea"]) await books.post("/customer", { DisplayName });
  return books;
}

test("the least of an invoice becomes a whole one", async () => {
  await using books = await company();
  const invoice = await create(books, { ...minimal, TxnDate: "2026-11-01" });
  expect(invoice).toMatchObject({
    Id: "1",
    SyncToken: "0",
    DocNumber: "1001",
    TxnDate: "2026-11-01",
    DueDate: "2026-12-01",
    SalesTermRef: { value: "3", name: "Net 30" },
    CustomerRef: { value: "1", name: "Ann" },
    CurrencyRef: { value: "USD" },
    TotalAmt: 100,
    Balance: 100,
    EmailStatus: "NotSet",
    Line: [
      { Id: "1", LineNum: 1, Amount: 100, SalesItemLineDetail: { ItemRef: { value: "2", name: "Hours" } } }, // prettier-ignore
      { Amount: 100, DetailType: "SubTotalLineDetail", SubTotalLineDetail: {} },
    ],
  });
  expect((await books.get("/invoice/1")).body).toMatchObject({ Invoice: invoice });
  expect(await owed(books, "1")).toBe(100);
});

test("discounts, remarks and taxes make the total, half a cent goes up", async () => {
  await using books = await company();
  const weighed = await create(books, {
    ...minimal,
    Line: [sold(1861.08, { Qty: 128.35, UnitPrice: 14.5 })],
  });
  expect(weighed).toMatchObject({ TotalAmt: 1861.08 });
  const invoice = await create(books, {
    ...minimal,
    Line: [
      sold(0.1),
      sold(0.2),
      { DetailType: "DescriptionOnly", Description: "As agreed" },
      { DetailType: "DiscountLineDetail", DiscountLineDetail: { PercentBased: true, DiscountPercent: 50 } }, // prettier-ignore
    ],
    TxnTaxDetail: { TotalTax: 0.07 },
  });
  expect(invoice).toMatchObject({ TotalAmt: 0.22, Balance: 0.22, Line: { length: 5 } });
});

test("a line without an item is a remark, whatever its amount", async () => {
  await using books = await company();
  const remark = { Amount: 70, DetailType: "SalesItemLineDetail", SalesItemLineDetail: {} };
  expect(await create(books, { ...minimal, Line: [sold(5), remark] })).toMatchObject({
    TotalAmt: 5,
  });
});

test("a sparse update keeps the lines or replaces all of them, a full one blanks the rest", async () => {
  await using books = await company();
  const { Line } = await create(books, { ...minimal, PrivateNote: "first", DocNumber: "A-1" });
  const noted = await create(books, {
    Id: "1",
    SyncToken: "0",
    sparse: true,
    PrivateNote: "second",
  });
  expect(noted).toMatchObject({ Line, PrivateNote: "second", DocNumber: "A-1", SyncToken: "1" });
  const lines = await create(books, { Id: "1", SyncToken: "1", sparse: true, Line: [sold(7)] });
  expect(lines).toMatchObject({ TotalAmt: 7, Line: [{ Amount: 7 }, { Amount: 7 }] });
  const full = await create(books, { Id: "1", SyncToken: "2", ...minimal });
  expect(full).toMatchObject({ TotalAmt: 100, SyncToken: "3", CurrencyRef: { value: "USD" } });
  expect(full).not.toHaveProperty("PrivateNote");
  expect(full).not.toHaveProperty("DocNumber");
  const bare = await books.post("/invoice", { Id: "1", SyncToken: "3", PrivateNote: "x" });
  expect(codeOf(bare)).toBe("2020");
  expect(codeOf(await books.post("/invoice", { Id: "1", SyncToken: "0", sparse: true }))).toBe(
    "5010",
  );
});

test("a whole invoice can be sent back as it came, its subtotal with it", async () => {
  await using books = await company();
  const invoice = await create(books, minimal);
  const again = await create(books, { ...invoice, PrivateNote: "seen" });
  expect(again).toMatchObject({ Line: invoice["Line"], TotalAmt: 100, PrivateNote: "seen" });
});

test("a payment is a new version, and moves what the customer owes", async () => {
  await using books = await company();
  await create(books, minimal);
  await books.control("/_edit", { object: "invoices", id: "1", set: { paid: 40 } });
  expect((await books.get("/invoice/1")).body).toMatchObject({
    Invoice: { SyncToken: "1", Balance: 60, TotalAmt: 100, LinkedTxn: [{ TxnType: "Payment" }] },
  });
  expect(await owed(books, "1")).toBe(60);
  const moved = { Id: "1", SyncToken: "1", sparse: true, CustomerRef: { value: "2" } };
  expect(await create(books, moved)).toMatchObject({ Balance: 60 });
  expect([await owed(books, "1"), await owed(books, "2")]).toEqual([0, 60]);
});

test.each(["/invoice?operation=void", "/invoice?operation=update&include=void"])(
  "an invoice voided by %s stays, with nothing to pay",
  async (path) => {
    await using books = await company();
    await create(books, minimal);
    expect(codeOf(await books.post(path, { Id: "1" }))).toBe("2020");
    const voided = await written(books, path, { Id: "1", SyncToken: "0" });
    expect(voided).toMatchObject({
      TotalAmt: 0,
      Balance: 0,
      SyncToken: "1",
      PrivateNote: "Voided",
    });
    expect(await owed(books, "1")).toBe(0);
    const noted = { Id: "1", SyncToken: "1", sparse: true, PrivateNote: "Voided by mistake" };
    expect(await create(books, noted)).toMatchObject({ TotalAmt: 0 });
  },
);

test("a deleted invoice is gone, and its number is free", async () => {
  await using books = await company();
  await create(books, { ...minimal, DocNumber: "A-1" });
  const stale = await books.post("/invoice?operation=delete", { Id: "1", SyncToken: "5" });
  expect(codeOf(stale)).toBe("5010");
  const gone = await written(books, "/invoice?operation=delete", { Id: "1", SyncToken: "0" });
  expect(gone).toEqual({ Id: "1", status: "Deleted", domain: "QBO" });
  expect(codeOf(await books.get("/invoice/1"))).toBe("610");
  expect(await create(books, { ...minimal, DocNumber: "A-1" })).toMatchObject({ Id: "2" });
});

test("a number stands once, unless it is allowed twice", async () => {
  await using books = await company();
  await create(books, { ...minimal, DocNumber: "A-1" });
  const twice = await books.post("/invoice", { ...minimal, DocNumber: "A-1" });
  expect(twice.body).toMatchObject({
    Fault: {
      Error: [
        {
          code: "6140",
          Detail:
            "Duplicate Document Number Error : You must specify a different number. This number has already been used. DocNumber=A-1 is assigned to TxnType=Invoice with TxnId=1",
        },
      ],
    },
  });
  const allowed = "/invoice?include=allowduplicatedocnum";
  expect(await written(books, allowed, { ...minimal, DocNumber: "A-1" })).toMatchObject({
    Id: "2",
  });
  expect(await create(books, { Id: "2", SyncToken: "0", sparse: true, PrivateNote: "x" })).toMatchObject({ DocNumber: "A-1" }); // prettier-ignore
});

test("the company counts by itself, past what others gave, or not at all", async () => {
  await using books = await company();
  expect((await create(books, { ...minimal, DocNumber: "1001" }))["DocNumber"]).toBe("1001");
  expect((await create(books, minimal))["DocNumber"]).toBe("1001");
  expect((await create(books, minimal))["DocNumber"]).toBe("1002");
  await books.control("/_config", { custom_numbers: true });
  expect(await create(books, minimal)).not.toHaveProperty("DocNumber");
});

test("an invoice is in its customer's currency, for good", async () => {
  await using books = await company();
  await books.post("/customer", { DisplayName: "Élodie", CurrencyRef: { value: "EUR" } });
  const foreign = await create(books, {
    ...minimal,
    CustomerRef: { value: "3" },
    ExchangeRate: 1.1,
  });
  expect(foreign).toMatchObject({ CurrencyRef: { value: "EUR" }, ExchangeRate: 1.1, HomeTotalAmt: 110 }); // prettier-ignore
  const wrong = await books.post("/invoice", { ...minimal, CurrencyRef: { value: "EUR" } });
  expect(codeOf(wrong)).toBe("6000");
  const version = { Id: "1", SyncToken: "0", sparse: true };
  expect(codeOf(await books.post("/invoice", { ...version, CurrencyRef: { value: "USD" } }))).toBe(
    "6000",
  );
  expect(codeOf(await books.post("/invoice", { ...version, CustomerRef: { value: "1" } }))).toBe(
    "6000",
  );
});

test("nothing changes in a period that is closed", async () => {
  await using books = await company();
  await create(books, { ...minimal, TxnDate: "2026-06-30" });
  await books.control("/_config", { closed_until: "2026-06-30" });
  const version = { Id: "1", SyncToken: "0" };
  for (const refused of [
    await books.post("/invoice", { ...minimal, TxnDate: "2026-06-01" }),
    await books.post("/invoice", { ...version, sparse: true, TxnDate: "2026-07-01" }),
    await books.post("/invoice?operation=delete", version),
  ]) {
    expect(codeOf(refused)).toBe("6210");
  }
  expect(await create(books, { ...minimal, TxnDate: "2026-07-01" })).toMatchObject({ Id: "2" });
});
