import { expect, test } from "vitest";
import { salesforce } from "./salesforce-client.ts";

const PATH = "/composite/sobjects";
const contact = (values: object) => ({ attributes: { type: "Contact" }, ...values });
type Result = {
  id?: string;
  success: boolean;
  created?: boolean;
  errors: { statusCode: string }[];
};

test("each record of a collection has its own result, in order, and the answer is always 200", async () => {
  await using org = await salesforce({ seed: 0 });
  const { status, body } = await org.send("POST", PATH, {
    allOrNone: false,
    records: [
      contact({ LastName: "One", Email: "one@example.com" }),
      contact({ LastName: "Two", Email: "two" }),
      { attributes: { type: "Account" }, Phone: "1" },
      { attributes: { type: "Lead" }, LastName: "x" },
      contact({ LastName: "One", Email: "one@example.com" }),
      contact({ LastName: "Six", Nope: 1 }),
    ],
  });
  expect(status).toBe(200);
  expect(body).toEqual([
    { id: expect.stringMatching(/^003/) as string, success: true, errors: [] },
    { success: false, errors: [{ statusCode: "INVALID_EMAIL_ADDRESS", message: "Email: invalid email address: two", fields: ["Email"] }] }, // prettier-ignore
    { success: false, errors: [{ statusCode: "REQUIRED_FIELD_MISSING", message: "Required fields are missing: [Name]", fields: ["Name"] }] }, // prettier-ignore
    { success: false, errors: [{ statusCode: "INVALID_TYPE", message: "sObject type 'Lead' is not supported.", fields: [] }] }, // prettier-ignore
    { success: false, errors: [{ statusCode: "DUPLICATES_DETECTED", message: expect.stringContaining("duplicate record") as string, fields: [] }] }, // prettier-ignore
    { success: false, errors: [{ statusCode: "INVALID_FIELD", message: "No such column 'Nope' on sobject of type Contact", fields: [] }] }, // prettier-ignore
  ]);
  expect(org.stats()).toMatchObject({ creates: 1, records: 1 });
});

test("all or none: one that fails undoes the others and says so", async () => {
  await using org = await salesforce({ seed: 0 });
  const records = [contact({ LastName: "One", External_Id__c: "1" }), contact({}), contact({ LastName: "Three" })]; // prettier-ignore
  const { body } = await org.send("POST", PATH, { allOrNone: true, records });
  expect((body as Result[]).map(({ errors }) => errors[0]?.statusCode)).toEqual(["ALL_OR_NONE_OPERATION_ROLLED_BACK", "REQUIRED_FIELD_MISSING", "ALL_OR_NONE_OPERATION_ROLLED_BACK"]); // prettier-ignore
  expect(org.stats()).toMatchObject({ creates: 0, records: 0 });
  expect((await org.send("GET", "/sobjects/Contact/External_Id__c/1")).status).toBe(404);
});

test("updates go by id, and what is not there is told apart from what was deleted", async () => {
  await using org = await salesforce({ seed: 0 });
  const one = await org.create("Contact", { LastName: "One" });
  const gone = await org.create("Contact", { LastName: "Gone" });
  await org.send("DELETE", `/sobjects/Contact/${gone}`);
  const { body } = await org.send("PATCH", PATH, {
    records: [
      contact({ id: one, Phone: "1" }),
      contact({ Id: gone, Phone: "1" }),
      contact({ id: `${one.slice(0, 13)}99`, Phone: "1" }),
      contact({ id: "42", Phone: "1" }),
      contact({ Phone: "1" }),
    ],
  });
  const results = body as Result[];
  expect(results[0]).toEqual({ id: one, success: true, errors: [] });
  expect(results.slice(1).map(({ errors }) => errors[0]?.statusCode)).toEqual(["ENTITY_IS_DELETED", "INVALID_CROSS_REFERENCE_KEY", "MALFORMED_ID", "MISSING_ARGUMENT"]); // prettier-ignore
});

test("upserts go by an external id of one object, and twice the same is refused", async () => {
  await using org = await salesforce({ seed: 0 });
  const path = `${PATH}/Contact/External_Id__c`;
  const records = [contact({ External_Id__c: "1", LastName: "One" }), contact({ External_Id__c: "2", LastName: "Two" })]; // prettier-ignore
  const first = (await org.send("PATCH", path, { records })).body as Result[];
  expect(first).toMatchObject([{ created: true }, { created: true }]);
  const second = (await org.send("PATCH", path, { records })).body as Result[];
  expect(second).toEqual(
    first.map(({ id }) => ({ id, success: true, errors: [], created: false })),
  );

  await org.create("Contact", { LastName: "Also two", External_Id__c: "2" });
  const odd = [
    contact({ External_Id__c: "2", Phone: "1" }),
    contact({ External_Id__c: "3", LastName: "a" }),
    contact({ External_Id__c: "3", LastName: "b" }),
    contact({ LastName: "No key" }),
    { attributes: { type: "Account" }, External_Id__c: "4", Name: "x" },
  ];
  const third = (await org.send("PATCH", path, { records: odd })).body as Result[];
  expect(third.map(({ errors }) => errors[0]?.statusCode)).toEqual(["DUPLICATE_EXTERNAL_ID", "DUPLICATE_VALUE", "DUPLICATE_VALUE", "MISSING_ARGUMENT", "INVALID_TYPE"]); // prettier-ignore
  const noKey = await org.send("PATCH", `${PATH}/Contact/Phone`, { records });
  expect(noKey).toMatchObject({ status: 400, body: [{ errorCode: "INVALID_FIELD" }] });
});

test("deletes and reads of many, with null for what is not there", async () => {
  await using org = await salesforce({ seed: 0 });
  const ids = [await org.create("Contact", { LastName: "One" }), await org.create("Account", { Name: "Two" })]; // prettier-ignore
  const read = await org.send("GET", `${PATH}/Contact?ids=${ids.join(",")}&fields=LastName`);
  expect(read.body).toMatchObject([{ LastName: "One" }, null]);
  const posted = await org.send("POST", `${PATH}/Account`, { ids, fields: ["Name", "Owner.Name"] });
  expect(posted.body).toMatchObject([null, { Name: "Two", Owner: { Name: "Integration User" } }]);

  const kept = await org.send("DELETE", `${PATH}?ids=${ids.join(",")},42&allOrNone=true`);
  expect(kept.body).toMatchObject([{ success: false }, { success: false }, { id: "42", errors: [{ statusCode: "MALFORMED_ID" }] }]); // prettier-ignore
  expect(org.stats().active).toBe(1);
  const gone = await org.send("DELETE", `${PATH}?ids=${ids.join(",")}`);
  expect(gone.body).toEqual(ids.map((id) => ({ id, success: true, errors: [] })));
});

test("more than 200 records, none at all, or what is no list is refused whole", async () => {
  await using org = await salesforce({ seed: 0 });
  const many = (count: number) => Array.from({ length: count }, (_none, n) => contact({ LastName: `N${String(n)}` })); // prettier-ignore
  const over = await org.send("POST", PATH, { records: many(201) });
  expect(over).toMatchObject({ status: 400, body: [{ errorCode: "EXCEEDED_ID_LIMIT", message: "record limit reached. cannot submit more than 200 records into this call" }] }); // prettier-ignore
  expect((await org.send("POST", PATH, { records: many(200) })).status).toBe(200);
  for (const body of [{ records: [] }, { records: [1] }, {}, { records: many(1), more: 1 }, { records: [{ LastName: "x" }] }]) // prettier-ignore
    expect(await org.send("POST", PATH, body)).toMatchObject({ status: 400, body: [{ errorCode: "JSON_PARSER_ERROR" }] }); // prettier-ignore
  const mixed = Array.from({ length: 12 }, (_none, n) => n % 2 === 0 ? contact({ LastName: `M${String(n)}` }) : { attributes: { type: "Account" }, Name: `M${String(n)}` }); // prettier-ignore
  expect(await org.send("POST", PATH, { records: mixed })).toMatchObject({ status: 400, body: [{ errorCode: "LIMIT_EXCEEDED" }] }); // prettier-ignore
  expect(org.stats().records).toBe(200);
});
