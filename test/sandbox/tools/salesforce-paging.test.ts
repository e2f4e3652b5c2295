import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { salesforce, type Shown } from "./salesforce-client.ts";

type Page = { totalSize: number; done: boolean; records: Shown[]; nextRecordsUrl?: string };
const ALL = "/query?q=SELECT+Id+FROM+Contact+ORDER+BY+Id";

test("a page has at most what Sforce-Query-Options asks for, and never under 200", async () => {
  await using org = await salesforce({ seed: 450 });
  const page = async (path: string, size?: string) => {
    const headers: Record<string, string> =
      size === undefined ? {} : { "sforce-query-options": `batchSize=${size}` };
    return (await org.send("GET", path, undefined, headers)).body as Page;
  };
  expect(await page(ALL)).toMatchObject({ totalSize: 450, done: true });
  const first = await page(ALL, "5");
  expect(first).toMatchObject({ totalSize: 450, done: false });
  expect(first.records).toHaveLength(200);
  expect(first.nextRecordsUrl).toMatch(/^\/services\/data\/v68\.0\/query\/01g\w+-200$/);
  const second = await page(first.nextRecordsUrl ?? "");
  const third = await page(second.nextRecordsUrl ?? "");
  expect(third.records).toHaveLength(50);
  expect(third).toMatchObject({ done: true, totalSize: 450 });
  expect(third).not.toHaveProperty("nextRecordsUrl");
  const ids = [first, second, third].flatMap(({ records }) => records.map(({ Id }) => Id));
  expect(new Set(ids).size).toBe(450);
  // The same page may be read again.
  expect(await page(first.nextRecordsUrl ?? "")).toEqual(second);
});

test("a locator ends, and what changed meanwhile does not move its pages", async () => {
  await using org = await salesforce({ seed: 10 });
  await org.control("/_config", { page_rows: 4 });
  const first = (await org.send("GET", ALL)).body as Page;
  expect(first.records).toHaveLength(4);
  const [gone] = first.records;
  await org.create("Contact", { LastName: "Late" });
  await org.send("DELETE", `/sobjects/Contact/${gone?.Id ?? ""}`);
  const next = (await org.send("GET", first.nextRecordsUrl ?? "")).body as Page;
  expect(next).toMatchObject({ totalSize: 10, done: false });
  const seen = new Set(first.records.map(({ Id }) => Id));
  expect(next.records.some(({ Id }) => seen.has(Id))).toBe(false);

  await org.control("/_config", { cursor_ms: 0 });
  const again = (await org.send("GET", ALL)).body as Page;
  const late = await org.send("GET", again.nextRecordsUrl ?? "");
  expect(late).toMatchObject({ status: 400, body: [{ errorCode: "INVALID_QUERY_LOCATOR", message: "invalid query locator" }] }); // prettier-ignore
  expect((await org.send("GET", "/query/01gNONE-4")).status).toBe(400);
});

test("a locator is good for what queryAll found too, deleted records included", async () => {
  await using org = await salesforce({ seed: 6 });
  const [one] = await org.query("SELECT Id FROM Contact");
  await org.send("DELETE", `/sobjects/Contact/${one?.Id ?? ""}`);
  await org.control("/_config", { page_rows: 4 });
  expect(await org.query("SELECT Id FROM Contact")).toHaveLength(5);
  const rows = await org.queryAll("SELECT Id, IsDeleted FROM Contact ORDER BY SystemModstamp");
  expect(rows).toHaveLength(6);
  expect(rows.at(-1)).toMatchObject({ Id: one?.Id, IsDeleted: true });
});

test("records, locators, the day's calls and the users are there again after a restart", async () => {
  const folder = await mkdtemp(join(tmpdir(), "tieline-tools-"));
  try {
    const before = await (async () => {
      await using org = await salesforce({ folder, seed: 10 });
      await org.control("/_config", { page_rows: 4 });
      const { nextRecordsUrl = "" } = (await org.send("GET", ALL)).body as Page;
      const id = await org.create("Contact", { LastName: "Lovelace", External_Id__c: "L1" });
      return { next: nextRecordsUrl, id, token: org.credential["token"] };
    })();
    await using org = await salesforce({ folder, seed: 10 });
    expect(org.credential["token"]).toBe(before.token);
    const page = await org.send("GET", before.next);
    expect(page.headers.get("sforce-limit-info")).toBe("api-usage=3/15000");
    expect((page.body as Page).records).toHaveLength(4);
    const upserted = await org.send("PATCH", "/sobjects/Contact/External_Id__c/L1", { Phone: "1" });
    expect(upserted.body).toMatchObject({ id: before.id, created: false });
    expect(org.stats()).toMatchObject({ records: 11, creates: 0, updates: 1 });
    const next = await org.create("Contact", { LastName: "Hopper" });
    expect(next > before.id).toBe(true);
  } finally {
    await rm(folder, { recursive: true });
  }
});
