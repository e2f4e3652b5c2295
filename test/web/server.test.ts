import { request as httpRequest } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { browserMark } from "#web/browser-mark.ts";
import { invitationRoutes, type InvitationDesk } from "#web/invitation-page.ts";
import { healthRoute, metricsRoute } from "#web/health.ts";
import { openWeb } from "#web/server.ts";
import type { SystemHealth } from "#operations/contract.ts";

const token = "t".repeat(43);
const logged: string[] = [];
const log = {
  info: () => {},
  warn: () => {},
  error: (message: string) => void logged.push(message),
};
let opened: string | null = token;
let kept: Readonly<Record<string, string>> | null = null;

const desk: InvitationDesk = {
  async look(given) {
    if (given !== opened) return undefined;
    const fields = [
      { name: "token", label: "Service key", secret: true, optional: false, brought: false },
    ];
    return {
      connection: "crm",
      title: "HubSpot",
      askedBy: "Olivia",
      ways: [
        { name: "service_key", about: "A service key", gives: "credential", fields, browser: null },
      ],
      open: [],
    };
  },
  async give(_token, values) {
    opened = null;
    kept = values;
    return { account: "Harbour & Sons", can: ["read contacts"], note: null };
  },
  choose: () => Promise.reject(new Error("there is nothing to choose in these tests")),
  begin: () => Promise.reject(new Error("nobody signs in through a browser in these tests")),
};

const wellness: SystemHealth = {
  version: "0",
  upSince: Temporal.Instant.from("2026-11-23T08:00:00Z"),
  database: { kind: "embedded", ok: true, detail: "" },
  queue: { running: 1, waiting: 2 },
  outbox: { waiting: 3 },
  slack: { mode: "sandbox", connected: true },
  connections: [],
};

let web: Awaited<ReturnType<typeof openWeb>>;
beforeAll(async () => {
  web = await openWeb({
    host: "127.0.0.1",
    port: 0,
    log,
    mounts: [{ path: "/slack/events", take: (_request, response) => response.end("slack") }],
    otherwise: null,
    routes: [
      healthRoute(async () => wellness),
      metricsRoute(async () => wellness),
      ...invitationRoutes(desk, browserMark(false)),
      {
        method: "GET",
        path: "/broken",
        handle: () => Promise.reject(new Error("select * from secrets at /srv/app.ts")),
      },
    ],
  });
});
afterAll(() => web[Symbol.asyncDispose]());

const post = (path: string, body: unknown, type = "application/json") =>
  fetch(web.url + path, {
    method: "POST",
    headers: { "content-type": type },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });

test("health says whether it works, and nothing about how", async () => {
  const response = await fetch(`${web.url}/health`);
  expect(await response.json()).toEqual({ ok: true });
});

test("metrics are in Prometheus' text format", async () => {
  const text = await (await fetch(`${web.url}/metrics`)).text();
  expect(text).toContain("# TYPE tieline_runs_running gauge\ntieline_runs_running 1\n");
});

test("metrics are not passed on by a proxy on the same machine", async () => {
  const passedOn = await fetch(`${web.url}/metrics`, {
    headers: { "x-forwarded-for": "198.51.100.7" },
  });
  expect(passedOn.status).toBe(403);
});

/** As it stands, which no client would send. */
const raw = (lines: string): Promise<string> =>
  new Promise((resolve, reject) => {
    let answer = "";
    const socket = connect(web.port, "127.0.0.1", () => socket.end(lines));
    socket.on("data", (chunk: Buffer) => (answer += chunk.toString()));
    socket.on("close", () => resolve(answer));
    socket.on("error", reject);
  });

test.each(["//", "http://[", "http://x:99999/", "/\\\\", "http://user:@/"])(
  "the request target %s takes nothing down",
  async (target) => {
    const answer = await raw(`GET ${target} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 40[04] /);
    expect((await fetch(`${web.url}/health`)).status).toBe(200);
  },
);

test("500 requests nobody would send learn nothing of ours and leave it standing", async () => {
  let seed = 1;
  const chance = (most: number) => (seed = (seed * 48271) % 2147483647) % most;
  const paths = [
    "/connect/look",
    "/connect/give",
    "/connect",
    "/health",
    "/broken",
    "/%2e%2e/",
    "/a\u0000b",
  ];
  const bodies = [
    "[", "null", "[]", '"x"', "1e999", `${"[".repeat(5000)}`, '{"token":{"$gt":""}}', '{"__proto__":{"token":"x"}}',
    `{"token":"${"'; drop table secrets; --".padEnd(43, "x")}"}`, '{"token":"../../../../etc/passwd00000000000"}',
    `{"token":"${token}","values":{"__proto__":"x"}}`, `{"token":"${"\\u0000".repeat(30)}"}`, "\ud800",
  ]; // prettier-ignore
  const types = [
    "application/json",
    "application/json; charset=utf-16",
    "text/plain",
    "multipart/form-data",
    "",
  ];
  const pick = (list: readonly string[]): string => list[chance(list.length)] ?? "";
  for (let asked = 0; asked < 500; asked += 1) {
    const method = pick(["GET", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"]);
    const body = method === "GET" ? null : pick(bodies);
    const answer = await fetch(web.url + pick(paths), {
      method,
      body,
      headers: { "content-type": pick(types) },
    });
    const said = `${await answer.text()} ${JSON.stringify([...answer.headers])}`;
    expect(said).not.toMatch(/at \S+ \(|\.ts|node:|select |postgres|x-powered-by|Error:|zod/i);
  }
}, 60_000);

test("opening the one-time page uses nothing up; giving the credential does", async () => {
  const page = await fetch(`${web.url}/connect`);
  expect(page.headers.get("referrer-policy")).toBe("no-referrer");
  expect(page.headers.get("cache-control")).toBe("no-store");
  expect(await page.text()).toContain("never passes through");
  expect((await post("/connect/look", { token })).status).toBe(200);
  expect((await post("/connect/look", { token })).status).toBe(200);
  const given = await post("/connect/give", { token, values: { token: "pat-na1-x" } });
  expect(await given.json()).toEqual({
    account: "Harbour & Sons",
    can: ["read contacts"],
    note: null,
  });
  expect(kept).toEqual({ token: "pat-na1-x" });
  expect((await post("/connect/give", { token, values: {} })).status).toBe(410);
});

test("a wrong token is told the same as a used one", async () => {
  const wrong = await post("/connect/look", { token: "x".repeat(43) });
  expect(wrong.status).toBe(410);
  expect(await wrong.json()).toEqual({
    error: "This link was used already or has expired. Ask for a new one in Slack.",
  });
});

test("an error tells the internet a request id and nothing of ours", async () => {
  const response = await fetch(`${web.url}/broken`);
  const text = await response.text();
  expect(response.status).toBe(500);
  expect(text).toMatch(/"request":"[0-9a-f-]{36}"/);
  expect(text).not.toMatch(/secrets|app\.ts|select/);
  expect(logged).toContain("a web request failed");
});

test.each([
  ["no such page", () => fetch(`${web.url}/admin`), 404],
  ["a wrong method", () => fetch(`${web.url}/connect/look`), 405],
  [
    "a form instead of JSON",
    () => post("/connect/look", "token=x", "application/x-www-form-urlencoded"),
    415,
  ],
  ["no JSON", () => post("/connect/look", "{"), 400],
  ["more than a form holds", () => post("/connect/look", { token: "x".repeat(300_000) }), 413],
  [
    "a further field",
    () => post("/connect/give", { token, values: {}, files: { x: "/etc/passwd" } }),
    400,
  ],
  [
    "a sign-in that says where to come back to",
    () => post("/connect/begin", { token, way: "oauth", return_to: "https://evil.example" }),
    400,
  ],
  [
    "half a client",
    () => post("/connect/begin", { token, way: "oauth", client: { id: "x", secret: "" } }),
    400,
  ],
])("%s is refused", async (_what, ask, status) => {
  expect((await ask()).status).toBe(status);
});

test("a path that was mounted is left to whoever mounted it", async () => {
  expect(await (await fetch(`${web.url}/slack/events`)).text()).toBe("slack");
});

test("a taken port is named with what to do", async () => {
  const again = openWeb({
    host: "127.0.0.1",
    port: web.port,
    routes: [],
    mounts: [],
    otherwise: null,
    log,
  });
  await expect(again).rejects.toThrow(`Port ${web.port} is taken; set PORT to another one`);
});

test("a header of unreasonable size does not get in", async () => {
  const status = await new Promise((resolve) => {
    httpRequest(`${web.url}/health`, { headers: { "x-long": "x".repeat(20_000) } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).end();
  });
  expect(status).toBe(431);
});

test("whoever sends a letter a second does not hold a place for long", async () => {
  const slow = connect(web.port, "127.0.0.1");
  const began = Date.now();
  const letters = setInterval(() => slow.write("x"), 1000);
  slow.write("GET /health HTTP/1.1\r\nx-slow: ");
  slow.on("error", () => undefined);
  await new Promise((closed) => slow.on("close", closed));
  clearInterval(letters);
  expect(Date.now() - began).toBeLessThan(14_000);
}, 20_000);
