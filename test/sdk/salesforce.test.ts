import { Connection, OAuth2 } from "jsforce";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startSalesforce } from "../../src/sandbox/tools/salesforce/salesforce.ts";
import type { SimulatedTool } from "../../src/sandbox/tools/simulated-tool.ts";

/** A session of jsforce, the most used client, with the simulated organisation as it comes. */
let org: SimulatedTool;

beforeAll(async () => {
  org = await startSalesforce({ folder: null, seed: 450, flaws: false });
});
afterAll(() => org[Symbol.asyncDispose]());

const BACK = "http://127.0.0.1:3000/oauth/callback";

/** Signed in with the web server flow and PKCE, as a person does in a browser. */
async function connected(): Promise<Connection> {
  const oauth2 = new OAuth2({
    loginUrl: org.base_url,
    clientId: org.oauth?.client_id ?? "",
    clientSecret: org.oauth?.client_secret ?? "",
    redirectUri: BACK,
    useVerifier: true,
  });
  const page = await fetch(oauth2.getAuthorizationUrl({ scope: "api refresh_token" }));
  const code = /code=([\w-]+)/.exec(await page.text())?.[1] ?? "";
  const connection = new Connection({ oauth2, instanceUrl: org.base_url, version: "66.0" });
  const user = await connection.authorize(code);
  expect(user.organizationId).toMatch(/^00D/);
  return connection;
}

async function configure(body: object): Promise<void> {
  const sent = await fetch(`${org.base_url}/_config`, { method: "POST", body: JSON.stringify(body) }); // prettier-ignore
  expect(sent.status).toBe(200);
}

const caught = async (
  promise: PromiseLike<unknown>,
): Promise<{ errorCode: string; data?: unknown }> => {
  // prettier-ignore
  try {
    await promise;
  } catch (error) {
    return error as { errorCode: string };
  }
  throw new Error("It was not refused");
};

test("describe, find, count and walk through all pages", async () => {
  const connection = await connected();
  expect((await connection.identity()).username).toContain("integration@");
  expect((await connection.describeGlobal()).sobjects.map(({ name }) => name)).toContain("Contact");
  const described = await connection.sobject("Contact").describe();
  expect(described.fields.find(({ name }) => name === "Email")?.type).toBe("email");

  const found = await connection
    .sobject("Contact")
    .find({ Email: { $ne: null }, LastName: { $like: "%a%" } }, ["Id", "Name", "Account.Name"])
    .sort({ SystemModstamp: -1, Id: 1 })
    .limit(5);
  expect(found).toHaveLength(5);
  expect(await connection.sobject("Contact").count({ IsDeleted: false })).toBe(450);

  const query = "SELECT Id FROM Contact ORDER BY SystemModstamp, Id";
  const headers = { "Sforce-Query-Options": "batchSize=200" };
  const first = await connection.query(query, { headers });
  expect(first).toMatchObject({ done: false, totalSize: 450 });
  const second = await connection.queryMore(first.nextRecordsUrl ?? "");
  expect(second.records).toHaveLength(200);
  const all = await connection.query(query, { headers, autoFetch: true, maxFetch: 1000 });
  expect(new Set(all.records.map(({ Id }) => Id)).size).toBe(450);
  const every = await connection.sobject("Contact").select("*").limit(1);
  expect(every[0]).toHaveProperty("SystemModstamp");
});

test("create, read, update, upsert and delete, one at a time and many", async () => {
  const connection = await connected();
  const contacts = connection.sobject("Contact");
  const made = await contacts.create({ LastName: "Lovelace", External_Id__c: "SDK-1" });
  expect(made).toMatchObject({ success: true, errors: [] });
  const id = made.id ?? "";
  expect(await contacts.update({ Id: id, Title: "Owner" })).toMatchObject({ id, success: true });
  const upserted = await contacts.upsert({ External_Id__c: "SDK-1", Phone: "1" }, "External_Id__c");
  expect(upserted).toMatchObject({ id, created: false });
  expect(await contacts.retrieve(id)).toMatchObject({ Title: "Owner", Phone: "1" });

  const many = await contacts.create([{ LastName: "Hopper" }, { Email: "nobody" }, { LastName: "Hamilton" }]); // prettier-ignore
  expect(many.map(({ success }) => success)).toEqual([true, false, true]);
  expect(many[1]?.errors[0]).toMatchObject({ statusCode: "REQUIRED_FIELD_MISSING", fields: ["LastName"] }); // prettier-ignore
  const ids = many.flatMap((one) => one.id ?? []);
  expect(await contacts.update(ids.map((Id) => ({ Id, Phone: "2" })))).toMatchObject([{ success: true }, { success: true }]); // prettier-ignore
  const both = [{ External_Id__c: "SDK-1", Phone: "3" }, { External_Id__c: "SDK-2", LastName: "Johnson" }]; // prettier-ignore
  expect(await contacts.upsert(both, "External_Id__c")).toMatchObject([{ created: false }, { created: true }]); // prettier-ignore
  expect((await contacts.retrieve(ids)).map((one) => one["LastName"])).toEqual(["Hopper", "Hamilton"]); // prettier-ignore

  expect(await contacts.destroy(id)).toMatchObject({ success: true });
  expect(await contacts.destroy(ids)).toMatchObject([{ success: true }, { success: true }]);
  const [start, end] = [new Date(Date.now() - 600_000), new Date(Date.now() + 600_000)];
  const gone = (await contacts.deleted(start, end)).deletedRecords.map((one) => one.id);
  expect(gone).toEqual(expect.arrayContaining([id, ...ids]));
  expect((await contacts.updated(start, end)).ids).toHaveLength(1);
  const binned = await connection.query("SELECT Id FROM Contact WHERE IsDeleted = true", { scanAll: true }); // prettier-ignore
  expect(binned.totalSize).toBe(3);
});

test("what is refused reaches the caller as jsforce's errors", async () => {
  const connection = await connected();
  const contacts = connection.sobject("Contact");
  expect((await caught(contacts.create({ FirstName: "x" }))).errorCode).toBe("REQUIRED_FIELD_MISSING"); // prettier-ignore
  expect((await caught(contacts.retrieve("003J800000AAAAA"))).errorCode).toBe("NOT_FOUND");
  expect((await caught(connection.query("SELECT Nope FROM Contact"))).errorCode).toBe("INVALID_FIELD"); // prettier-ignore
  const twin = { FirstName: "Mae", LastName: "Jemison", Email: "mae@example.com" };
  await contacts.create(twin);
  const duplicate = await caught(contacts.create(twin));
  expect(duplicate).toMatchObject({ errorCode: "DUPLICATES_DETECTED", data: { duplicateResult: { allowSave: true } } }); // prettier-ignore
  const allowed = await contacts.create(twin, { headers: { "Sforce-Duplicate-Rule-Header": "allowSave=true" } }); // prettier-ignore
  expect(allowed.success).toBe(true);
  await contacts.create([{ LastName: "a", External_Id__c: "TWO" }, { LastName: "b", External_Id__c: "TWO" }]); // prettier-ignore
  const several = await caught(contacts.upsert({ External_Id__c: "TWO", Phone: "1" }, "External_Id__c")); // prettier-ignore
  expect(several.errorCode).toBe("MULTIPLE_CHOICES");
  const halves = await contacts.create([{ LastName: "c" }, {}], { allOrNone: true });
  expect(halves[0]?.errors[0]).toMatchObject({ statusCode: "ALL_OR_NONE_OPERATION_ROLLED_BACK" });
});

test("the day's calls are counted, and end with a 403", async () => {
  const connection = await connected();
  const limits = await connection.limits();
  expect(limits["DailyApiRequests"]?.Max).toBe(15_000);
  expect(connection.limitInfo.apiUsage?.limit).toBe(15_000);
  await configure({ quota: "spent" });
  expect((await caught(connection.query("SELECT Id FROM Contact"))).errorCode).toBe("REQUEST_LIMIT_EXCEEDED"); // prettier-ignore
  await configure({ quota: "fine" });
});

test("a session that ended is renewed once, and everything goes on", async () => {
  await configure({ access_token_ms: 0 });
  const connection = await connected();
  await configure({ access_token_ms: 3_600_000 });
  let renewed = 0;
  connection.on("refresh", () => (renewed += 1));
  const [one, two] = await Promise.all([
    connection.query("SELECT Id FROM Account LIMIT 1"),
    connection.query("SELECT Id FROM Account LIMIT 2"),
  ]);
  expect([one.totalSize, two.totalSize, renewed]).toEqual([1, 2, 1]);

  await connection.logout(true);
  const again = new Connection({ instanceUrl: org.base_url, accessToken: "00Dnobody" });
  expect((await caught(again.query("SELECT Id FROM Account"))).errorCode).toBe("INVALID_SESSION_ID"); // prettier-ignore
});
