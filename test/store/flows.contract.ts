import { expect, test } from "vitest";
import type { FlowPlan } from "#domain/flow.ts";
import { flowName } from "#domain/ids.ts";
import type { WithStore } from "../support/with-store.ts";
import { at, flow, letter, link, noon, page, plan, startRun } from "./examples.ts";

const change = (what: string, by = "U1") => ({ by, at: noon, what: { [flow]: what } });
const later: FlowPlan = {
  ...plan,
  leaveOut: ["phone"],
  window: { from: "22:00", to: "06:00", zone: "Europe/Paris" },
};

export function flowsContract(withStore: WithStore): void {
  test("a flow that is made is off, and only its newest version can be turned on", () =>
    withStore(async ({ registry }) => {
      expect(await registry.addFlow(plan, change("Made\0"))).toBe(true);
      expect(await registry.addFlow(later, change("Made again"))).toBe(false);
      const off = { kind: "off", by: "U1", at: noon } as const;
      expect(await registry.flow(flow)).toEqual({ ...plan, state: off, version: 1 });
      const paused = { kind: "paused", reason: "", held: false, by: "U1", at: noon } as const;
      expect(await registry.turnFlow(flow, paused)).toBe(false);
      expect(await registry.turnFlow(flow, { kind: "on" })).toBe(false);
      expect(await registry.changeFlow(later, 1, change("Later"))).toBe(2);
      expect(await registry.startFlow(flow, 1)).toBe(false);
      const started = await Promise.all([1, 2, 3].map(() => registry.startFlow(flow, 2)));
      expect(started.filter(Boolean)).toHaveLength(1);
      expect(await registry.flow(flow)).toEqual({ ...later, state: { kind: "on" }, version: 2 });
      expect(await registry.versions(flow)).toEqual([
        { flow, version: 2, plan: later, by: "U1", at: noon, what: "Later" },
        { flow, version: 1, plan, by: "U1", at: noon, what: "Made\uFFFD" },
      ]);
    }));

  test("of eight who change the same version one does; a file counts on from there", () =>
    withStore(async ({ registry }) => {
      await registry.save({ connections: [], flows: [plan] });
      const all = Array.from({ length: 8 }, (_, n) =>
        registry.changeFlow({ ...plan, about: `${n}` }, 1, change(`${n}`)),
      );
      expect((await Promise.all(all)).filter((version) => version !== undefined)).toEqual([2]);
      await registry.save({ connections: [], flows: [later] }, change("By file", "U2"));
      const versions = await registry.versions(flow);
      expect(versions.map(({ version, by }) => [version, by])).toEqual([
        ...[[3, "U2"], [2, "U1"], [1, "Tieline"]], // prettier-ignore
      ]);
      expect(versions.map(({ what }) => what)[0]).toBe("By file");
      expect(await registry.flow(flow, 1)).toEqual({ ...plan, state: { kind: "on" }, version: 1 });
      expect(await registry.flow(flow, 3)).toMatchObject({ version: 3, leaveOut: ["phone"] });
      expect(await registry.flow(flow, 4)).toBeUndefined();
      expect(await registry.flow(flowName("none"), 1)).toBeUndefined();
      expect(await registry.changeFlow({ ...plan, name: flowName("none") }, 1, change(""))).toBe(
        undefined,
      );
    }));

  test("runs and dead letters know the version they were of, and a retry may be told another", () =>
    withStore(async (store) => {
      const { registry, runs, letters } = store;
      await registry.save({ connections: [], flows: [plan] });
      await registry.changeFlow(later, 1, change("Later"));
      const taken = await startRun(store);
      await store.ledger.commit(page(taken, { letters: [letter("a")] }));
      await runs.turn(taken.run, taken.epoch, { kind: "done" }, noon);
      expect((await runs.get(taken.run))?.version).toBe(2);
      const [dead] = await letters.list({ flow, limit: 1 });
      expect(dead?.flowVersion).toBe(2);

      const retry = await runs.retry(flow, dead ? [dead.id] : [], "U1", at("12:01:00"), { as: 1 });
      expect(retry).toMatchObject({ version: null, work: { kind: "retry", as: 1 } });
      const claim = retry && (await runs.claim(retry.id, noon, 30_000));
      expect(claim?.run.version).toBe(1);
      const again = { run: claim?.run.id ?? taken.run, epoch: claim?.epoch ?? 0 };
      await store.ledger.commit(page(again, { letters: [letter("a")] }));
      expect((await letters.list({ flow, limit: 1 }))[0]?.flowVersion).toBe(1);
    }));

  test("a flow is forgotten with all it remembered, but for its versions and runs", () =>
    withStore(async (store) => {
      const { registry, runs, ledger, letters } = store;
      await registry.save({ connections: [], flows: [plan] });
      const taken = await startRun(store);
      await ledger.commit(
        page(taken, { links: [link("a")], letters: [letter("b")], checkpoint: { n: 1 } }),
      );
      expect(await registry.removeFlow(flow)).toBe(false);
      await runs.turn(taken.run, taken.epoch, { kind: "done" }, noon);
      expect(await registry.removeFlow(flow)).toBe(true);
      expect(await registry.removeFlow(flow)).toBe(false);
      expect(await registry.flow(flow)).toBeUndefined();
      expect(await ledger.links(flow)).toBe(0);
      expect(await ledger.checkpoint(flow)).toBeNull();
      expect(await letters.count({ flow })).toBe(0);
      expect(await runs.list({ flow, limit: 5 })).toHaveLength(1);
      expect(await registry.versions(flow)).toHaveLength(1);
      expect(await registry.addFlow(plan, change("Made anew"))).toBe(true);
      expect((await registry.flow(flow))?.version).toBe(2);
    }));

  test("a flow is new until a record of it is linked or a dead letter, whatever becomes of that", () =>
    withStore(async (store) => {
      const taken = await startRun(store);
      const { ledger } = store;
      const isNew = () => Promise.all([ledger.isNew(flow), ledger.back.isNew(flow)]);
      await ledger.commit(page(taken, { checkpoint: { cursor: "a" } }));
      expect(await isNew()).toEqual([true, true]);
      await ledger.commit(page(taken, { letters: [letter("3")] }));
      expect(await isNew()).toEqual([false, false]);
      await ledger.commit(page(taken, { settled: [{ key: "3", as: "superseded" }] }));
      expect(await isNew()).toEqual([false, false]);
    }));
}
