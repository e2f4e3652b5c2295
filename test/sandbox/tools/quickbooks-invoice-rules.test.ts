import { expect, test } from "vitest";
import { quickbooks } from "./call.ts";

const line = (Amount: unknown, SalesItemLineDetail: object = { ItemRef: { value: "1" } }) => ({
  Amount,
  DetailType: "SalesItemLineDetail",
  SalesItemLineDetail,
});
const CustomerRef = { value: "1" };
const Line = [line(5)];

test.each([
  ["no customer", { Line }, "2020"],
  ["no lines", { CustomerRef }, "2020"],
  ["an empty list of lines", { CustomerRef, Line: [] }, "2020"],
  ["only a subtotal", { CustomerRef, Line: [{ Amount: 5, DetailType: "SubTotalLineDetail", SubTotalLineDetail: {} }] }, "2020"], // prettier-ignore
  ["a customer nobody knows", { CustomerRef: { value: "99" }, Line }, "2500"],
  ["a customer made inactive", { CustomerRef: { value: "2" }, Line }, "610"],
  ["an item nobody knows", { CustomerRef, Line: [line(5, { ItemRef: { value: "99" } })] }, "2500"],
  ["an item no longer sold", { CustomerRef, Line: [line(5, { ItemRef: { value: "6" } })] }, "610"],
  ["a term nobody knows", { CustomerRef, Line, SalesTermRef: { value: "77" } }, "2500"],
  ["an amount that is not the product", { CustomerRef, Line: [line(5, { ItemRef: { value: "1" }, Qty: 2, UnitPrice: 3 })] }, "6070"], // prettier-ignore
  ["an amount written as text", { CustomerRef, Line: [line("5")] }, "2010"],
  ["no amount", { CustomerRef, Line: [line(null)] }, "2020"],
  ["no kind of line", { CustomerRef, Line: [{ Amount: 5 }] }, "2020"],
  [
    "a kind of line that is none",
    { CustomerRef, Line: [{ Amount: 5, DetailType: "Sale" }] },
    "2170",
  ],
  ["a misspelling in a line", { CustomerRef, Line: [{ ...line(5), Descripton: "x" }] }, "2010"],
  ["a misspelling", { CustomerRef, Line, Docnumber: "1" }, "2010"],
  ["a number of 22 characters", { CustomerRef, Line, DocNumber: "x".repeat(22) }, "2050"],
  ["a day that is none", { CustomerRef, Line, TxnDate: "30.11.2026" }, "2010"],
  ["a status that is none", { CustomerRef, Line, EmailStatus: "Sent" }, "2170"],
  ["less than nothing to pay", { CustomerRef, Line: [line(-5)] }, "6000"],
  ["a reference without a value", { CustomerRef: { name: "Ann" }, Line }, "2020"],
  [
    "an address that is none",
    { CustomerRef, Line, BillEmail: { Address: "ann@example..com" } },
    "2210",
  ],
])("an invoice with %s is refused", async (_, invoice, code) => {
  await using books = await quickbooks({ seed: 0 });
  await books.post("/customer", { DisplayName: "Ann" });
  await books.post("/customer", { DisplayName: "Bea", Active: false });
  const { status, body } = await books.post("/invoice", invoice);
  expect([status, (body as { Fault: { Error: { code: string }[] } }).Fault.Error[0]?.code]).toEqual(
    [400, code],
  );
  expect(books.stats().objects["invoices"]).toBe(0);
});

test.each([
  ["POST", "/item", { Name: "New" }, "500"],
  ["POST", "/invoice?operation=send", { Id: "1" }, "500"],
  ["POST", "/customer?operation=delete", { Id: "1", SyncToken: "0" }, "500"],
  ["GET", "/item/99", undefined, "610"],
  ["GET", "/vendor/1", undefined, "500"],
])("%s %s is refused with %s", async (method, path, body, code) => {
  await using books = await quickbooks({ seed: 1 });
  const refused = await books.send(method, path, body);
  expect(refused.body).toMatchObject({ Fault: { Error: [{ code }] } });
});
