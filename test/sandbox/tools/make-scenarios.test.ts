import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { READING_KEY } from "#sandbox/tools/make/gate.ts";
import { listener } from "./listener.ts";
import { dlqs, logs, make, type Make, until } from "./make-call.ts";

type Listed = { scenarios: { id: number; name: string }[]; pg: Record<string, unknown> };
const list = async (tool: Make, query: string) =>
  (await tool.api("GET", `scenarios?${query}`)).body as Listed;

test("scenarios are listed by team or organization, in pages, with the columns asked for", async () => {
  await using tool = await make({ seed: 60 });
  const first = await list(tool, "teamId=27");
  expect([first.scenarios.length, first.pg]).toMatchObject([50, { limit: 50, offset: 0, sortDir: "asc" }]); // prettier-ignore
  const rest = await list(tool, "organizationId=21&pg[offset]=50&pg[limit]=50");
  expect(rest.scenarios.length).toBe(10);
  const named = await list(tool, "teamId=27&cols[]=id&cols[]=dlqCount&pg[limit]=2&pg[sortBy]=name&pg[sortDir]=desc"); // prettier-ignore
  expect(Object.keys(named.scenarios[0] ?? {})).toEqual(["id", "dlqCount"]);
});

test.each([
  ["", 400, "Missing required parameter teamId or organizationId."],
  ["teamId=27&organizationId=21", 400, "teamId and organizationId cannot be used together."],
  ["teamId=5", 403, "Access denied."],
  ["teamId=27&pg[limit]=many", 400, "Validation failed for 1 parameter(s)."],
  ["teamId=27&pg[sortDir]=up", 400, "Validation failed for 1 parameter(s)."],
])("scenarios?%s is answered with %i", async (query, status, detail) => {
  await using tool = await make({ seed: 5 });
  expect(await tool.api("GET", `scenarios?${query}`)).toMatchObject({ status, body: { detail } });
});

test("a run is told at once by its number, or waited for", async () => {
  await using tool = await make({ seed: 5 });
  await tool.control("/_config", { run_ms: 80 });
  const run = (body: object) => tool.api("POST", "scenarios/925101/run", body);
  const { executionId: id } = (await run({ data: { a: 1 } })).body as { executionId: string };
  const progress = async () => (await tool.api("GET", `scenarios/925101/executions/${id}`)).body;
  expect(await progress()).toEqual({ status: "RUNNING" });
  expect(await until(progress, (body) => JSON.stringify(body) !== '{"status":"RUNNING"}')).toEqual({ status: "SUCCESS", outputs: {} }); // prettier-ignore
  const waited = await run({ data: {}, responsive: true });
  expect(waited.body).toMatchObject({ status: 1, outputs: {} });
  expect((await tool.api("GET", `scenarios/925101/logs/${id}`)).body).toMatchObject({ scenarioLogs: { id, status: 1, type: "manual" } }); // prettier-ignore
  await tool.api("POST", "scenarios/925101/stop");
  expect((await run({ data: {} })).body).toMatchObject({ detail: "Scenario is not activated." });
  expect((await run({ input: 1 })).status).toBe(400);
});

test("logs are the newest first, by status and time, and go on after the last", async () => {
  await using tool = await make({ seed: 5 });
  for (let n = 0; n < 5; n += 1) await tool.api("POST", "scenarios/925101/run", { responsive: true }); // prettier-ignore
  const page = await logs(tool, 925_101, "?pg[limit]=3");
  expect([page.scenarioLogs.length, page.pg.limit]).toEqual([3, 3]);
  const next = await logs(tool, 925_101, `?pg[limit]=3&pg[last]=${String(page.pg.last)}`);
  const ids = [...page.scenarioLogs, ...next.scenarioLogs].map(({ imtId }) => imtId);
  expect([ids.length, ids]).toEqual([5, ids.toSorted().reverse()]);
  expect((await logs(tool, 925_101, "?status=3")).scenarioLogs).toEqual([]);
  expect((await logs(tool, 925_101, `?from=${String(Date.now() + 1000)}`)).scenarioLogs).toEqual([]); // prettier-ignore
  expect((await logs(tool, 925_101)).pg.limit).toBe(50);
});

test("a scenario posts an event to us, and keeps it incomplete when it is not taken", async () => {
  await using tool = await make({ seed: 5 });
  await using ours = await listener([{ status: 202 }, { status: 401 }, { status: 200 }]);
  await tool.control("/_config", { action: { url: ours.url, key: "k9" } });
  const run = (data: object) =>
    tool.api("POST", "scenarios/925104/run", { data, responsive: true });
  expect((await run({ type: "form.filled", email: "ana@example.com" })).body).toMatchObject({ status: 1 }); // prettier-ignore
  expect(JSON.parse(ours.heard[0]?.body ?? "")).toEqual({ type: "form.filled", email: "ana@example.com" }); // prettier-ignore
  expect(ours.heard[0]?.headers.get("authorization")).toBe("Bearer k9");
  expect((await run({ type: "form.filled" })).body).toMatchObject({ status: 2 });
  const [kept] = await dlqs(tool, 925_104);
  expect(kept).toMatchObject({ reason: "[401] The event was not taken." });
  await tool.api("POST", `dlqs/${kept?.id ?? ""}/retry`);
  const [after] = await until(() => dlqs(tool, 925_104), ([one]) => one?.attempts === 1); // prettier-ignore
  expect(after?.resolved).toBe(true);
  const keys = ours.heard.map(({ headers }) => headers.get("idempotency-key"));
  expect([keys[1] === keys[2], keys[0] === keys[1]]).toEqual([true, false]);
});

test("who has no token, a wrong one, or one that may only read", async () => {
  await using tool = await make({ seed: 5 });
  const bearer = await fetch(`${tool.base_url}/api/v2/users/me`, {
    headers: { authorization: `Bearer ${String(tool.credential["token"])}` },
  });
  expect(bearer.status).toBe(401);
  expect((await tool.api("GET", "users/me", undefined, "nonsense")).status).toBe(401);
  expect((await tool.api("GET", "users/me")).body).toMatchObject({ authUser: { id: 11 } });
  const reading = (method: string, path: string) => tool.api(method, path, undefined, READING_KEY);
  expect((await reading("GET", "dlqs?scenarioId=925102")).status).toBe(200);
  for (const path of ["scenarios/925101/stop", "scenarios/925101/run", "dlqs/retry?scenarioId=1"]) {
    expect(await reading("POST", path)).toMatchObject({
      status: 403,
      body: { detail: "Access denied.", message: "Permission denied", code: "SC403" },
    });
  }
  await tool.control("/_config", { revoke: true });
  expect((await tool.api("GET", "users/me")).status).toBe(401);
});

test("the interface takes 240 a minute and says how long to wait", async () => {
  await using tool = await make({ seed: 5, limits: true });
  const replies = await Promise.all(Array.from({ length: 245 }, () => tool.api("GET", "users/me")));
  const limited = replies.filter(({ status }) => status === 429);
  expect([limited.length, limited[0]?.headers.get("retry-after")]).toEqual([5, "60"]);
  expect(limited[0]?.body).toMatchObject({ message: "Too many requests", code: "SC429" });
});

test("its pages switch scenarios, and show what is incomplete", async () => {
  await using tool = await make({ seed: 8 });
  const page = async (path: string) => (await fetch(tool.base_url + path)).text();
  expect(await page("/")).toContain("8 of 8 scenarios");
  expect(await page("/_objects/hooks")).toContain("/wh/1gqnexkk1vwxg2wpj39kg30pzp6uhe7h");
  expect(await page("/_objects/dlqs?q=Holland")).toContain("2 of 8 incomplete executions");
  const save = (path: string, on: string) =>
    fetch(`${tool.base_url}/_record/${path}`, {
      method: "POST",
      body: new URLSearchParams({ on }),
      redirect: "manual",
    });
  expect((await save("scenarios/925101", "no")).status).toBe(303);
  expect((await tool.api("GET", "scenarios/925101")).body).toMatchObject({ scenario: { isActive: false } }); // prettier-ignore
  expect(await (await save("scenarios/925101", "perhaps")).text()).toContain("Make says: it is yes or no."); // prettier-ignore
  expect((await save("hooks/301", "no")).status).toBe(303);
  const [dlq] = await dlqs(tool);
  expect(await page(`/_record/dlqs/${dlq?.id ?? ""}`)).toContain("evt_order_1");
  expect((await save(`dlqs/${dlq?.id ?? ""}`, "no")).status).toBe(400);
});

test("a second start finds scenarios, queues and incomplete executions as they were", async () => {
  const folder = await mkdtemp(join(tmpdir(), "tieline-make-"));
  try {
    let id = "";
    {
      await using first = await make({ folder, seed: 5 });
      await first.hook("0p9o8i7u6y5t4r3e2w1q0a9s8d7f6g5h", { id: "waits" });
      await first.api("POST", "scenarios/925101/stop");
      id = (await dlqs(first))[0]?.id ?? "";
    }
    await using second = await make({ folder, seed: 5 });
    expect((await second.api("GET", "hooks/304")).body).toMatchObject({ hook: { queueCount: 1 } });
    expect((await second.api("GET", "scenarios/925101")).body).toMatchObject({ scenario: { isActive: false } }); // prettier-ignore
    expect((await dlqs(second)).map((dlq) => dlq.id)).toContain(id);
    expect(second.stats().objects["dlqs"]).toBe(5);
  } finally {
    await rm(folder, { recursive: true });
  }
});
