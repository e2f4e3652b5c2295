import { Fenced } from "#domain/errors.ts";
import { deadLetterId, type FlowName } from "#domain/ids.ts";
import type { Known, Ledger, Link, NewDeadLetter, PageOutcome } from "#domain/ports/ledger.ts";
import type { Counts } from "#domain/run.ts";
import type { Memory, StoredLetter } from "./memory.ts";

/** The ledger in memory. What it stores, it stores in one synchronous step. */
export function memoryLedger(memory: Memory): Ledger {
  const linksOf = (flow: FlowName): Map<string, Link> => {
    const links = memory.links.get(flow) ?? new Map<string, Link>();
    memory.links.set(flow, links);
    return links;
  };
  const lettersOf = (flow: FlowName, key: string): StoredLetter[] =>
    [...memory.letters.values()].filter((letter) => letter.flow === flow && letter.key === key);
  const openLetter = (flow: FlowName, key: string): StoredLetter | undefined =>
    lettersOf(flow, key).find(({ state }) => state.kind === "open" || state.kind === "retrying");
  const fence = (flow: FlowName, epoch: number): void => {
    if (memory.epochs.get(flow) !== epoch) throw new Fenced("Another worker has the flow");
  };

  const knownLetter = (flow: FlowName, key: string): Known["letter"] => {
    const letter =
      openLetter(flow, key) ??
      lettersOf(flow, key).findLast(({ state }) => state.kind === "discarded");
    if (letter === undefined) return null;
    const { kind } = letter.state;
    return kind === "open" || kind === "retrying" || kind === "discarded"
      ? { state: kind, hash: letter.hash }
      : null;
  };

  function keepLetter(page: PageOutcome, fresh: NewDeadLetter): void {
    const { at, by, flow, run } = page;
    const entry = { at, by, what: fresh.problem.message };
    const there = openLetter(flow, fresh.key);
    if (there === undefined) {
      const id = deadLetterId(memory.nextId("letter"));
      memory.letters.set(id, {
        ...fresh,
        id,
        flow,
        incident: null,
        state: { kind: "open" },
        edited: null,
        attempts: 1,
        firstSeen: at,
        lastSeen: at,
        run,
        flowVersion: memory.runs.get(run)?.version ?? null,
        history: [entry],
        version: 1,
      });
      return;
    }
    memory.letters.set(there.id, {
      ...there,
      ...fresh,
      edited: there.hash === fresh.hash ? there.edited : null,
      state: { kind: "open" },
      attempts: there.attempts + 1,
      lastSeen: at,
      run,
      history: [...there.history, entry],
      version: there.version + 1,
    });
  }

  function settle(
    { at, by, flow }: PageOutcome,
    { key, as }: PageOutcome["settled"][number],
  ): void {
    const letter = openLetter(flow, key);
    if (letter === undefined) return;
    memory.letters.set(letter.id, {
      ...letter,
      state: as === "written" ? { kind: "written", by, at } : { kind: "superseded", at },
      history: [...letter.history, { at, by, what: as }],
      version: letter.version + 1,
    });
  }

  return {
    async look(flow, keys) {
      const links = linksOf(flow);
      const known = new Map<string, Known>();
      for (const key of keys) {
        const link = links.get(key) ?? null;
        const letter = knownLetter(flow, key);
        if (link !== null || letter !== null) known.set(key, { link, letter });
      }
      return known;
    },
    async linkedTo(flow, ids) {
      const wanted = new Set(ids);
      return new Map(
        [...linksOf(flow).values()]
          .filter(({ id }) => wanted.has(id))
          .map(({ id, key }) => [id, key]),
      );
    },
    async intend(flow, epoch, requests) {
      fence(flow, epoch);
      for (const request of requests) memory.intents.push({ flow, request });
    },
    async unanswered(flow) {
      return memory.intents.filter((intent) => intent.flow === flow).map(({ request }) => request);
    },
    async commit(page) {
      fence(page.flow, page.epoch);
      const links = linksOf(page.flow);
      for (const link of page.links) links.set(link.key, link);
      for (const key of page.unlinked) links.delete(key);
      for (const letter of page.letters) keepLetter(page, letter);
      for (const settled of page.settled) settle(page, settled);
      const answered = new Set(page.answered);
      memory.intents = memory.intents.filter(({ request }) => !answered.has(request.id));
      if (page.checkpoint !== undefined) memory.checkpoints.set(page.flow, page.checkpoint);
      const run = memory.runs.get(page.run);
      if (run !== undefined)
        memory.runs.set(run.id, { ...run, counts: addCounts(run.counts, page.counts) });
    },
    async checkpoint(flow) {
      return memory.checkpoints.get(flow) ?? null;
    },
    async keys(flow, after, limit) {
      const keys = [...linksOf(flow).keys()].sort();
      return keys.filter((key) => after === null || key > after).slice(0, limit);
    },
    async links(flow) {
      return linksOf(flow).size;
    },
  };
}

const addCounts = (a: Counts, b: Counts): Counts => ({
  read: a.read + b.read,
  created: a.created + b.created,
  updated: a.updated + b.updated,
  unchanged: a.unchanged + b.unchanged,
  filtered: a.filtered + b.filtered,
  deleted: a.deleted + b.deleted,
  deadLettered: a.deadLettered + b.deadLettered,
  held: a.held + b.held,
});
