import { expect, test } from "vitest";
import { type Caller, hubspot, quickbooks } from "./call.ts";

const ada = { properties: { email: "ada@example.com" } };

async function portalWith(fault: object): Promise<Caller> {
  const portal = await hubspot({ seed: 0 });
  const { status } = await portal.control("/_config", { faults: [fault] });
  expect(status).toBe(200);
  return portal;
}

/** What a caller notices: a status, or that there was no answer. */
const outcome = (portal: Caller) =>
  portal.post("", ada).then(
    ({ status }) => status,
    () => "no answer",
  );

const impatient = (portal: Caller) =>
  fetch(`${portal.base_url}/crm/objects/2026-09/contacts`, {
    method: "POST",
    signal: AbortSignal.timeout(150),
    headers: {
      authorization: `Bearer ${String(portal.credential["token"])}`,
      "content-type": "application/json",
    },
    body: JSON.stringify(ada),
  })
    .then(async (response) => {
      await response.text();
      return response.status;
    })
    .catch((error: unknown) => (error as Error).name);

test.each([
  [{ kind: "server_error" }, 500, 0],
  [{ kind: "server_error", status: 503, when: "after" }, 503, 1],
  [{ kind: "reset" }, "no answer", 0],
  [{ kind: "reset", when: "after" }, "no answer", 1],
  [{ kind: "truncated" }, "no answer", 1],
  [{ kind: "html" }, 200, 0],
  [{ kind: "expired_token" }, 401, 0],
  [{ kind: "too_many_requests", retry_after: 2 }, 429, 0],
  [{ kind: "slow", ms: 20 }, 201, 1],
  [{ kind: "byte_order_mark" }, 201, 1],
  [{ kind: "answer", status: 403, body: { category: "MISSING_SCOPES" } }, 403, 0],
  [{ kind: "answer", status: 200, body: "null", when: "after" }, 200, 1],
])("%j looks like %s and leaves %i records", async (fault, seen, records) => {
  await using portal = await portalWith(fault);
  expect(await outcome(portal)).toBe(seen);
  expect(portal.stats()).toMatchObject({ faults: 1, records });
  expect(await outcome(portal)).toBe(records === 0 ? 201 : 409);
});

test.each([
  [{ kind: "timeout" }, 0],
  [{ kind: "timeout", when: "after" }, 1],
  [{ kind: "drip", ms: 20 }, 0],
])("%j never answers and leaves %i records", async (fault, records) => {
  await using portal = await portalWith(fault);
  expect(await impatient(portal)).toBe("TimeoutError");
  expect(portal.stats()).toMatchObject({ faults: 1, records });
});

test("a batch comes back the wrong way round and not whole, but is written", async () => {
  await using portal = await portalWith({ kind: "reshuffled", drop: 1 });
  const input = (name: string) => ({ properties: { email: `${name}@example.com` } });
  const { body } = await portal.post("/batch/create", { inputs: ["a", "b", "c"].map(input) });
  const { results } = body as { results: { id: string }[] };
  expect(results.map(({ id }) => id)).toEqual(["1002", "1001"]);
  expect(portal.stats().records).toBe(3);
});

test("Retry-After is there when the fault has one, in any form", async () => {
  await using portal = await hubspot({ seed: 0 });
  const waits = ["7", "Wed, 21 Oct 2026 07:28:00 GMT", "-5", null];
  const faults = waits.map((retry_after) => ({ kind: "too_many_requests", retry_after }));
  await portal.control("/_config", { faults });
  for (const wait of waits) {
    expect((await portal.get("")).headers.get("retry-after")).toBe(wait);
  }
});

test("a fault fires only where, how often and how regularly it should", async () => {
  await using portal = await portalWith({ kind: "server_error", method: "get", path: "limit=2", every: 2, times: 2 }); // prettier-ignore
  const statuses: number[] = [];
  for (let n = 0; n < 6; n += 1) statuses.push((await portal.get("?limit=2")).status);
  expect(statuses).toEqual([200, 500, 200, 500, 200, 200]);
  expect((await portal.get("?limit=3")).status).toBe(200);

  await portal.control("/_config", { clear: true, faults: [{ kind: "html", times: "all" }] });
  for (let n = 0; n < 3; n += 1) expect((await portal.get("")).body).toContain("<!doctype html>");
  const cleared = await fetch(`${portal.base_url}/_config`, { method: "DELETE" });
  expect(await cleared.json()).toEqual({ faults: [] });
  expect((await portal.get("")).status).toBe(200);
});

test("QuickBooks words the same faults its own way", async () => {
  await using books = await quickbooks();
  await books.control("/_config", {
    faults: [
      { kind: "too_many_requests", retry_after: "60" },
      { kind: "expired_token" },
      { kind: "server_error", when: "after" },
    ],
  });
  const throttled = await books.get("/companyinfo/1");
  expect([throttled.status, throttled.headers.get("retry-after")]).toEqual([429, "60"]);
  expect(throttled.body).toContain("<IntuitResponse");
  expect((await books.get("/companyinfo/1")).body).toMatchObject({
    fault: { type: "AUTHENTICATION" },
  });

  const lost = await books.post("/customer?requestid=once", { DisplayName: "Ann" });
  expect([lost.status, books.stats().creates]).toEqual([500, 1]);
  const again = await books.post("/customer?requestid=once", { DisplayName: "Ann" });
  expect([again.status, books.stats().creates]).toEqual([200, 1]);
});

test.each([
  [{ faults: [{ kind: "earthquake" }] }, "A fault's kind is one of"],
  [{ faults: [{ kind: "reset", when: "never" }] }, '"when" is'],
  [{ faults: [{ kind: "reset", time: 2 }] }, 'A fault has no "time"'],
  [{ volume: 11 }, 'nothing to configure by the name "volume"'],
])("%j is no configuration", async (body, reason) => {
  await using portal = await hubspot({ seed: 0 });
  const refused = await portal.control("/_config", body);
  expect(refused.status).toBe(400);
  expect((refused.body as { error: string }).error).toContain(reason);
});
