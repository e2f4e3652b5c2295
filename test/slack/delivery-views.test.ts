import { expect, test } from "vitest";
import type { Delivery } from "#domain/delivery.ts";
import { connectionName, flowName } from "#domain/ids.ts";
import type { DeliveriesView } from "#operations/contract.ts";
import { modalView } from "#slack/message.ts";
import { deliveriesPage, endpointCard, rangeForm, replayPlan } from "#slack/views/deliveries.ts";
import { chooseEvents, toldBlocks } from "#slack/views/told.ts";
import { valuesOf } from "#slack/bolt/read-view.ts";
import { buttonsIn } from "../commands/ask.ts";
import { expectGoodMessage, expectGoodModal } from "./support/limits.ts";
import { ago, connection } from "./support/samples.ts";

const attempt = (status: number | null, answer = "") => ({ at: ago(5), status, ms: 12, answer });
const delivery = (more: Partial<Delivery> = {}): Delivery => ({
  id: "d1",
  connection: connectionName("hook"),
  subscription: null,
  flow: null,
  event: { id: "e1", type: "deal.won", subject: "7", at: ago(10) },
  state: "waiting",
  next: ago(-5),
  attempts: [
    attempt(500, "Write to grace.h@harbour.example"),
    attempt(null, "No answer came in time"),
  ],
  ...more,
});
const view: DeliveriesView = {
  connection: { ...connection.connection, name: connectionName("hook") },
  title: "Webhook",
  subscriber: null,
  events: ["deal.won"],
  endpoint: { kind: "on", failingSince: null },
  counts: { waiting: 1, delivered: 2, failed: 3 },
  deliveries: [delivery()],
  page: 0,
  pages: 1,
};
const off = { kind: "off", reason: "It has taken nothing for 5 days.", at: ago(1), by: "Tieline" } as const; // prettier-ignore
const text = (modal: Parameters<typeof modalView>[0]): string => JSON.stringify(modalView(modal));

test("each delivery shows its tries, with what was answered and personal data masked", () => {
  const page = deliveriesPage(view);
  expectGoodModal(page);
  expect(text(page)).toContain("◔ Waiting, next try");
  expect(text(page)).toMatch(/500 · 12 ms {2}Write to/);
  expect(text(page)).toContain("no answer · 12 ms");
  expect(text(page)).not.toContain("grace.h@harbour.example");
  expect(text(page)).toContain("2 events delivered, 1 waiting, 3 not taken");
  expect(buttonsIn(page.blocks)).toEqual(["delivery.range hook", "delivery.replay hook d1"]);
});

test("a full page has room for many tries of each, and leads on", () => {
  const attempts = Array.from({ length: 50 }, () => attempt(502, "x".repeat(200)));
  const deliveries = Array.from({ length: 10 }, () => delivery({ attempts, state: "failed" }));
  const page = deliveriesPage({ ...view, deliveries, page: 1, pages: 3 });
  expectGoodModal(page);
  expect(text(page)).toContain("46 earlier tries");
  expect(text(page)).toContain("Page 2 of 3");
  expect(buttonsIn(page.blocks)).toContain("delivery.newer hook 0");
  expect(buttonsIn(page.blocks)).toContain("delivery.older hook 2");
});

test("one that is switched off says why, with one thing to do; the card says when it is on again", () => {
  const card = endpointCard({ ...view, endpoint: off });
  expectGoodMessage(card);
  expect(card.text).toContain("● Switched off  *hook* · Webhook");
  expect(card.text).toContain("It has taken nothing for 5 days. 1 event waiting");
  expect(buttonsIn(card.blocks)).toEqual(["delivery.switch-on hook", "delivery.list hook 0"]);
  const on = endpointCard(view);
  expectGoodMessage(on);
  expect(on.text).toContain("✓ On again  *hook*");
  expect(buttonsIn(on.blocks)).toEqual([]);
});

test("what a flow wrote says so, and whoever asked is named by what they asked with", () => {
  const deliveries = [
    delivery({ flow: flowName("to-zaps"), state: "failed", next: null }),
    delivery({ id: "d2", subscription: "sub_1", state: "delivered", next: null }),
  ];
  const page = deliveriesPage({ ...view, deliveries });
  expectGoodModal(page);
  expect(text(page)).toContain("● Not taken; its flow goes on with it");
  expect(text(page)).toContain("written by *to-zaps*");
  expect(text(page)).toContain("to sub_1, who asked to be told");
  const subscriber = { id: "sub_1", event: "deal.won" };
  const card = endpointCard({ ...view, subscriber, endpoint: off });
  expectGoodMessage(card);
  expect(card.text).toContain("● Switched off  *hook* · sub_1, who asked for deal.won · Webhook");
  expect(buttonsIn(card.blocks)).toContain("delivery.switch-on hook sub_1");
  expect(endpointCard({ ...view, subscriber }).text).toContain("✓ On again  *hook* · sub_1");
});

test("what it is told of stands with its addresses, and is chosen from all there are", () => {
  const told = {
    events: ["deal.won", "run.finished"],
    endpoint: off,
    counts: view.counts,
  } as const;
  const blocks = toldBlocks({ connection: "hook", told });
  expect(JSON.stringify(blocks)).toContain("deal.won, run.finished");
  expect(JSON.stringify(blocks)).toContain("● *Switched off*");
  expect(toldBlocks({ connection: "hook", told: null })).toEqual([]);
  const form = chooseEvents({ connection: "hook", told });
  expectGoodModal(form);
  const [, events] = form.blocks;
  const element = events?.type === "input" ? events.element : undefined;
  const chosen = element?.type === "multi_static_select" ? element.initial_options : [];
  expect(chosen?.map(({ value }) => value)).toEqual(["deal.won", "run.finished"]);
  const state = { events: { value: { type: "multi_static_select", selected_options: chosen } } };
  expect(valuesOf(state)).toEqual({ events: "deal.won,run.finished" });
});

test("a time is asked for, then how many that are is shown before anything is sent", () => {
  expectGoodModal(rangeForm("hook"));
  const plan = replayPlan({ connection: "hook", count: 12, from: ago(60), to: ago(0) });
  expectGoodModal(plan);
  expect(text(plan)).toContain("*12 events* to *hook*");
  expect(plan.submit).toBe("Send them");
});
