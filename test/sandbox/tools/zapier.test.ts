import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { tools } from "#sandbox/tools/index.ts";
import type { SimulatedTool, ToolOptions } from "#sandbox/tools/simulated-tool.ts";
import type { Arrival } from "#sandbox/tools/zapier/arrivals.ts";
import { listener } from "./listener.ts";

const zapier = (options: Partial<ToolOptions> = {}) =>
  tools.zapier({ folder: null, limits: false, ...options });

const PAUSED = "/hooks/catch/1834092/2k7qp9c/";
const FAILING = "/hooks/catch/1834092/2k7r0zd/";
const REST = "241870013";
const ACTION = "241870014";

const json = { "content-type": "application/json" };
const hook = (tool: SimulatedTool, path: string, body: unknown, method = "POST") =>
  fetch(tool.base_url + path, { method, headers: json, body: JSON.stringify(body) });
const control = async (tool: SimulatedTool, path: string, body: unknown) => {
  const response = await fetch(tool.base_url + path, {
    method: "POST",
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};
const turn = (tool: SimulatedTool, id: string, on: boolean) =>
  control(tool, "/_edit", { object: "zaps", id, set: { on } });
const arrivals = async (tool: SimulatedTool) =>
  (await (await fetch(`${tool.base_url}/_arrivals`)).json()) as Arrival[];

test.each([
  ["a Zap that is on", "/hooks/catch/1834092/2k7qm4x/", "241870011"],
  ["a Zap that is paused", PAUSED, null],
  ["nobody at all", "/hooks/catch/1/nowhere", null],
])("what is posted to %s is a success", async (_, path, zap) => {
  await using tool = await zapier();
  const answer = await hook(tool, path, { id: "evt_1", amount: "129.00" });
  expect([answer.status, await answer.json()]).toEqual([
    200,
    {
      attempt: expect.any(String) as string,
      id: expect.any(String) as string,
      request_id: expect.any(String) as string,
      status: "success",
    },
  ]);
  expect(await arrivals(tool)).toMatchObject([{ zap, body: { id: "evt_1", amount: "129.00" } }]);
});

test("the address to connect by is the one of a Zap that is on", async () => {
  await using tool = await zapier();
  const url = String(tool.credential["url"]);
  await fetch(url, { method: "POST", headers: json, body: "{}" });
  expect(await arrivals(tool)).toMatchObject([{ zap: "241870011" }]);
});

test("forms, queries and texts arrive as well, and a silent hook says nothing", async () => {
  await using tool = await zapier();
  const path = "/hooks/catch/1834092/2k7qm4x/";
  await fetch(tool.base_url + path, { method: "PUT", body: new URLSearchParams({ a: "1" }) });
  await fetch(`${tool.base_url}${path}?b=2`);
  await fetch(tool.base_url + path, { method: "POST", body: "<c>3</c>" });
  const silent = await hook(tool, `${path}silent/`, { d: 4 });
  expect([silent.status, await silent.text()]).toEqual([200, ""]);
  const bodies = (await arrivals(tool)).map(({ body }) => body);
  expect(bodies).toEqual([{ a: "1" }, { b: "2" }, "<c>3</c>", { d: 4 }]);
  expect((await fetch(tool.base_url + path, { method: "DELETE" })).status).toBe(405);
});

test("a list triggers once for each item, and steps see flat fields without empty ones", async () => {
  await using tool = await zapier();
  await hook(tool, "/hooks/catch/1834092/2k7qm4x/", [
    { id: "a", data: { flow: "x", at: { city: "Oslo" } } },
    { id: "b", note: null },
  ]);
  const seen = await arrivals(tool);
  expect(seen.map(({ fields }) => fields)).toEqual([
    { id: "a", data__flow: "x", data__at__city: "Oslo" },
    { id: "b" },
  ]);
  expect(new Set(seen.map(({ request }) => request)).size).toBe(1);
});

test("a REST hook is asked for when its Zap is switched on, and taken back when it is off", async () => {
  await using tool = await zapier();
  await using ours = await listener([
    { status: 201, body: '{"id":"sub_1"}' },
    { status: 204 },
    { status: 201, body: '{"id":7}' },
  ]);
  await control(tool, "/_config", { subscribe: { url: ours.url, key: "k1", event: "customer.changed" } }); // prettier-ignore
  const on = await turn(tool, REST, true);
  expect(on.body).toMatchObject({ state: { kind: "on", subscription: "sub_1" } });
  const [asked] = ours.heard;
  const { target_url: target, event } = JSON.parse(asked?.body ?? "") as Record<string, string>;
  expect([asked?.method, asked?.headers.get("authorization"), event]).toEqual(["POST", "Bearer k1", "customer.changed"]); // prettier-ignore

  expect((await fetch(String(target), { method: "POST", headers: json, body: '{"id":"evt_1"}' })).status).toBe(200); // prettier-ignore
  expect(await arrivals(tool)).toMatchObject([{ zap: REST, fields: { id: "evt_1" } }]);

  expect((await turn(tool, REST, false)).body).toMatchObject({ state: { kind: "off", because: null } }); // prettier-ignore
  expect(ours.heard[1]).toMatchObject({ method: "DELETE", url: "/in/sub_1" });
  const gone = await fetch(String(target), { method: "POST", headers: json, body: "{}" });
  expect(gone.status).toBe(410);

  await turn(tool, REST, true);
  const { target_url: again } = JSON.parse(ours.heard[2]?.body ?? "") as Record<string, string>;
  expect(again).not.toBe(target);
});

test.each([
  [[{ status: 200, body: '{"id":"a"}' }], "Subscribing was answered with 200."],
  [[{ status: 201, body: "thanks" }], "The answer to subscribing has no id."],
  [[{ status: 401 }], "Subscribing was answered with 401."],
])("after %j the Zap stays off and says why", async (answers, because) => {
  await using tool = await zapier();
  await using ours = await listener(answers);
  await control(tool, "/_config", { subscribe: { url: ours.url, key: "k1", event: "e" } });
  expect((await turn(tool, REST, true)).body).toMatchObject({ state: { kind: "off", because } });
  expect(tool.stats().active).toBe(3);
});

test("unsubscribing that fails leaves the Zap off, and its address gone", async () => {
  await using tool = await zapier();
  await using ours = await listener([{ status: 201, body: '{"id":"s"}' }, { status: 500 }]);
  await control(tool, "/_config", { subscribe: { url: ours.url, key: "k1", event: "e" } });
  await turn(tool, REST, true);
  const off = await turn(tool, REST, false);
  expect(off.body).toMatchObject({ state: { kind: "off", because: "Unsubscribing was answered with 500." } }); // prettier-ignore
});

const run = (tool: SimulatedTool, body: object) =>
  control(tool, "/_edit", { object: "zaps", id: ACTION, set: { run: body } });

test("an action posts an event with its key, and waits as many seconds as it is told", async () => {
  await using tool = await zapier();
  await using ours = await listener([
    { status: 429, headers: { "retry-after": "1" } },
    { status: 202, body: "ok" },
  ]);
  await control(tool, "/_config", { action: { url: ours.url, key: "k2" } });
  const started = Date.now();
  const { body } = await run(tool, { type: "form.filled", email: "ana@example.com" });
  expect(Date.now() - started).toBeGreaterThanOrEqual(990);
  expect(body).toMatchObject({ failed: null, posted: { outcome: "taken", status: 202, attempts: 2 } }); // prettier-ignore
  expect(ours.heard.map((one) => one.headers.get("idempotency-key"))).toEqual([body["id"], body["id"]]); // prettier-ignore
  expect(ours.heard[0]?.headers.get("authorization")).toBe("Bearer k2");
  expect(JSON.parse(ours.heard[1]?.body ?? "")).toEqual({ type: "form.filled", email: "ana@example.com" }); // prettier-ignore
});

test.each([
  [{ status: 429, headers: { "retry-after": "Wed, 25 Nov 2026 10:00:00 GMT" } }, "throttled"],
  [{ status: 429 }, "throttled"],
  [{ status: 401 }, "sign_in_again"],
  [{ status: 422 }, "refused"],
])("an action answered with %j is held as %s", async (answer, outcome) => {
  await using tool = await zapier();
  await using ours = await listener([answer]);
  await control(tool, "/_config", { action: { url: ours.url, key: "k2" } });
  expect((await run(tool, {})).body).toMatchObject({ failed: outcome, posted: { attempts: 1 } });
  expect(ours.heard.length).toBe(1);
});

test("a Zap that fails says so to the address it was given", async () => {
  await using tool = await zapier();
  await using ours = await listener();
  await control(tool, "/_config", { report: { url: ours.url, key: "k3" } });
  await hook(tool, FAILING, { id: "evt_9" });
  const [told] = await ours.until(1);
  const report = JSON.parse(told?.body ?? "") as Record<string, unknown>;
  expect(report).toMatchObject({
    type: "zap.failed",
    zap_id: "241870015",
    zap_name: "Invoice paid, write an e-mail",
    error: "Error while sending e-mail: the recipient is empty.",
  });
  expect(Object.values(report).every((value) => typeof value === "string")).toBe(true);
  expect(told?.headers.get("idempotency-key")).toBe(report["id"]);
});

test("thirty a second are taken at one hook, the others are too many", async () => {
  await using tool = await zapier({ limits: true });
  const replies = await Promise.all(Array.from({ length: 40 }, () => hook(tool, PAUSED, {})));
  const limited = replies.filter(({ status }) => status === 429);
  expect(limited.length).toBeGreaterThanOrEqual(8);
  expect(tool.stats().limited).toBe(limited.length);
  expect((await hook(tool, FAILING, {})).status).toBe(200);
});

test("Zaps are switched on its pages, and what arrived can be read there", async () => {
  await using tool = await zapier();
  await hook(tool, PAUSED, { note: "<b>hello</b>" });
  const page = async (path: string) => (await fetch(tool.base_url + path)).text();
  expect(await page("/")).toContain("5 of 5 Zaps");
  expect(await page("/_objects/arrivals")).toContain("&lt;b&gt;hello");
  const [arrival] = await arrivals(tool);
  expect(await page(`/_record/arrivals/${arrival?.id ?? ""}`)).toContain("&lt;b&gt;hello");
  const save = (on: string) =>
    fetch(`${tool.base_url}/_record/zaps/241870012`, {
      method: "POST",
      body: new URLSearchParams({ on }),
      redirect: "manual",
    });
  expect(await (await save("maybe")).text()).toContain("Zapier says: it is yes or no.");
  expect((await save("yes")).status).toBe(303);
  expect(tool.stats().active).toBe(4);
});

test("what cannot be is said", async () => {
  await using tool = await zapier();
  const refused = [
    await control(tool, "/_config", { subscribe: { url: "http://127.0.0.1:9/x" } }),
    await control(tool, "/_edit", { object: "zaps", id: "1", set: { on: true } }),
    await control(tool, "/_edit", { object: "zaps", id: REST, set: { run: {} } }),
    await control(tool, "/_edit", { object: "zaps", id: ACTION, set: { run: {} } }),
    await control(tool, "/_seed", { zaps: 3 }),
  ];
  expect(refused.map(({ status, body }) => [status, body["error"]])).toEqual([
    [400, "It is an object of url, key, event."],
    [400, "There is no Zap 1."],
    [400, "The Zap 241870013 is off."],
    [400, "Say first where to, by /_config."],
    [400, "Nothing is made up here: things arrive."],
  ]);
});

test("a second start finds its Zaps as they were, and where they subscribe", async () => {
  const folder = await mkdtemp(join(tmpdir(), "tieline-zapier-"));
  await using ours = await listener([{ status: 201, body: '{"id":"s1"}' }, { status: 204 }]);
  try {
    {
      await using first = await zapier({ folder });
      await control(first, "/_config", { subscribe: { url: ours.url, key: "k", event: "e" } });
      await turn(first, REST, true);
    }
    await using second = await zapier({ folder });
    expect(second.stats().active).toBe(4);
    await turn(second, REST, false);
    expect(ours.heard[1]).toMatchObject({ method: "DELETE", url: "/in/s1" });
  } finally {
    await rm(folder, { recursive: true });
  }
});
