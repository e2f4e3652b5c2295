import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { tools } from "#sandbox/tools/index.ts";
import type { SimulatedTool, ToolOptions } from "#sandbox/tools/simulated-tool.ts";
import { problemsWith } from "#sandbox/tools/webhook/envelope.ts";
import { isSigned, keyOf, signed } from "#sandbox/tools/webhook/signature.ts";
import { listener } from "./listener.ts";

const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const vector = {
  id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
  timestamp: 1_614_265_330,
  body: '{"test": 2432232314}',
};
const VECTOR = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

test("the vector of Standard Webhooks is signed as it should be", () => {
  expect(signed(SECRET, vector)).toBe(VECTOR);
  expect(isSigned(SECRET, `v1a,abc v1,wrong ${VECTOR}`, vector)).toBe(true);
  expect(isSigned(SECRET, VECTOR, { ...vector, body: '{"test":2432232314}' })).toBe(false);
  expect(() => keyOf("whsec_c2hvcnQ=")).toThrow("24 to 64 bytes");
});

const sample = {
  specversion: "1.0",
  id: "evt_01JD",
  source: "/workspaces/T012/connections/hubspot",
  type: "com.example.sync.record.deadlettered.v1",
  subject: "customer/cus_42",
  time: "2026-11-20T10:15:30Z",
  datacontenttype: "application/json",
  data: { flow: "hubspot-to-quickbooks", attempts: 5 },
};
const events: [fits: boolean, event: Record<string, unknown>][] = [
  [true, sample],
  [true, { ...sample, subject: null, time: null, correlationid: "abc" }],
  [true, { ...sample, data: undefined, data_base64: "aGVsbG8=" }],
  [false, { ...sample, id: "" }],
  [false, { ...sample, type: undefined }],
  [false, { ...sample, source: 7 }],
  [false, { ...sample, time: "yesterday" }],
  [false, { ...sample, subject: "" }],
  [false, { ...sample, data: undefined, data_base64: 5 }],
];

test.each(events)("%s: %j is an event of CloudEvents 1.0", (fits, event) => {
  expect(problemsWith(event, 100).length === 0).toBe(fits);
});

test.each([
  [{ ...sample, specversion: "0.3" }, "specversion must be 1.0"],
  [{ ...sample, correlation_id: "a" }, "correlation_id is no name for an attribute"],
  [{ ...sample, trace: { id: 1 } }, "trace must be a single value"],
  [{ ...sample, data_base64: "aGVsbG8=" }, "data and data_base64 exclude each other"],
])("what the schema lets pass, the text does not: %j", (event, problem) => {
  expect(problemsWith(event, 100)).toEqual([problem]);
});

const file = new URL("../../../../shared/specs/cloudevents-1.0.schema.json", import.meta.url);
function judge() {
  const ajv = new Ajv({ strict: false, formats: { "uri-reference": true, uri: true, "date-time": (text: string) => !Number.isNaN(Date.parse(text)) } }); // prettier-ignore
  return ajv.compile(JSON.parse(readFileSync(file, "utf8")) as object);
}

test.skipIf(!existsSync(file))("the schema agrees (skipped: no contracts here)", () => {
  const valid = judge();
  for (const [fits, event] of events)
    expect(valid(JSON.parse(JSON.stringify(event))), JSON.stringify(event)).toBe(fits);
});

const webhook = (options: Partial<ToolOptions> = {}) => tools.webhook({ folder: null, ...options });
const control = async (tool: SimulatedTool, path: string, body: unknown) => {
  const response = await fetch(tool.base_url + path, {
    method: "POST",
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};
type Seen = { verdict: string; webhookId: string; because: string | null; status: number };
const deliveries = async (tool: SimulatedTool) =>
  (await (await fetch(`${tool.base_url}/_deliveries`)).json()) as Seen[];

type Mistakes = { headers?: Record<string, string>; body?: string; age?: number };
async function send(tool: SimulatedTool, event: Record<string, unknown>, mistakes: Mistakes = {}) {
  const id = String(event["id"]);
  const body = JSON.stringify(event);
  const timestamp = Math.floor(Date.now() / 1000) - (mistakes.age ?? 0);
  const signature = signed(String(tool.credential["secret"]), { id, timestamp, body });
  const response = await fetch(String(tool.credential["url"]), {
    method: "POST",
    headers: {
      "content-type": "application/cloudevents+json; charset=UTF-8",
      "webhook-id": id,
      "webhook-timestamp": String(timestamp),
      "webhook-signature": signature,
      ...mistakes.headers,
    },
    body: mistakes.body ?? body,
  });
  await response.text();
  return response;
}

test("a signed event is taken once, and known when it comes again", async () => {
  await using tool = await webhook();
  const statuses = [(await send(tool, sample)).status, (await send(tool, sample)).status];
  const other = await send(tool, { ...sample, data: {} });
  expect([...statuses, other.status]).toEqual([204, 204, 204]);
  expect(await deliveries(tool)).toMatchObject([
    { verdict: "taken", webhookId: "evt_01JD", because: null },
    { verdict: "duplicate", because: "It came before." },
    { verdict: "duplicate", because: "It came before, with another body." },
  ]);
  expect(tool.stats()).toMatchObject({ creates: 1, duplicates: 2, objects: { deliveries: 3 } });
});

test.each([
  [{ body: '{"specversion":"1.0"}' }, 401, "webhook-signature does not fit."],
  [{ age: 301 }, 401, "webhook-timestamp is more than five minutes away."],
  [{ age: -301 }, 401, "webhook-timestamp is more than five minutes away."],
  [{ headers: { "webhook-timestamp": "soon" } }, 401, "webhook-timestamp is no number of seconds."],
  [{ headers: { "webhook-id": "evt.1" } }, 401, "webhook-id is missing or has a dot."],
  [{ headers: { "webhook-id": "evt_2" } }, 401, "webhook-signature does not fit."],
  [{ headers: { "content-type": "application/json" } }, 415, "Content-Type must be application/cloudevents+json."], // prettier-ignore
])("with %j it is refused with %i", async (mistakes, status, because) => {
  await using tool = await webhook();
  expect((await send(tool, sample, mistakes)).status).toBe(status);
  expect(await deliveries(tool)).toMatchObject([{ verdict: "refused", status, because }]);
});

test("what is signed but no event is refused with everything that is wrong", async () => {
  await using tool = await webhook();
  expect((await send(tool, { ...sample, type: "", time: "now" })).status).toBe(400);
  const [seen] = await deliveries(tool);
  expect(seen?.because).toBe("type must be a text; time must be a time by RFC 3339.");
  expect((await send(tool, { ...sample, data: "x".repeat(70_000) })).status).toBe(400);
});

test("it verifies with the secret that it is given", async () => {
  await using tool = await webhook();
  await control(tool, "/_config", { secret: SECRET });
  expect((await send(tool, sample)).status).toBe(401);
  const given = { ...tool, credential: { ...tool.credential, secret: SECRET } };
  expect((await send(given, sample)).status).toBe(204);
  const wrong = await control(tool, "/_config", { secret: "whsec_short" });
  expect([wrong.status, wrong.body["error"]]).toEqual([400, "A secret is whsec_ and 24 to 64 bytes in base64."]); // prettier-ignore
});

test("it answers as it is told, so many times, and then as it would", async () => {
  await using tool = await webhook();
  await control(tool, "/_config", { answers: { status: 429, retry_after: 2, times: 2 } });
  const first = await send(tool, sample);
  expect([first.status, first.headers.get("retry-after")]).toEqual([429, "2"]);
  expect([(await send(tool, sample)).status, (await send(tool, sample)).status]).toEqual([429, 204]); // prettier-ignore
  await control(tool, "/_config", { answers: { status: 410 } });
  expect([(await send(tool, sample)).status, (await send(tool, sample)).status]).toEqual([410, 410]); // prettier-ignore
  await control(tool, "/_config", { answers: null });
  expect((await send(tool, { ...sample, id: "evt_2" })).status).toBe(204);
  expect((await deliveries(tool)).map(({ verdict }) => verdict)).toEqual(["told to", "told to", "taken", "told to", "told to", "taken"]); // prettier-ignore
  expect((await control(tool, "/_config", { answers: { status: "410" } })).status).toBe(400);
});

test("it agrees to be sent to, as CloudEvents has it", async () => {
  await using tool = await webhook();
  const answer = await fetch(String(tool.credential["url"]), {
    method: "OPTIONS",
    headers: { "webhook-request-origin": "tieline.example" },
  });
  expect(answer.headers.get("webhook-allowed-origin")).toBe("tieline.example");
});

const emit = (tool: SimulatedTool, set: object) =>
  control(tool, "/_edit", { object: "events", set });

test("it sends events that are signed, again with the same id where they are not taken", async () => {
  await using tool = await webhook();
  await using ours = await listener([{ status: 500 }, { status: 202 }]);
  await control(tool, "/_config", { send: { url: ours.url, secret: SECRET } });
  const { body } = await emit(tool, { type: "com.example.customer.changed", subject: "customer/7", data: { name: "Zoë" } }); // prettier-ignore
  expect(body).toMatchObject({ attempts: 2, status: 202 });
  for (const { headers, body: sent } of ours.heard) {
    const id = headers.get("webhook-id") ?? "";
    const timestamp = Number(headers.get("webhook-timestamp"));
    expect(isSigned(SECRET, headers.get("webhook-signature") ?? "", { id, timestamp, body: sent })).toBe(true); // prettier-ignore
    expect([id, (JSON.parse(sent) as { id: string }).id]).toEqual([body["id"], body["id"]]);
    if (existsSync(file)) expect(judge()(JSON.parse(sent))).toBe(true);
  }
  expect(ours.heard[0]?.headers.get("content-type")).toBe("application/cloudevents+json; charset=UTF-8"); // prettier-ignore
});

test("an event may be changed on its way, come much too late, or twice", async () => {
  await using tool = await webhook();
  await using ours = await listener([{ status: 401 }]);
  await control(tool, "/_config", { send: { url: ours.url, secret: SECRET } });
  const type = "com.example.customer.changed";
  const tampered = await emit(tool, { type, mishap: "tampered" });
  expect(tampered.body).toMatchObject({ attempts: 1, status: 401 });
  await emit(tool, { type, mishap: "stale" });
  await emit(tool, { type, mishap: "twice" });
  const [changed, late, first, second] = ours.heard;
  const fits = ({ headers, body }: NonNullable<typeof changed>) =>
    isSigned(SECRET, headers.get("webhook-signature") ?? "", {
      id: headers.get("webhook-id") ?? "",
      timestamp: Number(headers.get("webhook-timestamp")),
      body,
    });
  expect([changed, late, first, second].map((one) => one && fits(one))).toEqual([false, true, true, true]); // prettier-ignore
  expect(Date.now() / 1000 - Number(late?.headers.get("webhook-timestamp"))).toBeGreaterThan(3500);
  expect(first?.headers.get("webhook-id")).toBe(second?.headers.get("webhook-id"));
});

test("after a 410 it sends no more, and what it cannot send it says", async () => {
  await using tool = await webhook();
  await using ours = await listener([{ status: 410 }]);
  const type = "com.example.a";
  await control(tool, "/_config", { send: { url: ours.url, secret: SECRET } });
  expect((await emit(tool, { type })).body).toMatchObject({ status: 410, attempts: 1 });
  const refused = [await emit(tool, { type }), await control(tool, "/_config", { send: { url: ours.url, secret: "x" } }), await control(tool, "/_seed", { events: 1 })]; // prettier-ignore
  expect(refused.map(({ status }) => status)).toEqual([400, 400, 400]);
  expect(ours.heard.length).toBe(1);
});

test("both can be read on its pages, also after a second start", async () => {
  const folder = await mkdtemp(join(tmpdir(), "tieline-webhook-"));
  try {
    {
      await using first = await webhook({ folder });
      await control(first, "/_config", { secret: SECRET });
      const given = { ...first, credential: { ...first.credential, secret: SECRET } };
      await send(given, { ...sample, subject: "<b>7</b>" });
    }
    await using second = await webhook({ folder });
    const page = async (path: string) => (await fetch(second.base_url + path)).text();
    expect(await page("/")).toContain("&lt;b&gt;7");
    expect(await page("/_objects/events")).toContain("0 of 0 events sent");
    const given = { ...second, credential: { ...second.credential, secret: SECRET } };
    expect((await send(given, sample)).status).toBe(204);
    expect((await deliveries(second)).map(({ verdict }) => verdict)).toEqual(["taken", "duplicate"]); // prettier-ignore
  } finally {
    await rm(folder, { recursive: true });
  }
});
