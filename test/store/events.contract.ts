import { expect, test } from "vitest";
import type { NewEvent } from "#domain/event.ts";
import { noCounts } from "#domain/run.ts";
import type { WithStore } from "../support/with-store.ts";
import { at, crm, noon, page, plan, startRun } from "./examples.ts";

const won: NewEvent = {
  type: "deal.won",
  source: "/flows/deals",
  subject: "7",
  data: { flow: "deals", record: { title: "Pier \0 7", amount: "1.50" } },
};
const hook = { ...crm, connector: "webhook" };
const listener = { ...hook, events: ["deal.won", "run.finished"] as const };

export function eventsContract(withStore: WithStore): void {
  test("those who wait are flows that are on, and connections that are told", () =>
    withStore(async ({ events, registry }) => {
      const trigger = { kind: "published", event: "deal.won", where: {} } as const;
      await registry.save({ connections: [hook], flows: [plan] });
      expect(await events.wanted()).toEqual(new Set());
      await registry.save({ connections: [{ ...hook, events: ["invoice.gone"] }], flows: [{ ...plan, trigger }] }); // prettier-ignore
      expect(await events.wanted()).toEqual(new Set(["deal.won", "invoice.gone"]));
      expect((await registry.connection(hook.name))?.events).toEqual(["invoice.gone"]);
      await registry.turnFlow(plan.name, { kind: "paused", reason: "", held: false, by: "U1", at: noon }); // prettier-ignore
      expect(await events.wanted()).toEqual(new Set(["invoice.gone"]));
    }));

  test("what nobody waits for is not kept; what somebody does is handed out once, in order", () =>
    withStore(async ({ events, registry }) => {
      expect(await events.publish(won, noon)).toBe(false);
      await registry.save({ connections: [listener], flows: [] });
      expect(await events.publish(won, noon)).toBe(true);
      expect(await events.publish({ ...won, subject: "8" }, at("13:00:00"))).toBe(true);
      const { events: first, mark } = await events.next(1);
      expect(first).toEqual([{ ...won, id: expect.any(String), at: noon }]);
      await events.handedOut(mark, noon);
      const next = await events.next(10);
      expect(next.events.map(({ subject }) => subject)).toEqual(["8"]);
      await events.handedOut(next.mark, noon);
      await events.handedOut(mark, noon);
      expect((await events.next(10)).events).toEqual([]);
    }));

  test("a page and what it tells are stored together, or neither", () =>
    withStore(async (store) => {
      const { events, registry, ledger } = store;
      await registry.save({ connections: [listener], flows: [plan] });
      const taken = await startRun(store);
      const told = [won, { ...won, subject: "9" }];
      await ledger.commit(page(taken, { events: told }));
      expect((await events.next(10)).events).toMatchObject(told);
      const lost = page({ ...taken, epoch: taken.epoch + 1 }, { events: told });
      await expect(ledger.commit(lost)).rejects.toThrow();
      await ledger.back.commit(page(taken, { events: [won] }));
      expect((await events.next(10)).events).toHaveLength(3);
    }));

  test("that a run is over is told with its counts, however it ended", () =>
    withStore(async (store) => {
      const { events, registry, runs } = store;
      await registry.save({ connections: [crm], flows: [plan] });
      const unheard = await startRun(store);
      await runs.turn(unheard.run, unheard.epoch, { kind: "done" }, noon);
      await registry.save({ connections: [listener], flows: [] });
      const { run, epoch } = await startRun(store);
      await store.ledger.commit(
        page({ run, epoch }, { counts: { ...noCounts, read: 3, created: 2, deadLettered: 1 } }),
      );
      await runs.turn(run, epoch, { kind: "waiting", reason: "", until: noon }, noon);
      await runs.cancel(run, "U1", noon);
      await runs.cancel(run, "U1", noon);
      expect((await events.next(10)).events).toMatchObject([
        {
          type: "run.finished",
          subject: run,
          at: noon,
          data: {
            run,
            flow: plan.name,
            status: "cancelled",
            read: "3",
            created: "2",
            dead_lettered: "1",
          },
        },
      ]);
    }));

  test("what is older than it is kept is forgotten", () =>
    withStore(async ({ events, registry }) => {
      await registry.save({ connections: [listener], flows: [] });
      await events.publish(won, noon);
      await events.publish(won, at("13:00:00"));
      await events.forget(at("12:30:00"));
      expect((await events.next(10)).events.map(({ at }) => at)).toEqual([at("13:00:00")]);
    }));
}
