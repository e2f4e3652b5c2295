import { createHmac } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { signature, VERIFIER_TOKEN } from "#sandbox/tools/quickbooks/webhooks.ts";
import { type Caller, quickbooks } from "./call.ts";
import { listener } from "./listener.ts";

type Event = Record<string, unknown> & { type: string; intuitentityid: string };

const invoice = {
  CustomerRef: { value: "1" },
  Line: [
    {
      Amount: 5,
      DetailType: "SalesItemLineDetail",
      SalesItemLineDetail: { ItemRef: { value: "1" } },
    },
  ],
};

async function everything(books: Caller): Promise<void> {
  await books.post("/customer", { DisplayName: "Ann" });
  await books.post("/invoice", invoice);
  await books.control("/_edit", { object: "invoices", id: "6", set: { paid: 1 } });
  await books.post("/invoice?operation=void", { Id: "6", SyncToken: "1" });
  await books.post("/invoice?operation=delete", { Id: "6", SyncToken: "2" });
  await books.control("/_edit", { object: "items", id: "1", set: { UnitPrice: 2 } });
  await books.control("/_edit", { id: "2", set: { merge_into: "1" } });
}

const expected = [
  ["qbo.customer.created.v1", "2"],
  ["qbo.invoice.created.v1", "6"],
  ["qbo.invoice.updated.v1", "6"],
  ["qbo.invoice.voided.v1", "6"],
  ["qbo.invoice.deleted.v1", "6"],
  ["qbo.item.updated.v1", "1"],
  ["qbo.customer.merged.v1", "1"],
];

test("changes are told as CloudEvents, signed with the verifier token", async () => {
  await using books = await quickbooks({ seed: 1 });
  await using receiver = await listener();
  await books.control("/_config", { webhook: { url: receiver.url } });
  await everything(books);
  const events = (await receiver.events(expected.length)) as Event[];
  expect(events.map(({ type, intuitentityid }) => [type, intuitentityid])).toEqual(expected);
  expect(events[0]).toMatchObject({
    specversion: "1.0",
    intuitaccountid: books.settings["realm_id"],
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    data: {},
  });
  expect(events.at(-1)?.["data"]).toEqual({ deletedid: "2" });
  for (const { headers, body } of receiver.heard) {
    const made = createHmac("sha256", VERIFIER_TOKEN).update(body).digest("base64");
    expect(headers.get("intuit-signature")).toBe(made);
  }
  expect(signature("another", "[]")).not.toBe(signature(VERIFIER_TOKEN, "[]"));
});

const schema = new URL("../../../../shared/specs/cloudevents-1.0.schema.json", import.meta.url);

test.skipIf(!existsSync(schema))(
  "every event is one by the specification (skipped: no contracts here)",
  async () => {
    await using books = await quickbooks({ seed: 1 });
    await using receiver = await listener();
    await books.control("/_config", { webhook: { url: receiver.url } });
    await everything(books);
    const valid = new Ajv({ strict: false, validateFormats: false }).compile(
      JSON.parse(readFileSync(schema, "utf8")) as object,
    );
    for (const event of await receiver.events(expected.length)) {
      expect(valid(event), JSON.stringify(valid.errors)).toBe(true);
    }
  },
);

test("what happens later waits until what was before is taken", async () => {
  await using books = await quickbooks({ seed: 1 });
  await using receiver = await listener([{ status: 500 }]);
  await books.control("/_config", { webhook: { url: receiver.url } });
  await books.post("/customer", { DisplayName: "Ann" });
  await receiver.until(1);
  await books.post("/customer", { DisplayName: "Bea" });
  const told = (await receiver.until(3)).map(({ body }) => JSON.parse(body) as Event[]);
  expect(told.map(([event]) => event?.intuitentityid)).toEqual(["2", "2", "3"]);
});
