import type { Event } from "#domain/event.ts";
import { expect, test } from "vitest";
import { tryTool, type Tried } from "../acceptance/tool.ts";
import { askTool, ok, updating, write } from "./tried.ts";

const won: Event = {
  id: "9f0c1c5e-1111-4222-8333-abcdefabcdef",
  type: "deal.won",
  source: "/flows/deals",
  subject: "deal_7",
  at: Temporal.Instant.from("2026-11-23T09:41:00Z"),
  data: { flow: "deals", record: { title: "Pier 7", "address.city": "Oslo", amount: "1.50" } },
};
const patience = () => AbortSignal.timeout(5000);
const tell = ({ world, connection }: Tried) =>
  world.tools.tell(connection, { kind: "event", event: won }, { subscription: null, signal: patience() }); // prettier-ignore

test("a webhook is told in CloudEvents that its receiver can verify, under the event's own id each time", async () => {
  await using tried = await tryTool("webhook");
  expect(await tell(tried)).toEqual({ status: 204, answer: "", waitMs: null });
  expect(await tell(tried)).toMatchObject({ status: 204 });
  const deliveries = await askTool(tried, "/_deliveries");
  expect(deliveries.map(({ verdict, webhookId }) => [verdict, webhookId])).toEqual([
    ["taken", won.id],
    ["duplicate", won.id],
  ]);
  expect(deliveries[0]?.["event"]).toEqual({
    specversion: "1.0",
    id: won.id,
    source: "/tieline/flows/deals",
    type: "deal.won",
    subject: "deal_7",
    time: "2026-11-23T09:41:00Z",
    datacontenttype: "application/json",
    data: won.data,
  });
});

test.each<[string, Record<string, unknown>, unknown]>([
  ["a refusal", { status: 500 }, { status: 500, waitMs: null }],
  ["that it is gone", { status: 410 }, { status: 410 }],
  ["that it wants to be left alone", { status: 429, retry_after: "90" }, { status: 429, waitMs: 90_000 }],
  ["another address", { status: 302 }, { status: 302 }],
])("%s is answered as it came, and nothing is sent a second time", async (_what, answers, said) => {
  await using tried = await tryTool("webhook");
  await tried.control("/_config", { answers });
  expect(await tell(tried)).toMatchObject(said as object);
  expect(await askTool(tried, "/_deliveries")).toHaveLength(1);
}); // prettier-ignore

test("who verifies with another secret refuses it, in its words", async () => {
  await using tried = await tryTool("webhook");
  await tried.control("/_config", { secret: `whsec_${btoa("another secret of 24 bytes")}` });
  const answered = await tell(tried);
  expect(answered.status).toBe(401);
  expect(answered.answer).toContain("signature");
});

test("that nobody answers is no answer, with why", async () => {
  await using tried = await tryTool("webhook");
  await tried.tool[Symbol.asyncDispose]();
  expect(await tell(tried)).toMatchObject({ status: null, answer: expect.stringContaining("cannot be reached") }); // prettier-ignore
});

const asked = async (tried: Tried, event: string, hook = "catch/1834092/other") => {
  const url = `${tried.tool.base_url}/hooks/${hook}/`;
  const at = Temporal.Now.instant();
  return (await tried.world.subscriptions.add(tried.connection.name, { event, url }, at))?.id ?? "";
};
const tellAsked = ({ world, connection }: Tried, event: Event, subscription: string) =>
  world.tools.tell(connection, { kind: "event", event }, { subscription, signal: patience() });
const finished: Event = {
  ...won,
  type: "run.finished",
  subject: "run_1",
  data: { run: "run_1", flow: "deals", status: "done", read: "3", reason: null },
};

test.each<[Event, Record<string, unknown>]>([
  [won, { type: "deal.won", record_id: "deal_7", title: "Pier 7", amount: "1.50" }],
  [{ ...won, type: "deal.changed" }, { type: "deal.changed", record_id: "deal_7", title: "Pier 7", amount: "1.50" }],
  [{ ...won, type: "customer.gone", data: {} }, { type: "customer.gone", record_id: "deal_7" }],
  [finished, { type: "run.finished", occurred_at: "2026-11-23T09:41:00Z", run: "run_1", flow: "deals", status: "done", read: "3" }],
])("a Zap that asked for an event gets it flat, at its own address: %j", async (event, body) => {
  await using tried = await tryTool("zapier");
  const subscription = await asked(tried, event.type);
  expect(await tellAsked(tried, event, subscription)).toMatchObject({ status: 200 });
  const arrivals = await askTool(tried, "/_arrivals");
  expect(arrivals.map(({ path }) => path)).toEqual(["/hooks/catch/1834092/other/"]);
  expect(arrivals[0]?.["body"]).toEqual({ id: won.id, ...body });
  // A Zap is built on the sample: nothing comes that it has not shown.
  const [sample] = tried.world.tools.sample(tried.connection, event.type);
  const shown = Object.keys(sample as object);
  expect(Object.keys(body).filter((key) => !shown.includes(key) && key !== "reason")).toEqual([]);
}); // prettier-ignore

test("a Zap is told without the connection's own hook, and not once it asks no more", async () => {
  await using tried = await tryTool("zapier");
  tried.world.vault.secret = {};
  const told = { ...tried, connection: { ...tried.connection, credential: {} } };
  const subscription = await asked(tried, "deal.won");
  expect(await tellAsked(told, won, subscription)).toMatchObject({ status: 200 });
  expect(await tellAsked(told, won, await asked(tried, "deal.won", "standard/1834092/gone1"))).toMatchObject({ status: 410 }); // prettier-ignore
  await tried.world.subscriptions.remove(tried.connection.name, subscription);
  expect(await tellAsked(told, won, subscription)).toMatchObject({ status: null });
  expect(await askTool(tried, "/_arrivals")).toHaveLength(1);
});

test.each(["webhook", "zapier"] as const)("what a flow wrote to %s goes once more as it was written, under the same id", async (name) => {
  await using tried = await tryTool(name);
  const { world, connection } = tried;
  const one = updating("42", { name: "Ada", "address.city": "Oslo", phone: null });
  ok(await write(tried, "customers", one, "evt-1"));
  const parcel = { kind: "written", object: "customers", request: { id: "evt-1", writes: [one] } } as const;
  expect((await world.tools.tell(connection, parcel, { subscription: null, signal: patience() })).status).toBeLessThan(300);
  const bodies = (await askTool(tried, name === "webhook" ? "/_deliveries" : "/_arrivals")).map(({ body }) => body);
  expect(bodies).toHaveLength(2);
  expect(bodies[1]).toEqual(bodies[0]);
  const lost = await world.tools.tell(connection, { ...parcel, object: "people" }, { subscription: null, signal: patience() });
  expect(lost).toMatchObject({ status: null, answer: expect.stringContaining("has no object people any more") });
}); // prettier-ignore

test("a Zap and a scenario are sent the same, at the address that is their secret", async () => {
  for (const name of ["zapier", "make"] as const) {
    await using tried = await tryTool(name);
    const answered = await tell(tried);
    expect(answered.status, name).toBe(200);
    expect(JSON.stringify(answered), name).not.toContain("/hooks/");
    if (name === "make") continue;
    const [arrival] = await askTool(tried, "/_arrivals");
    expect(arrival?.["body"]).toMatchObject({ id: won.id, type: "deal.won", data: { flow: "deals" } }); // prettier-ignore
  }
});
