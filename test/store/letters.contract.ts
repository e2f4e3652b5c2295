import { expect, test } from "vitest";
import { fingerprint } from "#domain/cause.ts";
import { deadLetterId, runId } from "#domain/ids.ts";
import type { NewDeadLetter } from "#domain/ports/ledger.ts";
import type { Problem } from "#domain/problem.ts";
import type { WithStore } from "../support/with-store.ts";
import { at, flow, letter, noon, page, plan, startRun } from "./examples.ts";

export function lettersContract(withStore: WithStore): void {
  test("two people who press Retry share the dead letters between them", () =>
    withStore(async (store) => {
      const taken = await startRun(store);
      const keys = Array.from({ length: 20 }, (_, n) => String(n));
      await store.ledger.commit(page(taken, { letters: keys.map((key) => letter(key)) }));
      const ids = (await store.letters.list({ flow, limit: 99 })).map(({ id }) => id);
      const runs = await Promise.all(
        ["U1", "U2", "U3"].map((by) => store.runs.retry(flow, ids, by, noon)),
      );
      const got = runs.flatMap((run) => (run?.work.kind === "retry" ? run.work.letters : []));
      expect(got.toSorted()).toEqual(ids.toSorted());
      expect(await store.runs.retry(flow, ids, "U4", noon)).toBeUndefined();
      expect(await store.letters.count({ flow, states: ["retrying"] })).toBe(20);
    }));

  test("those that may have been written are found among all others, whoever has them in hand", () =>
    withStore(async (store) => {
      const taken = await startRun(store);
      const letters = [letter("a"), inDoubt("b"), letter("c"), inDoubt("d"), inDoubt("e")];
      await store.ledger.commit(page(taken, { letters }));
      const all = await store.letters.list({ flow, limit: 9 });
      const idsOf = (keys: string) =>
        all.filter(({ key }) => keys.includes(key)).map(({ id }) => id);
      await store.runs.retry(flow, idsOf("ab"), "U1", noon, { unsure: true });
      for (const id of idsOf("e")) await store.letters.discard(id, "U1", "", noon);
      const found = await store.letters.list({ flow, undecided: true, limit: 9 });
      expect(found.map(({ key }) => key).sort()).toEqual(["b", "d"]);
      expect(await store.letters.count({ flow, undecided: true })).toBe(2);
    }));

  test("what may have been written since it was listed is taken only for who looked", () =>
    withStore(async (store) => {
      const { ledger, letters, runs, incidents } = store;
      const taken = await startRun(store);
      await ledger.commit(page(taken, { letters: [letter("a"), letter("b")] }));
      await incidents.settle(flow, "Tieline", noon);
      const listed = await letters.list({ flow, limit: 9 });
      await ledger.commit(page(taken, { letters: [inDoubt("b")] }));
      const [a, b] = ["a", "b"].map((key) => listed.find((one) => one.key === key));
      if (!a || !b?.incident) throw new Error("no letter of an incident");
      expect(await letters.list({ incident: b.incident, limit: 9 })).toMatchObject([{ key: "a" }]);

      const ids = [a.id, b.id];
      expect((await runs.retry(flow, ids, "U1", noon))?.work).toMatchObject({ letters: [a.id] });
      expect(await runs.retry(flow, ids, "U1", noon)).toBeUndefined();
      const looked = await runs.retry(flow, ids, "U1", noon, { unsure: true });
      expect(looked?.work).toMatchObject({ letters: [b.id] });
    }));

  test("the list goes on after the last one seen, oldest first", () =>
    withStore(async (store) => {
      const taken = await startRun(store);
      for (const hour of ["10", "11", "12"]) {
        const letters = [letter(`${hour}a`), letter(`${hour}b`)];
        await store.ledger.commit(page(taken, { at: at(`${hour}:00:00`), letters }));
      }
      const all = await store.letters.list({ limit: 9 });
      expect(all.map(({ key }) => key.slice(0, 2))).toEqual(["10", "10", "11", "11", "12", "12"]);
      const after = all[2]?.id ?? deadLetterId("");
      expect(await store.letters.list({ after, limit: 9 })).toEqual(all.slice(3));
    }));

  test("what is discarded stays known, and only open ones can be", () =>
    withStore(async (store) => {
      const taken = await startRun(store);
      await store.ledger.commit(page(taken, { letters: [letter("1")] }));
      const [first] = await store.letters.list({ flow, limit: 1 });
      if (first === undefined) throw new Error("no letter");
      const retry = await store.runs.retry(flow, [first.id], "U1", noon);
      expect(await store.letters.discard(first.id, "U1", "a test", noon)).toBe(false);
      await store.runs.cancel(retry?.id ?? runId(""), "U1", noon);
      expect(await store.letters.discard(first.id, "U1", "a test", noon)).toBe(true);
      expect(await store.letters.discard(first.id, "U1", "a test", noon)).toBe(false);
      expect((await store.letters.get(first.id))?.state).toEqual({
        kind: "discarded",
        by: "U1",
        reason: "a test",
        at: noon,
      });
      const known = await store.ledger.look(flow, ["1"]);
      expect(known.get("1")?.letter).toEqual({ state: "discarded", hash: "h-1" });

      await store.ledger.commit(page(taken, { letters: [letter("1", { hash: "new" })] }));
      const now = await store.ledger.look(flow, ["1"]);
      expect(now.get("1")?.letter).toEqual({ state: "open", hash: "new" });
    }));

  test("a correction that does not count any more is not gone without a word", () =>
    withStore(async (store) => {
      const taken = await startRun(store);
      const keys = ["1", "2", "3"];
      await store.ledger.commit(page(taken, { letters: keys.map((key) => letter(key)) }));
      for (const { id, version } of await store.letters.list({ flow, limit: 9 }))
        await store.letters.edit(id, version, { name: "Ada" }, { at: noon, by: "U1", what: "Corrected" }); // prettier-ignore

      const settled = [
        { key: "2", as: "written", asItIs: true },
        { key: "3", as: "written", asItIs: false },
      ] as const;
      await store.ledger.commit(page(taken, { letters: [letter("1", { hash: "new" })], settled }));

      const all = await store.letters.list({ flow, states: ["open", "written"], limit: 9 });
      const last = new Map(all.map(({ key, history }) => [key, history.at(-1)?.what]));
      expect(last.get("1")).toMatch(/ \(changed at its source since it was corrected\)$/);
      expect(last.get("2")).toBe("Written as its source has it, not as it was corrected");
      expect(last.get("3")).toBe("Written");
    }));
}

const unanswered: Problem = { class: "ambiguous_write", field: null, code: null, message: "no answer came" }; // prettier-ignore

/** May have been written already. */
const inDoubt = (key: string): NewDeadLetter =>
  letter(key, {
    problem: unanswered,
    fingerprint: fingerprint(flow, plan.to, "write", unanswered),
  });
