import { existsSync, readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { customerFields } from "#sandbox/tools/quickbooks/fields/customer-fields.ts";
import { invoiceFields } from "#sandbox/tools/quickbooks/fields/invoice-fields.ts";
import type { Field } from "#sandbox/tools/quickbooks/fields/fields.ts";
import { quickbooks, select } from "./call.ts";

const file = new URL("../../../../shared/specs/quickbooks.json", import.meta.url);
const here = existsSync(file);

/** What the vendor's schema says against an answer; its closed objects find every misspelling. */
function judge(): (answer: unknown) => unknown {
  const ajv = new Ajv({ strict: false, validateFormats: false });
  ajv.addSchema(JSON.parse(readFileSync(file, "utf8")) as object, "qbo");
  const valid = ajv.compile({ $ref: "qbo#/components/schemas/IntuitResponse" });
  return (answer) => (valid(answer) ? null : valid.errors);
}

test.skipIf(!here)(
  "every answer is one of Intuit's schema (skipped: no contracts here)",
  async () => {
    await using books = await quickbooks();
    const since = new Date(Date.now() - 60_000).toISOString();
    const whole = {
      GivenName: "Ann",
      FamilyName: "O'Brien",
      CompanyName: "Quay Books",
      PrimaryEmailAddr: { Address: "ann@example.com" },
      PrimaryPhone: { FreeFormNumber: "+353 20 914 5812" },
      Mobile: { FreeFormNumber: "+353 20 914 5813" },
      WebAddr: { URI: "https://quay.example" },
      BillAddr: { Line1: "1 Quay Street", City: "Galway", PostalCode: "H91", Country: "Ireland" },
      Notes: "Pays on Fridays.",
      Taxable: false,
    };
    const invoice = {
      CustomerRef: { value: "1" },
      CustomerMemo: { value: "Thank you." },
      BillEmail: { Address: "ann@example.com" },
      TxnTaxDetail: { TotalTax: 1.5 },
      Line: [
        {
          Amount: 10,
          DetailType: "SalesItemLineDetail",
          SalesItemLineDetail: { ItemRef: { value: "2" }, Qty: 2, UnitPrice: 5 },
        },
        { DetailType: "DescriptionOnly", Description: "As agreed" },
        {
          DetailType: "DiscountLineDetail",
          Amount: 1,
          DiscountLineDetail: { PercentBased: false },
        },
      ],
    };
    const answers = [
      await books.get("/companyinfo/1"),
      await books.post("/customer", whole),
      await books.post("/customer", whole),
      await books.post("/customer", { Id: "8", SyncToken: "0", sparse: true, Active: false }),
      await books.post("/invoice", invoice),
      await books.post("/invoice", { Id: "36", SyncToken: "0", sparse: true, PrivateNote: "x" }),
      await books.post("/invoice?operation=void", { Id: "36", SyncToken: "1" }),
      await books.post("/invoice?operation=delete", { Id: "36", SyncToken: "2" }),
      await books.post("/invoice", { ...invoice, DocNumber: "1005" }),
      await books.get("/invoice/5"),
      await books.get("/item/6"),
      await books.get(select("select * from Invoice maxresults 1000")),
      await books.get(select("select * from Item where Active in (true, false)")),
      await books.get("/customer/1"),
      await books.get("/customer/99"),
      await books.get(select("select * from Customer where Active in (true,false)")),
      await books.get(select("select count(*) from Customer")),
      await books.get(select("nonsense")),
      await books.get(`/cdc?entities=Customer,Invoice,Item&changedSince=${since}`),
      await books.post("/batch", {
        BatchItemRequest: [
          { bId: "1", operation: "create", Customer: { DisplayName: "Bea" } },
          { bId: "2", operation: "create", Customer: {} },
          { bId: "3", Query: "select * from Customer" },
          { bId: "4", operation: "create", Invoice: invoice },
          { bId: "5", operation: "delete", Invoice: { Id: "1", SyncToken: "0" } },
        ],
      }),
    ];
    const problems = judge();
    for (const { body } of answers) expect(problems(body), JSON.stringify(body)).toBeNull();
    const refused = answers.filter(({ status }) => status !== 200);
    expect(refused).toHaveLength(4);
    expect(problems({ Customer: { Displayname: "a misspelling" } })).not.toBeNull();
  },
);

type Schema = { $ref?: string; properties?: Record<string, Schema>; items?: { $ref?: string } };

function innerOf(field: Field): Record<string, Field> | null {
  if (field.kind === "object") return field.fields;
  return field.kind === "list" ? field.of : null;
}

/** The accepted fields, by path, that the schema of a customer does not have. */
function strangers(
  fields: Record<string, Field>,
  schema: Schema,
  all: Record<string, Schema>,
): string[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const part = schema.properties?.[name];
    if (part === undefined) return [name];
    const inner = innerOf(field);
    if (inner === null) return [];
    const ref = part.$ref ?? part.items?.$ref;
    const target = all[ref?.split("/").at(-1) ?? ""] ?? part;
    return strangers(inner, target, all).map((stranger) => `${name}.${stranger}`);
  });
}

test.skipIf(!here)(
  "no request may say more than Intuit's schema does (skipped: no contracts here)",
  () => {
    const { components } = JSON.parse(readFileSync(file, "utf8")) as {
      components: { schemas: Record<string, Schema> };
    };
    const schema = components.schemas["Customer"] ?? {};
    expect(strangers(customerFields, schema, components.schemas)).toEqual([]);
    const invoices = components.schemas["Invoice"] ?? {};
    expect(strangers(invoiceFields, invoices, components.schemas)).toEqual([]);
    const odd: Record<string, Field> = {
      Fax: { kind: "object", fields: { Tone: { kind: "flag" } } },
    };
    expect(strangers(odd, schema, components.schemas)).toEqual(["Fax.Tone"]);
  },
);
