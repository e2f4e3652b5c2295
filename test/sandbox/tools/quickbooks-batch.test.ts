import { expect, test } from "vitest";
import { quickbooks } from "./call.ts";

test("items succeed and fail each for itself, with 200 for all", async () => {
  await using books = await quickbooks({ seed: 1 });
  const { status, body } = await books.post("/batch?requestid=b1", {
    BatchItemRequest: [
      { bId: "new", operation: "create", Customer: { DisplayName: "Ann" } },
      { bId: "taken", operation: "create", Customer: { DisplayName: "ANN" } },
      { bId: "stale", operation: "update", Customer: { Id: "1", SyncToken: "7", sparse: true } },
      { bId: "asked", Query: "select count(*) from Customer" },
      { bId: "both", operation: "create", Query: "select * from Customer" },
      { bId: "gone", operation: "delete", Customer: { Id: "1", SyncToken: "0" } },
    ],
  });
  expect(status).toBe(200);
  expect(body).toMatchObject({
    BatchItemResponse: [
      { bId: "new", Customer: { Id: "2", DisplayName: "Ann" } },
      { bId: "taken", Fault: { type: "ValidationFault", Error: [{ code: "6240" }] } },
      { bId: "stale", Fault: { Error: [{ code: "5010" }] } },
      { bId: "asked", QueryResponse: { totalCount: 2 } },
      { bId: "both", Fault: { Error: [{ code: "500" }] } },
      { bId: "gone", Fault: { Error: [{ code: "500" }] } },
    ],
  });
  const again = await books.post("/batch?requestid=b1", { BatchItemRequest: [] });
  expect(again.body).toEqual(body);
});

test("thirty items are the most", async () => {
  await using books = await quickbooks({ seed: 0 });
  const items = Array.from({ length: 31 }, (_, n) => ({
    bId: String(n),
    operation: "create",
    Customer: { DisplayName: `Customer ${String(n)}` },
  }));
  expect((await books.post("/batch", { BatchItemRequest: items })).status).toBe(400);
  expect(books.stats().records).toBe(0);
  expect((await books.post("/batch", { BatchItemRequest: items.slice(1) })).status).toBe(200);
  expect(books.stats().records).toBe(30);
});

const line = (Amount: number) => ({
  Amount,
  DetailType: "SalesItemLineDetail",
  SalesItemLineDetail: { ItemRef: { value: "1" } },
});

test("a batch holds several entities, and none of its items can refer to another", async () => {
  await using books = await quickbooks({ seed: 1 });
  const { body } = await books.post("/batch", {
    BatchItemRequest: [
      { bId: "ann", operation: "create", Customer: { DisplayName: "Ann" } },
      {
        bId: "hers",
        operation: "create",
        Invoice: { CustomerRef: { value: "2" }, Line: [line(5)] },
      },
      { bId: "later", operation: "update", Customer: { Id: "2", SyncToken: "0", sparse: true } },
      {
        bId: "his",
        operation: "create",
        Invoice: { CustomerRef: { value: "1" }, Line: [line(5)] },
      },
      {
        bId: "void",
        operation: "update",
        optionsData: "void",
        Invoice: { Id: "1", SyncToken: "0" },
      },
      { bId: "gone", operation: "delete", Invoice: { Id: "2", SyncToken: "1" } },
      { bId: "item", operation: "create", Item: { Name: "New" } },
    ],
  });
  expect(body).toMatchObject({
    BatchItemResponse: [
      { bId: "ann", Customer: { Id: "2" } },
      { bId: "hers", Fault: { Error: [{ code: "2500" }] } },
      { bId: "later", Fault: { Error: [{ code: "610" }] } },
      { bId: "his", Invoice: { CustomerRef: { value: "1" }, TotalAmt: 5 } },
      { bId: "void", Invoice: { Id: "1", TotalAmt: 0 } },
      { bId: "gone", Invoice: { Id: "2", status: "Deleted" } },
      { bId: "item", Fault: { Error: [{ code: "500" }] } },
    ],
  });
  const second = await books.post("/batch", {
    BatchItemRequest: [
      {
        bId: "hers",
        operation: "create",
        Invoice: { CustomerRef: { value: "2" }, Line: [line(5)] },
      },
    ],
  });
  expect(second.body).toMatchObject({ BatchItemResponse: [{ Invoice: { TotalAmt: 5 } }] });
});

test("a number may stand twice in a batch where its option says so", async () => {
  await using books = await quickbooks({ seed: 1 });
  const invoice = { CustomerRef: { value: "1" }, DocNumber: "A-1", Line: [line(5)] };
  const { body } = await books.post("/batch", {
    BatchItemRequest: [
      { bId: "1", operation: "create", Invoice: invoice },
      { bId: "2", operation: "create", Invoice: invoice },
      { bId: "3", operation: "create", optionsData: "allowduplicatedocnum", Invoice: invoice },
    ],
  });
  expect(body).toMatchObject({
    BatchItemResponse: [
      { Invoice: { DocNumber: "A-1" } },
      { Fault: { Error: [{ code: "6140" }] } },
      { Invoice: { DocNumber: "A-1" } },
    ],
  });
});
