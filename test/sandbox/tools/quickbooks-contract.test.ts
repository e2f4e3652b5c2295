import { existsSync, readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { customerFields, type Field } from "#sandbox/tools/quickbooks/customer-fields.ts";
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
    const answers = [
      await books.get("/companyinfo/1"),
      await books.post("/customer", whole),
      await books.post("/customer", whole),
      await books.post("/customer", { Id: "8", SyncToken: "0", sparse: true, Active: false }),
      await books.get("/customer/1"),
      await books.get("/customer/99"),
      await books.get(select("select * from Customer where Active in (true,false)")),
      await books.get(select("select count(*) from Customer")),
      await books.get(select("nonsense")),
      await books.get(`/cdc?entities=Customer,Invoice&changedSince=${since}`),
      await books.post("/batch", {
        BatchItemRequest: [
          { bId: "1", operation: "create", Customer: { DisplayName: "Bea" } },
          { bId: "2", operation: "create", Customer: {} },
          { bId: "3", Query: "select * from Customer" },
        ],
      }),
    ];
    const problems = judge();
    for (const { body } of answers) expect(problems(body), JSON.stringify(body)).toBeNull();
    expect(problems({ Customer: { Displayname: "a misspelling" } })).not.toBeNull();
  },
);

type Schema = { $ref?: string; properties?: Record<string, Schema> };

/** The accepted fields, by path, that the schema of a customer does not have. */
function strangers(
  fields: Record<string, Field>,
  schema: Schema,
  all: Record<string, Schema>,
): string[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const part = schema.properties?.[name];
    if (part === undefined) return [name];
    if (field.kind !== "object") return [];
    const target = all[part.$ref?.split("/").at(-1) ?? ""] ?? part;
    return strangers(field.fields, target, all).map((inner) => `${name}.${inner}`);
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
    const odd: Record<string, Field> = {
      Fax: { kind: "object", fields: { Tone: { kind: "flag" } } },
    };
    expect(strangers(odd, schema, components.schemas)).toEqual(["Fax.Tone"]);
  },
);
