import { expect, test } from "vitest";
import { type Salesforce, salesforce } from "./salesforce-client.ts";

/** The code, the message and the fields that a new record is refused with. */
async function refused(org: Salesforce, object: string, record: object) {
  const { status, body } = await org.send("POST", `/sobjects/${object}`, record);
  expect(status).toBe(400);
  return body as { errorCode: string; message: string; fields?: string[] }[];
}

test("required fields, wrong types and unknown fields are refused by name", async () => {
  await using org = await salesforce({ seed: 0 });
  expect(await refused(org, "Opportunity", { Name: "x", StageName: " " })).toEqual([
    { message: "Required fields are missing: [StageName, CloseDate]", errorCode: "REQUIRED_FIELD_MISSING", fields: ["StageName", "CloseDate"] }, // prettier-ignore
  ]);
  expect(await refused(org, "Contact", { LastName: "x", Nope__c: 1 })).toEqual([
    { message: "No such column 'Nope__c' on sobject of type Contact", errorCode: "INVALID_FIELD" },
  ]);
  expect(await refused(org, "Contact", { LastName: "x", Name: "x", CreatedDate: null })).toEqual([
    {
      message: "Unable to create/update fields: Name, CreatedDate. Please check the security settings of this field and verify that it is read/write for your profile or permission set.",
      errorCode: "INVALID_FIELD_FOR_INSERT_UPDATE",
      fields: ["Name", "CreatedDate"],
    }, // prettier-ignore
  ]);
  const unreadable: [object, string][] = [
    [{ LastName: 5 }, "string from VALUE_NUMBER_INT value 5"],
    [{ LastName: "x", DoNotCall: "true" }, "boolean from VALUE_STRING value true"],
    [{ LastName: "x", Birthdate: "2026-02-30" }, "date from VALUE_STRING value 2026-02-30"],
    [{ LastName: "x", Email: ["a@example.com"] }, "email from START_ARRAY"],
  ];
  for (const [record, said] of unreadable) {
    const [problem] = await refused(org, "Contact", record);
    expect(problem?.errorCode).toBe("JSON_PARSER_ERROR");
    expect(problem?.message).toContain(`Cannot deserialize instance of ${said}`);
  }
  const [fraction] = await refused(org, "Account", { Name: "x", NumberOfEmployees: 2.5 });
  expect(fraction?.message).toContain("int from VALUE_NUMBER_FLOAT value 2.5");
});

test("values that do not fit their field are refused, all of them in one answer", async () => {
  await using org = await salesforce({ seed: 0 });
  const long = "x".repeat(41);
  const problems = await refused(org, "Contact", { LastName: "x", FirstName: long, Email: "a@b..example", AccountId: "12", CurrencyIsoCode: "XAU" }); // prettier-ignore
  expect(problems).toEqual([
    { errorCode: "STRING_TOO_LONG", message: `First Name: data value too large: ${long} (max length=40)`, fields: ["FirstName"] }, // prettier-ignore
    { errorCode: "INVALID_EMAIL_ADDRESS", message: "Email: invalid email address: a@b..example", fields: ["Email"] }, // prettier-ignore
    { errorCode: "MALFORMED_ID", message: "Account ID: id value of incorrect type: 12", fields: ["AccountId"] }, // prettier-ignore
    { errorCode: "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", message: "Currency ISO Code: bad value for restricted picklist field: XAU", fields: ["CurrencyIsoCode"] }, // prettier-ignore
  ]);
  const deal = { Name: "x", StageName: "Almost", CloseDate: "2026-12-01" };
  expect(await refused(org, "Opportunity", deal)).toMatchObject([{ fields: ["StageName"] }]);
  const vast = await refused(org, "Account", { Name: "x", AnnualRevenue: 1e17 });
  expect(vast).toMatchObject([{ errorCode: "NUMBER_OUTSIDE_VALID_RANGE" }]);
  for (const Email of ["siobhan.o'brien@example.com", "a+tag@exämple.com"])
    expect(await org.create("Contact", { LastName: Email, Email })).toMatch(/^003/);
});

test("texts are trimmed, numbers may be texts, and a stage brings its probability", async () => {
  await using org = await salesforce({ seed: 0 });
  const id = await org.create("Opportunity", { name: "  Shop  ", StageName: "Qualification", CloseDate: "2026-12-01", Amount: "1200.50" }); // prettier-ignore
  const read = async () => (await org.send("GET", `/sobjects/Opportunity/${id}`)).body;
  expect(await read()).toMatchObject({ Name: "Shop", Amount: 1200.5, Probability: 10, ExpectedRevenue: 120.05, IsClosed: false }); // prettier-ignore
  await org.send("PATCH", `/sobjects/Opportunity/${id}`, { StageName: "Closed Won" });
  expect(await read()).toMatchObject({ Probability: 100, IsClosed: true, IsWon: true });
  await org.send("PATCH", `/sobjects/Opportunity/${id}`, { StageName: "Value Proposition", Probability: 55 }); // prettier-ignore
  expect(await read()).toMatchObject({ Probability: 55, IsWon: false });
  const cleared = await org.send("PATCH", `/sobjects/Opportunity/${id}`, { CloseDate: null });
  expect(cleared).toMatchObject({ status: 400, body: [{ errorCode: "REQUIRED_FIELD_MISSING" }] });
  const own = await org.send("PATCH", `/sobjects/Opportunity/${id}`, { Amount: -1 });
  expect(own.body).toMatchObject([{ errorCode: "FIELD_CUSTOM_VALIDATION_EXCEPTION", fields: ["Amount"] }]); // prettier-ignore
  const role = await org.send("PATCH", `/sobjects/Opportunity/${id}`, { ContactId: id });
  expect(role.body).toMatchObject([{ errorCode: "INVALID_FIELD_FOR_INSERT_UPDATE" }]);
});

test("references have to lead to a record of the right object that is there", async () => {
  await using org = await salesforce({ seed: 0 });
  const firm = await org.create("Account", { Name: "Quay" });
  const ada = await org.create("Contact", { LastName: "Lovelace", AccountId: firm.slice(0, 15) });
  const problem = async (AccountId: string) =>
    (await refused(org, "Contact", { LastName: "x", AccountId }))[0]?.errorCode;
  expect(await problem(ada)).toBe("FIELD_INTEGRITY_EXCEPTION");
  expect(await problem(`${firm.slice(0, 13)}99`)).toBe("INVALID_CROSS_REFERENCE_KEY");
  await org.send("DELETE", `/sobjects/Account/${firm}`);
  expect(await problem(firm)).toBe("ENTITY_IS_DELETED");
  const [tom] = await org.query("SELECT Id FROM User WHERE IsActive = false");
  const inactive = await refused(org, "Account", { Name: "x", OwnerId: tom?.Id });
  expect(inactive).toMatchObject([{ errorCode: "INACTIVE_OWNER_OR_USER" }]);
  const nobody = await org.send("POST", "/sobjects/User", { LastName: "x" });
  expect(nobody.body).toMatchObject([{ errorCode: "INVALID_TYPE_FOR_OPERATION" }]);
});

test("who looks like a contact there is, is a duplicate, unless the caller says to save it", async () => {
  await using org = await salesforce({ seed: 0 });
  const ada = { FirstName: "Ada", LastName: "Lovelace", Email: "ada@example.com" };
  const id = await org.create("Contact", ada);
  const again = { ...ada, FirstName: "ADA", Email: "Ada@Example.com" };
  expect(await refused(org, "Contact", again)).toMatchObject([
    {
      errorCode: "DUPLICATES_DETECTED",
      message: "You're creating a duplicate record. We recommend you use an existing record instead.", // prettier-ignore
      duplicateResult: {
        allowSave: true,
        duplicateRule: "Standard_Contact_Duplicate_Rule",
        matchResults: [{ matchRecords: [{ matchConfidence: 100, record: { attributes: { type: "Contact" }, Id: id } }] }], // prettier-ignore
      },
    },
  ]);
  // An e-mail alone does not make a duplicate: it is not unique.
  const bob = await org.create("Contact", { ...ada, FirstName: "Bob" });
  const renamed = await org.send("PATCH", `/sobjects/Contact/${bob}`, { FirstName: "Ada" });
  expect(renamed.body).toMatchObject([{ errorCode: "DUPLICATES_DETECTED" }]);
  const header = { "Sforce-Duplicate-Rule-Header": "allowSave=true" };
  expect((await org.send("POST", "/sobjects/Contact", again, header)).status).toBe(201);
  await org.control("/_config", { duplicate_rules: false });
  expect((await org.send("POST", "/sobjects/Contact", again)).status).toBe(201);
});

test("a unique number is taken once, and free again when its record is deleted", async () => {
  await using org = await salesforce({ seed: 0 });
  const id = await org.create("Contact", { LastName: "One", Customer_Number__c: "K7" });
  const problems = await refused(org, "Contact", { LastName: "Two", Customer_Number__c: "k7" });
  expect(problems).toEqual([{ errorCode: "DUPLICATE_VALUE", message: `duplicate value found: Customer_Number__c duplicates value on record with id: ${id}`, fields: [] }]); // prettier-ignore
  await org.send("DELETE", `/sobjects/Contact/${id}`);
  expect(await org.create("Contact", { LastName: "Two", Customer_Number__c: "k7" })).not.toBe(id);
});

test("an order without products stays a draft, and its total is nobody's to write", async () => {
  await using org = await salesforce({ seed: 0 });
  const AccountId = await org.create("Account", { Name: "Quay" });
  const draft = { AccountId, EffectiveDate: "2026-11-01", Status: "Draft" };
  const id = await org.create("Order", draft);
  const read = (await org.send("GET", `/sobjects/Order/${id}`)).body;
  expect(read).toMatchObject({ OrderNumber: "00000101", TotalAmount: 0, StatusCode: "Draft" });
  const activated = await org.send("PATCH", `/sobjects/Order/${id}`, { Status: "Activated" });
  expect(activated).toMatchObject({ status: 400, body: [{ errorCode: "FAILED_ACTIVATION", message: "An order must have at least one product." }] }); // prettier-ignore
  expect(await refused(org, "Order", { ...draft, TotalAmount: 5 })).toMatchObject([{ errorCode: "INVALID_FIELD_FOR_INSERT_UPDATE" }]); // prettier-ignore
  expect((await org.send("PATCH", `/sobjects/Order/${id}`, { Status: "Pending" })).status).toBe(204); // prettier-ignore
});

test("an organisation with a list of countries takes no other words", async () => {
  await using org = await salesforce({ seed: 0 });
  await org.control("/_config", { country_list: true });
  expect(await refused(org, "Contact", { LastName: "x", MailingCountry: "Holland" })).toMatchObject([{ errorCode: "FIELD_INTEGRITY_EXCEPTION", fields: ["MailingCountry"] }]); // prettier-ignore
  expect(await org.create("Contact", { LastName: "x", MailingCountry: "Netherlands" })).toMatch(/^003/); // prettier-ignore
});

test("an automation of the organisation may change what was written", async () => {
  await using org = await salesforce({ seed: 0 });
  await org.control("/_config", { automation: true });
  const id = await org.create("Contact", { LastName: "Lovelace", Phone: "+44 (20) 7946-0123" });
  const { body } = await org.send("GET", `/sobjects/Contact/${id}?fields=Phone`);
  expect(body).toMatchObject({ Phone: "+442079460123" });
});
