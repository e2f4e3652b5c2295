import Airtable from "airtable";
import { afterAll, beforeAll, expect, test } from "vitest";
import { tools } from "../../src/sandbox/tools/index.ts";
import type { SimulatedTool } from "../../src/sandbox/tools/simulated-tool.ts";

let tool: SimulatedTool;

const configure = (on: Record<string, unknown>) =>
  fetch(`${tool.base_url}/_config`, { method: "POST", body: JSON.stringify(on) });

/** A client as a user of the SDK makes one; it gives up at once where the base is shut. */
const client = (apiKey = String(tool.credential["token"]), noRetryIfRateLimited = true) =>
  new Airtable({ apiKey, endpointUrl: tool.base_url, noRetryIfRateLimited }).base(
    String(tool.settings["base_id"]),
  );

beforeAll(async () => {
  tool = await tools.airtable({ folder: null, seed: 130, flaws: false, limits: false });
});

afterAll(() => tool[Symbol.asyncDispose]());

test("lists page by page", async () => {
  const pages: number[] = [];
  await client()("Customers")
    .select({ pageSize: 50, fields: ["Name", "Email"] })
    .eachPage((records, next) => {
      pages.push(records.length);
      next();
    });
  expect(pages).toEqual([50, 50, 30]);
});

test("lists what a formula finds, sorted, in a view", async () => {
  const records = await client()("Customers")
    .select({
      view: "Subscribed",
      filterByFormula: "AND({Country} = 'Germany', {Email} != '')",
      sort: [{ field: "Name", direction: "desc" }],
      maxRecords: 3,
    })
    .all();
  const names = records.map((record) => String(record.get("Name")));
  expect(names).toHaveLength(3);
  expect(names).toEqual(names.toSorted((a, b) => b.localeCompare(a, "en")));
  expect(records.every((record) => record.get("Subscription") === "Subscribed")).toBe(true);
});

test("asks by POST where the address would be too long, and where it is told to", async () => {
  const customers = client()("Customers");
  const [first] = await customers.select({ maxRecords: 1 }).firstPage();
  const email = String(first?.get("Email"));
  const many = Array.from({ length: 700 }, () => `{Email} = '${email}'`).join(", ");
  const long = await customers.select({ filterByFormula: `OR(${many})` }).all();
  expect(long.map(({ id }) => id)).toEqual([first?.id]);
  const posted = await customers.select({ method: "post", maxRecords: 2, returnFieldsByFieldId: true }).all(); // prettier-ignore
  expect(Object.keys(posted[0]?.fields ?? {})[0]).toMatch(/^fld/);
  expect(tool.stats().requests["POST /v0/:base/:table/listRecords"]).toBe(2);
});

test("creates, finds, updates, replaces and destroys one", async () => {
  const customers = client()("Customers");
  const created = await customers.create({ Name: "Ann", Email: "ann@example.com", City: "Cork" });
  expect((await customers.find(created.id)).fields).toMatchObject({ Name: "Ann", City: "Cork" });
  const updated = await customers.update(created.id, { City: "Galway" });
  expect(updated.fields).toMatchObject({ Name: "Ann", City: "Galway" });
  const replaced = await customers.replace(created.id, { Name: "Ann" });
  expect(replaced.get("City")).toBeUndefined();
  expect((await customers.destroy(created.id)).id).toBe(created.id);
  await expect(customers.find(created.id)).rejects.toMatchObject({ error: "NOT_FOUND", statusCode: 404 }); // prettier-ignore
});

test("creates, updates and destroys ten", async () => {
  const tasks = client()("Tasks");
  const ten = Array.from({ length: 10 }, (_, n) => ({ fields: { Title: `task ${String(n)}` } }));
  const created = await tasks.create(ten);
  const done = await tasks.update(created.map(({ id }) => ({ id, fields: { Status: "Done" } })));
  expect(done.map((record) => record.get("Status"))).toEqual(Array(10).fill("Done"));
  expect(await tasks.destroy(created.map(({ id }) => id))).toHaveLength(10);
  await expect(tasks.create([...ten, ...ten])).rejects.toMatchObject({ statusCode: 422 });
});

test("upserts, twice with one result", async () => {
  const customers = client()("Customers");
  const records = [{ fields: { "External Id": "crm-7", Name: "Acme" } }];
  const options = { performUpsert: { fieldsToMergeOn: ["External Id"] }, typecast: true };
  // The SDK's types know updates by id alone; it sends what it is given.
  const upsert = customers.update as unknown as (
    rows: typeof records,
    how: typeof options,
  ) => Promise<{ id: string }[]>;
  const [first] = await upsert(records, options);
  const [second] = await upsert(records, options);
  expect(second?.id).toBe(first?.id);
  const there = await customers.select({ filterByFormula: "{External Id} = 'crm-7'" }).all();
  expect(there).toHaveLength(1);
});

test("names what Airtable says against a record", async () => {
  const customers = client()("Customers");
  await expect(customers.create({ Nope: 1 })).rejects.toMatchObject({
    error: "UNKNOWN_FIELD_NAME",
    message: 'Unknown field name: "Nope"',
    statusCode: 422,
  });
  await expect(customers.create({ Currency: "XXX" })).rejects.toMatchObject({ error: "INVALID_MULTIPLE_CHOICE_OPTIONS" }); // prettier-ignore
  await expect(client()("Nobodys").select().all()).rejects.toMatchObject({ error: "NOT_AUTHORIZED", statusCode: 403 }); // prettier-ignore
  await expect(client("patWrong")("Customers").select().all()).rejects.toMatchObject({ error: "AUTHENTICATION_REQUIRED", statusCode: 401 }); // prettier-ignore
});

test("is shut out when it is too fast, and waits until it is let in again", async () => {
  await configure({ limits: true, locked_ms: 50 });
  try {
    const tasks = client()("Tasks");
    const asked = await Promise.allSettled(
      Array.from({ length: 6 }, () => tasks.select({ maxRecords: 1 }).firstPage()),
    );
    expect(asked.filter(({ status }) => status === "rejected")).toMatchObject([
      { reason: { error: "TOO_MANY_REQUESTS", statusCode: 429 } },
    ]);
    const patient = client(undefined, false)("Tasks");
    expect(await patient.select({ maxRecords: 1 }).firstPage()).toHaveLength(1);
  } finally {
    await configure({ limits: false });
  }
});
