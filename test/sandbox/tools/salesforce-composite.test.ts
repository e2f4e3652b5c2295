import { expect, test } from "vitest";
import { salesforce } from "./salesforce-client.ts";

const D = "/services/data/v68.0";
type Step = { httpStatusCode: number; referenceId: string; body: unknown };
const post = (object: string, referenceId: string, body: object) => ({ method: "POST", url: `${D}/sobjects/${object}`, referenceId, body }); // prettier-ignore
const opportunity = { Name: "No stage" };

test("later subrequests use what earlier ones answered", async () => {
  await using org = await salesforce({ seed: 0 });
  const { status, body } = await org.send("POST", "/composite", {
    compositeRequest: [
      post("Account", "acc", { Name: "Quay" }),
      post("Contact", "con", { LastName: "Lovelace", AccountId: "@{acc.id}" }),
      { method: "GET", referenceId: "found", url: `${D}/query?q=SELECT+Id+FROM+Contact+WHERE+AccountId='@{acc.id}'` }, // prettier-ignore
      { method: "PATCH", referenceId: "title", url: `${D}/sobjects/Contact/@{found.records[0].Id}`, body: { Title: "Owner" } }, // prettier-ignore
      { method: "GET", referenceId: "gone", url: `${D}/sobjects/Contact/@{nobody.id}` },
    ],
  });
  expect(status).toBe(200);
  const steps = (body as { compositeResponse: Step[] }).compositeResponse;
  expect(steps.map(({ httpStatusCode }) => httpStatusCode)).toEqual([201, 201, 200, 204, 400]);
  expect(steps[3]).toEqual({ referenceId: "title", httpStatusCode: 204, body: null, httpHeaders: {} }); // prettier-ignore
  expect(steps[4]?.body).toMatchObject([{ errorCode: "PROCESSING_HALTED" }]);
  expect(await org.query("SELECT Id FROM Contact WHERE Title = 'Owner'")).toHaveLength(1);
});

test("all or none: what went well is undone and says that it was halted", async () => {
  await using org = await salesforce({ seed: 0 });
  const steps = [post("Account", "a", { Name: "Quay" }), post("Opportunity", "o", opportunity)];
  const { body } = await org.send("POST", "/composite", { allOrNone: true, compositeRequest: steps }); // prettier-ignore
  expect(body).toMatchObject({
    compositeResponse: [
      { httpStatusCode: 400, body: [{ errorCode: "PROCESSING_HALTED" }] },
      { httpStatusCode: 400, body: [{ errorCode: "REQUIRED_FIELD_MISSING" }] },
    ],
  });
  expect(await org.query("SELECT Id FROM Account")).toEqual([]);
});

test("at most 25 subrequests, 5 of them queries, each with its own reference", async () => {
  await using org = await salesforce({ seed: 0 });
  const limits = (count: number, path = "/limits", id = (n: number) => `r${String(n)}`) => Array.from({ length: count }, (_none, n) => ({ method: "GET", url: D + path, referenceId: id(n) })); // prettier-ignore
  const ask = async (compositeRequest: object[]) => (await org.send("POST", "/composite", { compositeRequest })).status; // prettier-ignore
  expect(await ask(limits(25))).toBe(200);
  expect(await ask(limits(26))).toBe(400);
  expect(await ask(limits(6, "/query?q=SELECT+Id+FROM+Account"))).toBe(400);
  expect(await ask(limits(2, "/limits", () => "same"))).toBe(400);
});

test("graphs stand each for itself, whole or not at all", async () => {
  await using org = await salesforce({ seed: 0 });
  const { body } = await org.send("POST", "/composite/graph", {
    graphs: [
      { graphId: "1", compositeRequest: [post("Account", "a", { Name: "One" }), post("Contact", "c", { LastName: "x", AccountId: "@{a.id}" })] }, // prettier-ignore
      { graphId: "2", compositeRequest: [post("Account", "a", { Name: "Two" }), post("Opportunity", "o", opportunity)] }, // prettier-ignore
    ],
  });
  expect(body).toMatchObject({ graphs: [{ graphId: "1", isSuccessful: true }, { graphId: "2", isSuccessful: false }] }); // prettier-ignore
  expect(await org.query("SELECT Name FROM Account")).toMatchObject([{ Name: "One" }]);
});

test("a tree of records and their children is planted whole or not at all", async () => {
  await using org = await salesforce({ seed: 0 });
  const person = (referenceId: string, LastName?: string) => ({ attributes: { type: "Contact", referenceId }, ...(LastName !== undefined && { LastName }) }); // prettier-ignore
  const firm = (...contacts: object[]) => ({ attributes: { type: "Account", referenceId: "firm" }, Name: "Quay", Contacts: { records: contacts } }); // prettier-ignore
  const good = await org.send("POST", "/composite/tree/Account", { records: [firm(person("one", "One"), person("two", "Two"))] }); // prettier-ignore
  expect(good).toMatchObject({ status: 201, body: { hasErrors: false, results: [{ referenceId: "firm" }, { referenceId: "one" }, { referenceId: "two" }] } }); // prettier-ignore
  expect(await org.query("SELECT Id FROM Contact WHERE Account.Name = 'Quay'")).toHaveLength(2);
  const bad = await org.send("POST", "/composite/tree/Account", { records: [firm(person("three", "Three"), person("four"))] }); // prettier-ignore
  expect(bad).toMatchObject({ status: 400, body: { hasErrors: true, results: [{ referenceId: "four", errors: [{ statusCode: "REQUIRED_FIELD_MISSING" }] }] } }); // prettier-ignore
  expect(org.stats().objects).toMatchObject({ accounts: 1, contacts: 2 });
});

test("a batch goes on after an error unless it is to halt, and counts each request", async () => {
  await using org = await salesforce({ seed: 0 });
  const batchRequests = [
    { method: "GET", url: "v68.0/sobjects/Contact/42" },
    { method: "POST", url: "v68.0/sobjects/Account", richInput: { Name: "Quay" } },
  ];
  const all = await org.send("POST", "/composite/batch", { batchRequests });
  expect(all.body).toMatchObject({ hasErrors: true, results: [{ statusCode: 404 }, { statusCode: 201 }] }); // prettier-ignore
  expect(all.headers.get("sforce-limit-info")).toBe("api-usage=2/15000");
  const halted = await org.send("POST", "/composite/batch", { haltOnError: true, batchRequests });
  expect(halted.body).toMatchObject({ results: [{ statusCode: 404 }, { statusCode: 412, result: [{ errorCode: "BATCH_PROCESSING_HALTED" }] }] }); // prettier-ignore
});
