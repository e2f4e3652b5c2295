import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { type Caller, hubspot } from "./call.ts";

type Found = { total: number; results: { id: string }[]; paging?: { next: { after: string } } };

const filter = (propertyName: string, operator: string, value?: string) => ({
  filterGroups: [{ filters: [{ propertyName, operator, ...(value !== undefined && { value }) }] }],
});

const among = (propertyName: string, ...values: string[]) => ({
  filterGroups: [{ filters: [{ propertyName, operator: "IN", values }] }],
});

async function search(portal: Caller, body: object): Promise<Found> {
  const { status, body: found } = await portal.post("/search", body);
  expect(status).toBe(200);
  return found as Found;
}

test("a window by modification date comes in order, page by page", async () => {
  await using portal = await hubspot({ seed: 450 });
  const since = {
    ...filter("lastmodifieddate", "GTE", String(Date.parse("2026-01-01T00:00:00Z"))),
    sorts: [{ propertyName: "lastmodifieddate", direction: "ASCENDING" }],
    properties: ["email", "lastmodifieddate"],
    limit: 200,
  };
  const first = await search(portal, { ...since, after: "0" });
  expect(first.total).toBeGreaterThan(200);
  expect(first.paging?.next.after).toBe("200");
  const second = await search(portal, { ...since, after: "200" });
  const times = [...first.results, ...second.results].map(
    (contact) => (contact as unknown as { updatedAt: string }).updatedAt,
  );
  expect(times).toHaveLength(first.total);
  expect(times).toEqual([...times].sort());
  expect(times[0]?.startsWith("2026")).toBe(true);
});

test.each([
  [filter("email", "EQ", "OLIVIA.whitfield@example.com"), 1],
  [filter("email", "CONTAINS_TOKEN", "*@example.com"), 1],
  [among("firstname", "olivia", "lena"), 2],
  // Texts of a list have to be in small letters.
  [among("firstname", "Olivia", "lena"), 1],
  [filter("firstname", "HAS_PROPERTY"), 3],
  [filter("fax", "HAS_PROPERTY"), 0],
  [filter("hs_object_id", "GT", "1001"), 2],
  [{ filterGroups: [], query: "thackeray" }, 1],
])("%j finds %i of three", async (body, total) => {
  await using portal = await hubspot({ seed: 0 });
  await portal.control("/_config", { search_lag_ms: 0 });
  for (const [firstname, lastname, email] of [
    ["Olivia", "Whitfield", "olivia.whitfield@example.com"],
    ["Imogen", "Thackeray", "imogen@thackeray.example"],
    ["Lena", "Hoffmann", "lena@hoffmann.example"],
  ]) {
    await portal.post("", { properties: { firstname, lastname, email } });
  }
  expect((await search(portal, body)).total).toBe(total);
});

test.each([
  [filter("bogus", "EQ", "x")],
  [filter("email", "LIKE", "x")],
  [{ limit: 201 }],
  [{ sorts: ["email", "city"] }],
  [{ filters: [] }],
  [{ query: "x".repeat(3000) }],
  [{ filterGroups: Array.from({ length: 6 }, () => ({ filters: [] })) }],
  [{ filterGroups: Array.from({ length: 4 }, () => ({ filters: Array.from({ length: 5 }, () => ({ propertyName: "email", operator: "HAS_PROPERTY" })) })) }], // prettier-ignore
])("%j is refused", async (body) => {
  await using portal = await hubspot({ seed: 0 });
  expect((await portal.post("/search", body)).status).toBe(400);
});

test("nobody gets past ten thousand results of one query", async () => {
  await using portal = await hubspot({ seed: 0 });
  await portal.control("/_config", { search_lag_ms: 0 });
  const before = process.cpuUsage();
  expect((await portal.control("/_seed", { contacts: 10_050 })).body).toEqual({ records: 10_050 });
  // Two seconds, whatever else the machine has to do.
  const { user, system } = process.cpuUsage(before);
  expect(user + system).toBeLessThan(2_000_000);

  const last = await search(portal, { limit: 200, after: "9900" });
  expect(last.results).toHaveLength(100);
  expect(last.total).toBe(10_050);
  expect((await portal.post("/search", { limit: 200, after: "10000" })).status).toBe(400);
});

test("a search sees a change only after the lag", async () => {
  await using portal = await hubspot({ seed: 0 });
  await portal.post("", { properties: { email: "ada@example.com" } });
  const byEmail = filter("email", "EQ", "ada@example.com");
  expect((await search(portal, byEmail)).total).toBe(0);
  await sleep(250);
  expect((await search(portal, byEmail)).total).toBe(1);
});

test("the sixth search in a second is too many, and other requests are not", async () => {
  await using portal = await hubspot({ seed: 0, limits: true });
  const replies = await Promise.all(Array.from({ length: 6 }, () => portal.post("/search", {})));
  expect(replies.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 429]);
  expect(replies[0]?.headers.get("x-hubspot-ratelimit-max")).toBeNull();
  expect((await portal.get("")).status).toBe(200);
});
