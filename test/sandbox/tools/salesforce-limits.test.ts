import { expect, test } from "vitest";
import { salesforce } from "./salesforce-client.ts";

test("each answer says how many of the day's calls are used", async () => {
  await using org = await salesforce({ seed: 0, limits: true });
  const first = await org.send("GET", "/limits");
  expect(first.headers.get("sforce-limit-info")).toBe("api-usage=1/15000");
  expect(first.body).toMatchObject({ DailyApiRequests: { Max: 15_000, Remaining: 14_999 } });
  const refused = await org.send("GET", "/sobjects/Contact/42");
  expect(refused.headers.get("sforce-limit-info")).toBe("api-usage=2/15000");
});

test("when they are spent it is a 403, without a word of when to come back", async () => {
  await using org = await salesforce({ seed: 0, limits: true });
  await org.control("/_config", { quota: "spent" });
  const over = await org.send("GET", "/limits");
  expect(over).toMatchObject({ status: 403, body: [{ message: "TotalRequests Limit exceeded.", errorCode: "REQUEST_LIMIT_EXCEEDED" }] }); // prettier-ignore
  expect(over.headers.has("retry-after")).toBe(false);
  expect(over.headers.get("sforce-limit-info")).toBe("api-usage=15000/15000");
  expect(org.stats().limited).toBe(1);
  // Spent is spent, whether or not calls are counted.
  await org.control("/_config", { limits: false });
  expect((await org.send("GET", "/limits")).status).toBe(403);
  await org.control("/_config", { limits: true, quota: "fine" });
  expect((await org.send("GET", "/limits")).status).toBe(200);
  expect((await org.control("/_config", { quota: "half" })).status).toBe(400);
});

test("faults are worded as Salesforce words them", async () => {
  await using org = await salesforce({ seed: 0 });
  const faults = [
    { kind: "too_many_requests" },
    { kind: "expired_token" },
    { kind: "server_error", status: 503 },
    { kind: "server_error" },
  ];
  const codes: unknown[] = [];
  for (const fault of faults) {
    await org.control("/_config", { faults: [fault] });
    const { status, body } = await org.send("GET", "/limits");
    codes.push([status, (body as { errorCode: string }[])[0]?.errorCode]);
  }
  expect(codes).toEqual([
    [403, "REQUEST_LIMIT_EXCEEDED"],
    [401, "INVALID_SESSION_ID"],
    [503, "SERVER_UNAVAILABLE"],
    [500, "UNKNOWN_EXCEPTION"],
  ]);
});

test("the made-up organisation has records of every object, and flaws unless they are not wanted", async () => {
  await using clean = await salesforce();
  expect(clean.stats().objects).toEqual({ accounts: 48, contacts: 60, opportunities: 42, orders: 36 }); // prettier-ignore
  expect(clean.stats().duplicates).toBe(0);
  expect(await clean.query("SELECT Id FROM Contact WHERE Email = null")).toEqual([]);
  const linked = await clean.query("SELECT Account.Name FROM Contact WHERE AccountId != null");
  expect(linked.length).toBeGreaterThan(40);
  expect(await clean.query("SELECT Id FROM Opportunity WHERE AccountId = null")).toEqual([]);

  await using real = await salesforce({ flaws: true });
  expect(real.stats().duplicates).toBe(1);
  expect(await real.query("SELECT Id FROM Contact WHERE Email = null")).toHaveLength(1);
  const twice = await real.send("GET", "/sobjects/Contact/External_Id__c/CUST-4020");
  expect(twice.status).toBe(300);
  const page = await (await fetch(`${real.base_url}/_objects/Opportunity`)).text();
  expect(page).toContain("42 of 42 opportunities");
});
