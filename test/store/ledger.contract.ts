import { expect, test } from "vitest";
import { Fenced } from "#domain/errors.ts";
import { deadLetterId } from "#domain/ids.ts";
import { noCounts } from "#domain/run.ts";
import type { WithStore } from "../support/with-store.ts";
import { at, books, crm, flow, letter, link, noon, page, plan, startRun } from "./examples.ts";

export function ledgerContract(withStore: WithStore): void {
  test("a page is stored whole: links, dead letters, counts and checkpoint", () =>
    withStore(async (store) => {
      const taken = await startRun(store);
      const counts = { ...noCounts, read: 3, created: 2, deadLettered: 1 };
      const checkpoint = { cursor: "a", seen: 1 };
      await store.ledger.commit(
        page(taken, { counts, checkpoint, links: [link("1"), link("2")], letters: [letter("3")] }),
      );
      expect((await store.runs.get(taken.run))?.arrived).toBe(false);
      await store.ledger.commit(page(taken, { counts, arrived: true }));
      await store.ledger.commit(page(taken, {}));

      expect(await store.ledger.checkpoint(flow)).toEqual(checkpoint);
      expect(await store.ledger.links(flow)).toBe(2);
      expect((await store.runs.get(taken.run))?.arrived).toBe(true);
      expect((await store.runs.get(taken.run))?.counts).toEqual({
        ...noCounts,
        read: 6,
        created: 4,
        deadLettered: 2,
      });
      const known = await store.ledger.look(flow, ["3", "1", "4"]);
      expect([...known.keys()].sort()).toEqual(["1", "3"]);
      expect(known.get("1")).toEqual({ link: link("1"), letter: null });
      expect(known.get("3")).toEqual({ link: null, letter: { state: "open", hash: "h-3" } });
      expect(await store.ledger.linkedTo(flow, ["t-2", "t-9"])).toEqual(new Map([["t-2", "2"]]));
    }));

  test("links that were thought to be new and are not take the place of those that are there", () =>
    withStore(async (store) => {
      const taken = await startRun(store);
      const counts = { ...noCounts, read: 2, created: 2 };
      await store.ledger.commit(page(taken, { links: [link("1"), link("2")], allNew: true }));
      const newer = { ...link("2"), id: "t-22", hash: "newer" };
      await store.ledger.commit(page(taken, { counts, links: [newer, link("3")], allNew: true }));

      expect(await store.ledger.links(flow)).toBe(3);
      expect(await store.ledger.isNew(flow)).toBe(false);
      const known = await store.ledger.look(flow, ["1", "2", "3"]);
      expect([...known.values()].map((one) => one.link)).toEqual([link("1"), newer, link("3")]);
      expect((await store.runs.get(taken.run))?.counts).toMatchObject(counts);
      const fenced = page(
        { ...taken, epoch: taken.epoch + 1 },
        { links: [link("1")], allNew: true },
      );
      await expect(store.ledger.commit(fenced)).rejects.toThrow(Fenced);
    }));

  test("of contents that are as they were nothing is told but that, and nothing that waits is among them", () =>
    withStore(async (store) => {
      const taken = await startRun(store);
      await store.ledger.commit(
        page(taken, {
          links: [link("1"), link("2"), link("3")],
          letters: [letter("3"), letter("4")],
        }),
      );
      const asked = { "1": "h-1", "2": "other", "3": "h-3", "4": "h-4", "5": "h-5", "6": null };
      const { same, known } = await store.ledger.compare(flow, new Map(Object.entries(asked)));
      expect([...same]).toEqual(["1"]);
      expect([...known.keys()].sort()).toEqual(["2", "3", "4"]);
      expect(known.get("2")).toEqual({ link: link("2"), letter: null });
      expect(known.get("3")).toEqual({ link: link("3"), letter: { state: "open", hash: "h-3" } });

      const back = await store.ledger.back.compare(flow, new Map([["t-1", "unseen"]]));
      expect(back.same.size).toBe(0);
      expect(back.known.get("t-1")?.link?.id).toBe("1");
    }));

  test("a link is told by its print as long as it stands for the content that it was stored with", () =>
    withStore(async (store) => {
      const taken = await startRun(store);
      const links = ["1", "2", "3", "4"].map((key) => link(key));
      const prints = [
        { key: "1", hash: "h-1", print: "p-1" },
        { key: "2", hash: "of another content", print: "p-2" },
        { key: "3", hash: "h-3", print: "p-3" },
      ];
      await store.ledger.commit(page(taken, { links, prints, allNew: true }));
      const sameAs = async (asked: Record<string, string>) =>
        [...(await store.ledger.compare(flow, new Map(Object.entries(asked)))).same].sort();
      const asked = { "1": "p-1", "2": "p-2", "3": "p-3", "4": "p-4" };
      expect(await sameAs(asked)).toEqual(["1", "3"]);
      expect(await sameAs({ "1": "h-1", "3": "p-1" })).toEqual(["1"]);

      // Written again without one, it has none; where only the text has changed, it gets another.
      await store.ledger.commit(
        page(taken, {
          links: [link("1")],
          prints: [
            { key: "3", hash: "h-3", print: "p-33" },
            { key: "4", hash: "of another content", print: "p-4" },
            { key: "9", hash: "h-9", print: "p-9" },
          ],
        }),
      );
      expect(await sameAs(asked)).toEqual([]);
      expect(await sameAs({ ...asked, "3": "p-33" })).toEqual(["3"]);

      // What is owed is not as it was, whatever its text says.
      const owed = { key: "3", hash: "", print: "p-33" };
      await store.ledger.commit(page(taken, { links: [link("3", { hash: "" })], prints: [owed] }));
      expect(await sameAs({ "3": "p-33" })).toEqual([]);
    }));

  test("linked keys come in their order, a part at a time", () =>
    withStore(async (store) => {
      const taken = await startRun(store);
      await store.ledger.commit(page(taken, { links: ["b", "a", "c"].map((key) => link(key)) }));
      expect(await store.ledger.keys(flow, null, 2)).toEqual(["a", "b"]);
      expect(await store.ledger.keys(flow, "b", 2)).toEqual(["c"]);
      expect(await store.ledger.keys(flow, "c", 2)).toEqual([]);
    }));

  test("a record is found where a flow has brought it, whichever way the flow goes", () =>
    withStore(async (store) => {
      const taken = await startRun(store);
      await store.ledger.commit(page(taken, { links: [link("1"), link("2")] }));
      await store.registry.save({ connections: [crm, books], flows: [plan] });
      const { from, to } = plan;

      expect(await store.references.where(from, to, ["2", "1", "9"])).toEqual(
        new Map([
          ["2", "t-2"],
          ["1", "t-1"],
        ]),
      );
      expect(await store.references.where(to, from, ["t-1"])).toEqual(new Map([["t-1", "1"]]));
      expect(await store.references.where(from, from, ["1"])).toBeNull();
    }));

  test("nothing is stored under an epoch that is not the newest", () =>
    withStore(async (store) => {
      const old = await startRun(store);
      const taken = await store.runs.claim(old.run, noon, 0);
      expect(taken?.epoch).toBe(old.epoch + 1);

      const outcome = page(old, { links: [link("1")], letters: [letter("2")], checkpoint: 7 });
      await expect(store.ledger.commit(outcome)).rejects.toThrow(Fenced);
      const request = { id: "w", writes: [] };
      await expect(store.ledger.intend(flow, old.epoch, [request])).rejects.toThrow(Fenced);

      expect(await store.ledger.links(flow)).toBe(0);
      expect(await store.letters.count({ flow })).toBe(0);
      expect(await store.ledger.checkpoint(flow)).toBeNull();
      expect((await store.ledger.unanswered(flow)).requests).toEqual([]);
    }));

  test("a checkpoint comes back as it was, numbers beyond JavaScript's included", () =>
    withStore(async (store) => {
      const taken = await startRun(store);
      const text = '{"after":9007199254740993,"price":1.50,"text":"a\\u0000b"}';
      const { rawJSON } = JSON as unknown as { rawJSON(text: string): { rawJSON: string } };
      const checkpoint = {
        after: rawJSON("9007199254740993"),
        price: rawJSON("1.50"),
        text: "a\0b",
      };
      await store.ledger.commit(page(taken, { checkpoint }));
      expect(JSON.stringify(await store.ledger.checkpoint(flow))).toBe(text);
    }));

  test("NUL and lone surrogates harm nothing, and the raw bytes keep them", () =>
    withStore(async (store) => {
      const taken = await startRun(store);
      const odd = 'a\0b\ud800c "quoted"';
      const raw = new Uint8Array([0, 255, 1, 254]);
      const problem = { class: "rejected", field: null, code: null, message: odd } as const;
      await store.ledger.commit(
        page(taken, {
          links: [link(odd, { hash: "h", base: { name: odd } })],
          letters: [letter("x", { problem, fingerprint: odd, fields: { name: odd }, raw })],
        }),
      );
      const known = await store.ledger.look(flow, [odd]);
      expect(known.get(odd)?.link?.base).toEqual({ name: odd });
      const [stored] = await store.letters.list({ flow, limit: 1 });
      expect(stored?.fields).toEqual({ name: odd });
      expect(stored && (await store.letters.raw(stored.id))).toEqual(raw);
      expect(stored?.history[0]?.what).toBe('a\uFFFDb\uFFFDc "quoted"');
      expect(await store.incidents.settle(flow, "Tieline", noon)).toHaveLength(1);
    }));

  test("intents stay until a page answers them", () =>
    withStore(async (store) => {
      const taken = await startRun(store);
      const write = { kind: "archive", key: "1", id: "t-1", version: null } as const;
      const first = { id: "w1", writes: [write] };
      await store.ledger.intend(flow, taken.epoch, [first, { id: "w2", writes: [] }]);
      expect((await store.ledger.unanswered(flow)).requests).toEqual([
        first,
        { id: "w2", writes: [] },
      ]);
      await store.ledger.commit(page(taken, { answered: ["w2"] }));
      expect((await store.ledger.unanswered(flow)).requests).toEqual([first]);
    }));

  test("what is gone is forgotten, and what comes twice in a page counts once", () =>
    withStore(async (store) => {
      const taken = await startRun(store);
      await store.ledger.commit(page(taken, { links: [link("1"), link("1", { hash: "new" })] }));
      expect((await store.ledger.look(flow, ["1"])).get("1")?.link?.hash).toBe("new");
      await store.ledger.commit(page(taken, { unlinked: ["1", "2"] }));
      expect(await store.ledger.look(flow, ["1"])).toEqual(new Map());
    }));

  test("a dead letter seen again is the same one, and loses a correction only with its content", () =>
    withStore(async (store) => {
      const taken = await startRun(store);
      await store.ledger.commit(page(taken, { letters: [letter("1")] }));
      const [first] = await store.letters.list({ flow, limit: 9 });
      if (first === undefined) throw new Error("no letter");
      const entry = { at: noon, by: "U1", what: "Corrected" };
      expect(await store.letters.edit(first.id, 1, { name: "Right" }, entry)).toBe(true);
      expect(await store.letters.edit(first.id, 1, { name: "Late" }, entry)).toBe(false);

      const later = at("13:00:00");
      const wrong = letter("1", { fields: { name: "Right" } });
      await store.ledger.commit(page(taken, { at: later, letters: [wrong] }));
      expect(await store.letters.get(first.id)).toMatchObject({
        attempts: 2,
        fields: { name: "Customer 1" },
        edited: { name: "Right" },
        firstSeen: noon,
        lastSeen: later,
      });

      const fresh = letter("1", { hash: "new", fields: { name: "New" } });
      await store.ledger.commit(page(taken, { letters: [fresh] }));
      expect(await store.letters.get(first.id)).toMatchObject({
        attempts: 3,
        fields: { name: "New" },
        edited: null,
        hash: "new",
      });
      expect(await store.letters.count({ flow })).toBe(1);
    }));

  test("a settled dead letter says how it ended; a later one is another", () =>
    withStore(async (store) => {
      const taken = await startRun(store);
      await store.ledger.commit(page(taken, { letters: [letter("1"), letter("2")] }));
      const settled = [
        { key: "1", as: "written" },
        { key: "2", as: "superseded" },
        { key: "3", as: "written" },
      ] as const;
      await store.ledger.commit(page(taken, { by: "U1", settled }));
      const states = ["written", "superseded"] as const;
      const ended = await store.letters.list({ flow, states, limit: 9 });
      expect(ended.map(({ state }) => state)).toEqual(
        expect.arrayContaining([
          { kind: "written", by: "U1", at: noon },
          { kind: "superseded", at: noon },
        ]),
      );
      await store.ledger.commit(page(taken, { letters: [letter("1")] }));
      expect(await store.letters.count({ flow })).toBe(1);
      expect(await store.letters.count({ flow, states })).toBe(2);
    }));

  test.each(["open", "retrying"] as const)(
    "one that was corrected after it was sent stays %s with its correction, and its history says so",
    (kind) =>
      withStore(async (store) => {
        const taken = await startRun(store);
        await store.ledger.commit(page(taken, { letters: [letter("1")] }));
        const [{ id = deadLetterId(""), version = 0 } = {}] = await store.letters.list({ flow, limit: 1 }); // prettier-ignore
        const edited = { name: "Corrected" };
        await store.letters.edit(id, version, edited, { at: noon, by: "U2", what: "Corrected" });
        if (kind === "retrying") await store.runs.retry(flow, [id], "U2", noon);
        const before = await store.letters.get(id);
        const known = (await store.ledger.look(flow, ["1"])).get("1");
        expect(known?.letter).toEqual({ state: kind, hash: "h-1", edited });

        await store.ledger.commit(page(taken, { by: "U1", settled: [{ key: "1", as: "earlier" }] })); // prettier-ignore

        const what = "Written as it was before it was corrected";
        expect(await store.letters.get(id)).toEqual({
          ...before,
          version: (before?.version ?? 0) + 1,
          history: [...(before?.history ?? []), { at: noon, by: "U1", what }],
        });
      }),
  );
}
