import { expect, test } from "vitest";
import type { NewEvent } from "#domain/event.ts";
import { connectionName, flowName } from "#domain/ids.ts";
import type { DealSeen } from "#domain/ports/ledger.ts";
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

  test("a deal that turns to won is told of once, by whichever flow sees it first", () =>
    withStore(async (store) => {
      const { events, registry, ledger } = store;
      const flows = ["deals", "invoices"].map((name) => ({ ...plan, name: flowName(name) }));
      await registry.save({ connections: [crm, { ...listener, name: connectionName("hook") }], flows }); // prettier-ignore
      const taken = await Promise.all(flows.map(({ name }) => startRun(store, name)));
      const at = { connection: crm.name, object: "deals" };
      const see = (
        n: number,
        key: string,
        isWon: boolean,
        more: Partial<DealSeen> = {},
      ): Promise<void> => {
        const event: NewEvent = { ...won, subject: key, data: { flow: flows[n]!.name } };
        const seen = [{ key, won: isWon, before: null, event: isWon ? event : null, ...more }];
        return ledger.commit(page(taken[n]!, { flow: flows[n]!.name, deals: { at, seen } }));
      };
      const subjects = async () => (await events.next(100)).events.map(({ subject }) => subject);
      // Unknown until now: new to its flow it is told of, handled before it is not.
      await see(0, "old", true);
      await see(0, "new \0", true, { before: "not won" });
      await see(0, "base", true, { before: "won" });
      expect(await subjects()).toEqual(["new �"]);
      await see(0, "7", false);
      await Promise.all([see(0, "7", true), see(1, "7", true, { before: "not won" })]);
      await see(1, "7", true, { before: "not won" });
      await see(0, "old", true);
      expect((await subjects()).slice(1)).toEqual(["7"]);
      // Nobody waited for it: it is not told of later. Won once more it is.
      await see(0, "8", true, { before: "not won", event: null });
      await see(1, "8", true, { before: "not won" });
      await see(1, "7", false);
      await see(0, "7", true);
      expect((await subjects()).slice(1)).toEqual(["7", "7"]);
      const elsewhere = { ...taken[0]!, epoch: taken[0]!.epoch + 1 };
      const fenced = ledger.commit(page(elsewhere, { flow: flows[0]!.name, deals: { at, seen: [{ key: "9", won: true, before: "not won", event: won }] } })); // prettier-ignore
      await expect(fenced).rejects.toThrow();
      expect(await subjects()).toHaveLength(3);
    }));
}
