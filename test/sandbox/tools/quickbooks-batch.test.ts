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
