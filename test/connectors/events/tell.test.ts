import type { Event } from "#domain/event.ts";
import { expect, test } from "vitest";
import { tryTool, type Tried } from "../acceptance/tool.ts";
import { askTool } from "./tried.ts";

const won: Event = {
  id: "9f0c1c5e-1111-4222-8333-abcdefabcdef",
  type: "deal.won",
  source: "/flows/deals",
  subject: "deal_7",
  at: Temporal.Instant.from("2026-11-23T09:41:00Z"),
  data: { flow: "deals", record: { title: "Pier 7", "address.city": "Oslo", amount: "1.50" } },
};
const patience = () => AbortSignal.timeout(5000);
const tell = ({ world, connection }: Tried) => world.tools.tell(connection, won, patience());

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
