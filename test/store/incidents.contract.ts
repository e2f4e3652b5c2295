import { expect, test } from "vitest";
import type { WithStore } from "../support/with-store.ts";
import { at, books, crm, flow, letter, noon, page, plan, startRun } from "./examples.ts";

export function incidentsContract(withStore: WithStore): void {
  test("a cause is one incident: opened, counted, closed and opened again", () =>
    withStore(async (store) => {
      await store.registry.save({ connections: [crm, books], flows: [plan] });
      const taken = await startRun(store);
      await store.ledger.commit(page(taken, { letters: [letter("1"), letter("2")] }));
      const other = letter("3", { fingerprint: "no e-mail", direction: "read" });
      await store.ledger.commit(page(taken, { letters: [other] }));

      const opened = await store.incidents.settle(flow, "Tieline", noon);
      expect(opened).toHaveLength(2);
      expect(await store.incidents.settle(flow, "Tieline", noon)).toEqual([]);
      const names = opened.find(({ open }) => open === 2);
      if (names === undefined) throw new Error("no incident");
      expect(names.subject).toEqual({
        kind: "cause",
        way: "there",
        direction: "write",
        object: "customers",
        problem: letter("1").problem,
      });
      const [first, second] = await store.letters.list({
        flow,
        limit: 9,
        incident: names.id,
      });
      if (first === undefined || second === undefined) throw new Error("none");

      await store.ledger.commit(
        page(taken, { at: at("12:10:00"), settled: [{ key: "1", as: "written" }] }),
      );
      await store.letters.discard(
        (first.key === "2" ? first : second).id,
        "U1",
        "",
        at("12:11:00"),
      );
      const closed = await store.incidents.settle(flow, "U1", at("12:12:00"));
      expect(closed).toEqual([
        {
          ...names,
          state: { kind: "closed", at: at("12:12:00"), by: "U1" },
          open: 0,
          total: 2,
          written: 1,
          discarded: 1,
        },
      ]);
      expect(await store.incidents.open(flow)).toHaveLength(1);

      await store.ledger.commit(page(taken, { at: at("13:00:00"), letters: [letter("4")] }));
      const again = await store.incidents.settle(flow, "Tieline", at("13:00:00"));
      expect(again).toMatchObject([
        {
          id: names.id,
          state: { kind: "open" },
          openedAt: at("13:00:00"),
          open: 1,
          total: 1,
          written: 0,
        },
      ]);
    }));

  test("a letter that fails for another reason goes over to that cause", () =>
    withStore(async (store) => {
      const taken = await startRun(store);
      await store.ledger.commit(page(taken, { letters: [letter("1")] }));
      await store.incidents.settle(flow, "Tieline", noon);
      await store.ledger.commit(page(taken, { letters: [letter("1", { fingerprint: "other" })] }));
      const settled = await store.incidents.settle(flow, "Tieline", noon);
      expect(settled.map(({ state, open }) => [state.kind, open])).toEqual(
        expect.arrayContaining([
          ["open", 1],
          ["closed", 0],
        ]),
      );
    }));

  test("whoever settles at the same time, the counts are right in the end", () =>
    withStore(async (store) => {
      const taken = await startRun(store);
      for (let n = 0; n < 6; n += 1) {
        await store.ledger.commit(page(taken, { letters: [letter(`${n}`)] }));
        await Promise.all([1, 2, 3].map(() => store.incidents.settle(flow, "Tieline", noon)));
      }
      const open = await store.incidents.open(flow);
      expect(open).toMatchObject([{ open: 6, total: 6 }]);
    }));

  test("a systemic failure is one incident for each error until it is cleared", () =>
    withStore(async ({ incidents }) => {
      const raise = () => incidents.raise(flow, "SignInAgain", "the token has expired", noon);
      const raised = await Promise.all([raise(), raise(), raise()]);
      expect(new Set(raised.map(({ id }) => id)).size).toBe(1);
      const [{ id }] = raised;
      const until = at("15:00:00");
      expect((await incidents.snooze(id, until, "U1"))?.state).toEqual({
        kind: "snoozed",
        until,
        by: "U1",
      });
      expect((await raise()).state.kind).toBe("snoozed");
      expect(await incidents.settle(flow, "Tieline", at("16:00:00"))).toEqual([]);
      expect(await incidents.clear(flow, "U1", noon)).toHaveLength(1);
      expect(await incidents.clear(flow, "U1", noon)).toEqual([]);
      expect(await incidents.snooze(id, until, "U1")).toBeUndefined();
      expect((await raise()).state).toEqual({ kind: "open" });

      await incidents.note(id, noon, "U1", "Looked at it");
      expect(await incidents.history(id)).toEqual([{ at: noon, by: "U1", what: "Looked at it" }]);
    }));
}
