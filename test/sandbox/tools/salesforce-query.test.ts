import { expect, test } from "vitest";
import { type Problems, salesforce } from "./salesforce-client.ts";

/** Four accounts with different values, and their ids. */
async function four() {
  const org = await salesforce({ seed: 0 });
  await org.control("/_config", { duplicate_rules: false });
  const add = (values: object) => org.create("Account", values);
  const ids = [
    await add({ Name: "Alder", NumberOfEmployees: 5, AnnualRevenue: 10.5, Industry: "Retail" }),
    await add({ Name: "birch & co", NumberOfEmployees: 50, Phone: "100%_a" }),
    await add({ Name: "Cedar's", NumberOfEmployees: 7, Industry: "Education" }),
    await add({ Name: "Dogwood", Industry: "Retail", BillingCity: "Göteborg" }),
  ];
  const names = async (rest: string) =>
    (await org.query(`SELECT Name FROM Account ${rest}`)).map((row) => String(row["Name"])[0]);
  const refusal = async (statement: string) => {
    const { status, body } = await org.send("GET", `/query?q=${encodeURIComponent(statement)}`);
    const [{ errorCode, message } = { errorCode: "", message: "" }] = body as Problems;
    return { status, errorCode, said: message.split("\n").at(-1) };
  };
  return { org, ids, names, refusal, [Symbol.asyncDispose]: () => org[Symbol.asyncDispose]() };
}

test("conditions: comparisons, texts without regard to capitals, null, lists, patterns", async () => {
  await using there = await four();
  const { ids, names } = there;
  const where = (condition: string) => names(`WHERE ${condition} ORDER BY Name`);
  expect(await where("NumberOfEmployees > 5")).toEqual(["b", "C"]);
  expect(await where("NumberOfEmployees <= 7 AND Industry != 'Education'")).toEqual(["A"]);
  expect(await where("name = 'ALDER'")).toEqual(["A"]);
  expect(await where("Name = 'Cedar\\'s'")).toEqual(["C"]);
  expect(await where("NumberOfEmployees = null")).toEqual(["D"]);
  expect(await where("Industry != 'Retail'")).toEqual(["b", "C"]);
  expect(await where("Industry IN ('retail', 'Education')")).toEqual(["A", "C", "D"]);
  expect(await where("Industry NOT IN ('Retail') AND NumberOfEmployees < 50")).toEqual(["C"]);
  expect(await where("Name LIKE '%ir_h%'")).toEqual(["b"]);
  expect(await where("Phone LIKE '100\\%\\_a'")).toEqual(["b"]);
  expect(await where("Phone LIKE '100\\%\\%a'")).toEqual([]);
  expect(await where("(NOT Name LIKE 'c%') AND (Industry = 'Retail' OR Phone != null)")).toEqual(["A", "b", "D"]); // prettier-ignore
  expect(await where(`Id = '${(ids[3] ?? "").slice(0, 15)}'`)).toEqual(["D"]);
  expect(await where(`Id > '${ids[1] ?? ""}'`)).toEqual(["C", "D"]);
  expect(await where("IsDeleted = false AND AnnualRevenue = 10.5")).toEqual(["A"]);
});

test("instants stand unquoted, with Z or an offset, and a plus has to be encoded", async () => {
  await using there = await four();
  const { org, names } = there;
  const [row] = await org.query("SELECT SystemModstamp FROM Account LIMIT 1");
  const stamp = String(row?.["SystemModstamp"]).replace("+0000", "Z");
  const hour = `${new Date(Date.parse(stamp) + 3_600_000).toISOString().slice(0, 19)}+01:00`;
  expect(await names(`WHERE SystemModstamp >= ${stamp}`)).toHaveLength(4);
  expect(await names(`WHERE SystemModstamp >= ${hour}`)).toHaveLength(4);
  expect(await names("WHERE CreatedDate > 2099-01-01T00:00:00Z")).toEqual([]);
  const unencoded = await org.send("GET", `/query?q=SELECT+Id+FROM+Account+WHERE+CreatedDate>${hour}`); // prettier-ignore
  expect(unencoded.status).toBe(400);
});

test("order by several fields, what is empty first unless it is to be last; limit and offset", async () => {
  await using there = await four();
  const { org, names } = there;
  expect(await names("ORDER BY Industry, Name DESC")).toEqual(["b", "C", "D", "A"]);
  expect(await names("ORDER BY NumberOfEmployees DESC NULLS LAST")).toEqual(["b", "C", "A", "D"]);
  expect(await names("ORDER BY NumberOfEmployees DESC")).toEqual(["D", "b", "C", "A"]);
  expect(await names("ORDER BY Name LIMIT 2 OFFSET 1")).toEqual(["b", "C"]);
  const count = await org.send("GET", "/query/?q=SELECT+COUNT()+FROM+Account+LIMIT+3");
  expect(count.body).toEqual({ totalSize: 3, done: true, records: [] });
});

test("a path leads to the record a reference points to", async () => {
  await using there = await four();
  const { org, ids } = there;
  await org.create("Contact", { LastName: "Lovelace", AccountId: ids[3] });
  await org.create("Contact", { LastName: "Alone" });
  const rows = await org.query(
    "SELECT LastName, Account.Name, Account.Owner.Name, Account.BillingAddress FROM Contact ORDER BY Account.Name, LastName",
  );
  expect(rows).toMatchObject([
    { LastName: "Alone", Account: null },
    {
      LastName: "Lovelace",
      Account: {
        attributes: { type: "Account" },
        Name: "Dogwood",
        Owner: { Name: "Integration User" },
        BillingAddress: { city: "Göteborg", country: null, geocodeAccuracy: null },
      },
    },
  ]);
  const found = await org.query("SELECT Id FROM Contact WHERE Account.Name = 'dogwood'");
  expect(found).toHaveLength(1);
});

test("what cannot be read is refused in Salesforce's words, with the place", async () => {
  await using there = await four();
  const { org, refusal } = there;
  const malformed = (said: string) => ({ status: 400, errorCode: "MALFORMED_QUERY", said });
  const invalid = (said: string) => ({ status: 400, errorCode: "INVALID_FIELD", said });
  const cases: [string, object][] = [
    ["SELECT Id FROM", malformed("unexpected token: '<EOF>'")],
    ["SELECT Id FROM Account WHERE Name = 'a' AND Phone = 'b' OR Fax = 'c'", malformed("unexpected token: 'OR'")], // prettier-ignore
    ["SELECT Id FROM Account WHERE Name = 'x", malformed("unexpected token: '''")],
    ["SELECT Id FROM Account GROUP BY Id", malformed("unexpected token: 'GROUP'")],
    ["SELECT Id, (SELECT Id FROM Contacts) FROM Account", malformed("unexpected token: '('")],
    ["SELECT Id, id FROM Account", malformed("duplicate field selected: Id")],
    ["SELECT Id FROM Account WHERE Description = 'x'", invalid("field 'Description' can not be filtered in a query call")], // prettier-ignore
    ["SELECT Id FROM Account ORDER BY BillingAddress", invalid("field 'BillingAddress' can not be sorted in a query call")], // prettier-ignore
    ["SELECT Id FROM Account WHERE CreatedDate > '2026-01-01T00:00:00Z'", invalid("value of filter criterion for field 'CreatedDate' must be of type dateTime and should not be enclosed in quotes")], // prettier-ignore
    ["SELECT Id FROM Account WHERE Name = 5", invalid("value of filter criterion for field 'Name' must be of type string and should be enclosed in quotes")], // prettier-ignore
  ];
  for (const [statement, expected] of cases) expect(await refusal(statement)).toEqual(expected);

  expect(await refusal("SELECT Foo FROM Account")).toMatchObject({ errorCode: "INVALID_FIELD" });
  expect(await refusal("SELECT Boss.Name FROM Account")).toMatchObject({ errorCode: "INVALID_FIELD" }); // prettier-ignore
  expect(await refusal("SELECT Id FROM Lead")).toMatchObject({ errorCode: "INVALID_TYPE" });
  expect(await refusal("SELECT Id FROM Account WHERE Id = '42'")).toMatchObject({ errorCode: "INVALID_QUERY_FILTER_OPERATOR" }); // prettier-ignore
  expect(await refusal("SELECT Id FROM Account OFFSET 2001")).toMatchObject({ errorCode: "NUMBER_OUTSIDE_VALID_RANGE" }); // prettier-ignore
  const { body } = await org.send("GET", "/query?q=SELECT+Foo+FROM+Account");
  expect((body as Problems)[0]?.message).toMatch(/^\nSELECT Foo FROM Account\n {7}\^\nERROR at Row:1:Column:8\nNo such column 'Foo' on entity 'Account'\. If you/); // prettier-ignore
});

test("a pattern of many wildcards takes no time to fail", async () => {
  await using there = await four();
  const { org } = there;
  await org.create("Account", { Name: "a".repeat(255) });
  const began = performance.now();
  expect(await org.query(`SELECT Id FROM Account WHERE Name LIKE '${"%a".repeat(60)}b'`)).toEqual([]); // prettier-ignore
  expect(performance.now() - began).toBeLessThan(1000);
});

test("fields that are hidden from the connection are as if there were none", async () => {
  await using there = await four();
  const { org, refusal } = there;
  expect((await org.control("/_config", { hidden_fields: ["Account.Fax"] })).status).toBe(200);
  expect(await refusal("SELECT Fax FROM Account")).toMatchObject({ errorCode: "INVALID_FIELD" });
  const written = await org.send("POST", "/sobjects/Account", { Name: "x", Fax: "1" });
  expect(written.body).toMatchObject([{ errorCode: "INVALID_FIELD", message: "No such column 'Fax' on sobject of type Account" }]); // prettier-ignore
  const described = await org.send("GET", "/sobjects/Account/describe");
  expect(JSON.stringify(described.body)).not.toContain('"Fax"');
  expect((await org.control("/_config", { hidden_fields: ["Account.Tax"] })).status).toBe(400);
});
