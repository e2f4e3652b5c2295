import { expect, test } from "vitest";
import { Fenced, Overtaken } from "#domain/errors.ts";
import { turned, type Link } from "#domain/link.ts";
import type { NewConflict } from "#domain/conflict.ts";
import { flowName } from "#domain/ids.ts";
import type { FlowPlan } from "#domain/flow.ts";
import type { Store, WithStore } from "../support/with-store.ts";
import { at, books, crm, flow, letter, link, noon, page, plan, startRun } from "./examples.ts";

const both = (key: string, more: Partial<Link> = {}): Link =>
  link(key, {
    back: {
      hash: `b-${key}`,
      base: { name: `CUSTOMER ${key}` },
      trips: { name: { way: "back", times: 2, at: noon.toString() } },
    },
    ...more,
  });

const conflict = (key: string, more: Partial<NewConflict> = {}): NewConflict => ({
  key,
  target: `t-${key}`,
  record: { name: `Customer ${key}` },
  fields: { phone: { base: null, source: "+331", target: "+332" } },
  changed: { source: noon.toString(), target: null },
  choices: {},
  ...more,
});

const bothWays: FlowPlan = { ...plan, twoWay: { default: "ask", fields: {} } };

/** A run of a flow that goes both ways. */
async function startTwoWay(store: Store) {
  await store.registry.save({ connections: [crm, books], flows: [bothWays] });
  return startRun(store);
}

export function twoWayContract(withStore: WithStore): void {
  test("of a dead letter is known what was made of it, and whether it could not be matched", () =>
    withStore(async (store) => {
      const taken = await startRun(store);
      const unclear = { ...letter("1").problem, class: "ambiguous_match" } as const;
      const fingerprint = "flow|books|customers|write|ambiguous_match|TWO|email|two of them";
      const letters = [{ ...letter("1"), problem: unclear, fingerprint }, letter("2")];
      await store.ledger.commit(page(taken, { letters }));
      const known = await store.ledger.look(flow, ["1", "2"]);
      expect(known.get("1")?.letter).toEqual({ state: "open", hash: "h-1", unmatched: true });
      expect(known.get("2")?.letter).toEqual({ state: "open", hash: "h-2" });
    }));

  test("a link is seen from both of its ends, and stored from either", () =>
    withStore(async (store) => {
      const taken = await startRun(store);
      const { ledger } = store;
      await ledger.commit(page(taken, { links: [both("1"), link("2")] }));
      expect((await ledger.look(flow, ["1"])).get("1")?.link).toEqual(both("1"));
      const turned = (await ledger.back.look(flow, ["t-1"])).get("t-1")?.link;
      expect(turned).toEqual({
        key: "t-1",
        id: "1",
        version: null,
        hash: "b-1",
        base: { name: "CUSTOMER 1" },
        back: { hash: "h-1", base: { name: "Customer 1" }, trips: both("1").back?.trips },
      });
      expect(await ledger.back.linkedTo(flow, ["1", "9"])).toEqual(new Map([["1", "t-1"]]));
      expect(await ledger.back.keys(flow, "t-1", 9)).toEqual(["t-2"]);

      if (!turned) throw new Error("no link");
      await ledger.back.commit(page(taken, { links: [{ ...turned, hash: "new" }] }));
      expect((await ledger.look(flow, ["1"])).get("1")?.link?.back?.hash).toBe("new");
      expect(await ledger.links(flow)).toBe(2);
    }));

  test("what a flow stores is stored for the one that comes back, seen from its end", () =>
    withStore(async (store) => {
      const taken = await startRun(store);
      const { ledger } = store;
      const counter = flowName("comes-back");
      const mirrors = { flows: [counter], seen: 0 };
      await ledger.commit(page(taken, { links: [both("1"), both("2"), link("3")], mirrors }));
      expect((await ledger.look(counter, ["t-1"])).get("t-1")?.link).toEqual({
        key: "t-1",
        id: "1",
        version: null,
        hash: "b-1",
        base: { name: "CUSTOMER 1" },
        back: { hash: "h-1", base: { name: "Customer 1" }, trips: both("1").back?.trips },
      });
      expect(await ledger.links(counter)).toBe(3);

      const moved = both("1", { id: "elsewhere" });
      await ledger.commit(page(taken, { links: [moved], unlinked: ["2"], mirrors }));
      expect(await ledger.keys(counter, null, 9)).toEqual(["elsewhere", "t-3"]);
      expect(await ledger.keys(flow, null, 9)).toEqual(["1", "3"]);
    }));

  test("two flows that come across each other's links: the later one is told to look again", () =>
    withStore(async (store) => {
      const { ledger, registry } = store;
      const counter = flowName("comes-back");
      await registry.save({ connections: [crm, books], flows: [plan, { ...plan, name: counter, from: plan.to, to: plan.from }] }); // prettier-ignore
      const there = await startRun(store);
      const back = await startRun(store, counter);
      const commits = (n: number, seen: { there: number; back: number }) => [
        ledger.commit(page(there, { links: [both("1", { hash: `there-${n}` })], mirrors: { flows: [counter], seen: seen.there } })), // prettier-ignore
        ledger.commit({ ...page(back, { links: [turned(both("1", { hash: `back-${n}` }))], mirrors: { flows: [flow], seen: seen.back } }), flow: counter }), // prettier-ignore
      ];
      for (let n = 0; n < 20; n += 1) {
        const seen = { there: await ledger.mirrored(flow), back: await ledger.mirrored(counter) };
        expect(seen.there + seen.back).toBe(n);
        const done = await Promise.allSettled(commits(n, seen));
        const late = done.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
        expect(late).toEqual([expect.any(Overtaken)]);
        const first = done[0]?.status === "fulfilled" ? `there-${n}` : `back-${n}`;
        expect((await ledger.look(flow, ["1"])).get("1")?.link?.hash).toBe(first);
        expect((await ledger.back.look(counter, ["1"])).get("1")?.link?.hash).toBe(first);
      }
      const gone = {
        ...page(there, { links: [], mirrors: { flows: [counter], seen: 99 } }),
        epoch: 99,
      };
      await expect(ledger.commit(gone)).rejects.toThrow(Fenced);
    }));

  test("a target's record with another partner leaves the old link and its question behind", () =>
    withStore(async (store) => {
      const taken = await startTwoWay(store);
      const { ledger, conflicts } = store;
      await ledger.commit(page(taken, { links: [both("1")], conflicts: [conflict("1")] }));
      const moved = { ...both("1"), key: "t-1", id: "other" };
      await ledger.back.commit(page(taken, { links: [moved] }));
      expect(await ledger.keys(flow, null, 9)).toEqual(["other"]);
      expect(await conflicts.count(flow)).toBe(0);
      await ledger.back.commit(page(taken, { unlinked: ["t-1"] }));
      expect(await ledger.links(flow)).toBe(0);
    }));

  test("dead letters, requests and checkpoints of the two ways are apart", () =>
    withStore(async (store) => {
      const taken = await startRun(store);
      const { ledger, letters } = store;
      await ledger.commit(page(taken, { letters: [letter("1")], checkpoint: "there" }));
      await ledger.back.commit(page(taken, { letters: [letter("1")], checkpoint: "back" }));
      const ways = (await letters.list({ flow, limit: 9 })).map(({ way }) => way).toSorted();
      expect(ways).toEqual(["back", "there"]);
      expect([await ledger.checkpoint(flow), await ledger.back.checkpoint(flow)]).toEqual(["there", "back"]); // prettier-ignore
      await ledger.intend(flow, taken.epoch, [{ id: "r1", writes: [] }]);
      await ledger.back.intend(flow, taken.epoch, [{ id: "r2", writes: [] }]);
      expect((await ledger.unanswered(flow)).requests.map(({ id }) => id)).toEqual(["r1"]);
      expect((await ledger.back.unanswered(flow)).requests.map(({ id }) => id)).toEqual(["r2"]);

      const settled = [{ key: "1", as: "written" as const }];
      await ledger.back.commit(page(taken, { settled, answered: ["r2"] }));
      expect((await letters.list({ flow, limit: 9 })).map(({ way }) => way)).toEqual(["there"]);
    }));

  test("what is owed is found at each end", () =>
    withStore(async (store) => {
      const taken = await startRun(store);
      const { ledger } = store;
      const back = { hash: "", base: {}, trips: {} };
      await ledger.commit(
        page(taken, { links: [both("1"), both("2", { hash: "" }), both("3", { back })] }),
      );
      expect(await ledger.owed(flow, null, 9)).toEqual(["2"]);
      expect(await ledger.back.owed(flow, null, 9)).toEqual(["t-3"]);
      expect(await ledger.back.owed(flow, "t-3", 9)).toEqual([]);
    }));

  test("a conflict is one as long as it is open, and grows a version where it changes", () =>
    withStore(async (store) => {
      const taken = await startTwoWay(store);
      const { ledger, conflicts } = store;
      await ledger.commit(page(taken, { links: [both("1")], conflicts: [conflict("1")] }));
      const [first] = await conflicts.list({ flow, limit: 9 });
      expect(first).toMatchObject({ ...conflict("1"), state: { kind: "open" }, version: 1 });

      await ledger.commit(page(taken, { conflicts: [conflict("1")], at: at("13:00:00") }));
      expect(await conflicts.list({ limit: 9 })).toMatchObject([{ version: 1, openedAt: noon }]);
      const fields = { phone: { base: null, source: "+339", target: "+332" } };
      await ledger.commit(page(taken, { conflicts: [conflict("1", { fields })] }));
      expect(await conflicts.of(flow, ["1", "2"])).toMatchObject(new Map([["1", { version: 2 }]]));

      await ledger.back.commit(page(taken, { agreed: ["1"] }));
      expect(await conflicts.count(flow)).toBe(0);
      expect((await conflicts.of(flow, ["1"])).size).toBe(0);
      if (first) expect((await conflicts.get(first.id))?.state.kind).toBe("settled");
    }));

  test("a choice is kept once, and has both records handled again", () =>
    withStore(async (store) => {
      const taken = await startTwoWay(store);
      const { ledger, conflicts } = store;
      await ledger.commit(page(taken, { links: [both("1")], conflicts: [conflict("1")] }));
      const [open] = await conflicts.list({ flow, limit: 9 });
      if (!open) throw new Error("no conflict");
      const { id } = open;
      expect(await conflicts.choose(id, 1, { phone: "target" }, "U1", noon)).toBe(true);
      expect(await conflicts.choose(id, 1, { phone: "source" }, "U2", noon)).toBe(false);
      expect(await conflicts.get(id)).toMatchObject({
        choices: { phone: "target" },
        state: { kind: "chosen", by: "U1" },
        version: 2,
      });
      expect(await ledger.owed(flow, null, 9)).toEqual(["1"]);
      expect(await ledger.back.owed(flow, null, 9)).toEqual(["t-1"]);
      const run = await store.runs.carryOut(flow, "U1", at("13:00:00"));
      expect(run).toMatchObject({
        state: { kind: "queued" },
        work: { kind: "retry", letters: [] },
      });
      const [newest] = await store.runs.list({ flow, limit: 1 });
      expect(newest?.id).toBe(run.id);
    }));

  test("under another rule the records of all that is open are handled again", () =>
    withStore(async (store) => {
      const taken = await startTwoWay(store);
      const { ledger, conflicts } = store;
      const links = ["1", "2", "3"].map((key) => both(key));
      await ledger.commit(page(taken, { links, conflicts: [conflict("1"), conflict("2")] }));
      await ledger.commit(page(taken, { agreed: ["2"] }));
      expect(await conflicts.weighAgain(flow)).toBe(1);
      expect(await ledger.owed(flow, null, 9)).toEqual(["1"]);
      expect(await ledger.back.owed(flow, null, 9)).toEqual(["t-1"]);
      expect(await conflicts.list({ flow, limit: 9 })).toMatchObject([{ key: "1", version: 1, state: { kind: "open" } }]); // prettier-ignore
    }));

  test("in a flow that goes one way from now on nobody is asked any more, and the records are owed", () =>
    withStore(async (store) => {
      const taken = await startTwoWay(store);
      const { ledger, conflicts, registry } = store;
      const links = ["1", "2"].map((key) => both(key));
      await ledger.commit(page(taken, { links, conflicts: [conflict("1")] }));
      const [open] = await conflicts.list({ flow, limit: 9 });
      if (!open) throw new Error("no conflict");
      const change = { by: "U1", at: at("13:00:00"), what: {} };
      expect(await registry.changeFlow({ ...bothWays, about: "other" }, 1, change)).toBe(2);
      expect(await conflicts.count(flow)).toBe(1);

      expect(await registry.changeFlow({ ...bothWays, twoWay: null }, 2, change)).toBe(3);
      expect(await conflicts.list({ limit: 9 })).toEqual([]);
      expect(await conflicts.get(open.id)).toMatchObject({
        state: { kind: "settled", by: "U1", at: change.at, why: "one_way" },
        version: 2,
      });
      expect(await ledger.owed(flow, null, 9)).toEqual(["1"]);
      expect(await ledger.back.owed(flow, null, 9)).toEqual(["t-1"]);

      // A run that began while it went both ways goes on, and asks nobody.
      await ledger.commit(page(taken, { links: [both("2")], conflicts: [conflict("2")] }));
      expect(await conflicts.count(flow)).toBe(0);
      expect((await ledger.look(flow, ["2"])).get("2")?.link).not.toBeNull();
    }));

  test("a workspace file that makes a flow go one way ends what waits in that one alone", () =>
    withStore(async (store) => {
      const taken = await startTwoWay(store);
      const { conflicts, ledger, registry } = store;
      await ledger.commit(page(taken, { links: [both("1")], conflicts: [conflict("1")] }));
      const other = { ...plan, name: flowName("another") };
      await registry.save({ connections: [], flows: [other] });
      expect(await conflicts.count(flow)).toBe(1);
      await registry.save({ connections: [], flows: [{ ...bothWays, twoWay: null }] });
      expect(await conflicts.count(flow)).toBe(0);
    }));

  test("however a change and a page that asks meet, nobody is asked in the end", () =>
    withStore(async (store) => {
      const taken = await startTwoWay(store);
      const { conflicts, ledger, registry } = store;
      const change = { by: "U1", at: noon, what: {} };
      for (let n = 1; n < 12; n += 2) {
        const key = `k${n}`;
        await Promise.all([
          ledger.commit(page(taken, { links: [both(key)], conflicts: [conflict(key)] })),
          registry
            .changeFlow({ ...bothWays, twoWay: null }, n, change)
            .then(() => conflicts.endOfOneWay(flow, "U1", noon)),
        ]);
        expect(await conflicts.count(flow)).toBe(0);
        await registry.changeFlow(bothWays, n + 1, change);
      }
    }));
}
