import { expect, test } from "vitest";
import { airtable, type AirtableBase } from "./airtable-base.ts";

const statuses = async (base: AirtableBase, count: number, path = "/Tasks?pageSize=1") => {
  const seen: number[] = [];
  for (let n = 0; n < count; n += 1) seen.push((await base.get(path)).status);
  return seen;
};

test("the sixth call in a second shuts the base for a while, in a shape of its own", async () => {
  await using base = await airtable({ limits: true });
  await base.control("/_config", { locked_ms: 60 });
  expect(await statuses(base, 5)).toEqual(Array(5).fill(200));
  const refused = await base.get("/Tasks");
  expect(refused).toMatchObject({
    status: 429,
    body: {
      errors: [{ error: "RATE_LIMIT_REACHED", message: "Rate limit exceeded. Please try again later" }], // prettier-ignore
    },
  });
  expect(refused.headers.get("retry-after")).toBeNull();
  expect((await base.get("//meta/whoami")).status).toBe(200);
  expect(base.stats().limited).toBe(1);
});

test("the base stays shut although a second is over, and opens when its time is", async () => {
  await using base = await airtable({ limits: true });
  await base.control("/_config", { locked_ms: 1300 });
  await statuses(base, 6);
  await new Promise((resolve) => setTimeout(resolve, 1050));
  expect((await base.get("/Tasks")).status).toBe(429);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect((await base.get("/Tasks")).status).toBe(200);
});

test("once the month's calls are used up only the schema answers", async () => {
  await using base = await airtable();
  await base.control("/_config", { quota: "spent" });
  const refused = await base.get("/Customers");
  expect(refused).toMatchObject({ status: 429, body: { errors: [{ error: "PUBLIC_API_BILLING_LIMIT_EXCEEDED" }] } }); // prettier-ignore
  expect((await base.get(`//meta/bases/${base.id}/tables`)).status).toBe(200);
  await base.control("/_config", { quota: "fine" });
  expect((await base.get("/Customers")).status).toBe(200);
  expect(await base.control("/_config", { quota: "some" })).toMatchObject({ status: 400, body: { error: "It is one of spent, fine." } }); // prettier-ignore
});

test("faults are worded as Airtable words them", async () => {
  await using base = await airtable();
  await base.control("/_config", {
    faults: [
      { kind: "too_many_requests", retry_after: 30 },
      { kind: "server_error", status: 503 },
      { kind: "expired_token" },
      { kind: "html", status: 502 },
    ],
  });
  const limited = await base.get("/Tasks");
  expect([limited.status, limited.headers.get("retry-after")]).toEqual([429, "30"]);
  expect(await base.get("/Tasks")).toMatchObject({ status: 503, body: { error: { type: "RETRIABLE_ERROR" } } }); // prettier-ignore
  expect((await base.get("/Tasks")).status).toBe(401);
  const { authorization = "" } = { authorization: `Bearer ${String(base.credential["token"])}` };
  const down = await fetch(`${base.base_url}/v0/meta/whoami`, { headers: { authorization } });
  expect([down.status, down.headers.get("content-type")]).toEqual([502, "text/html"]);
});
