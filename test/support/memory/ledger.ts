import { Fenced, Overtaken } from "#domain/errors.ts";
import { deadLetterId, type FlowName } from "#domain/ids.ts";
import { turned } from "#domain/link.ts";
import type {
  DealSeen,
  Known,
  Ledger,
  LedgerEnd,
  Link,
  NewDeadLetter,
  PageOutcome,
} from "#domain/ports/ledger.ts";
import type { Counts } from "#domain/run.ts";
import type { Way } from "#domain/truth.ts";
import { keepConflict, settleConflict } from "./conflicts.ts";
import type { MemoryEvents } from "./events.ts";
import type { Memory, StoredLetter } from "./memory.ts";

/** The ledger in memory. What it stores, it stores in one synchronous step. */
export const memoryLedger = (memory: Memory, events?: MemoryEvents): Ledger => ({
  ...ledgerEnd(memory, "there", events),
  back: ledgerEnd(memory, "back", events),
});

function ledgerEnd(memory: Memory, way: Way, events: MemoryEvents | undefined): LedgerEnd {
  const rowsOf = (flow: FlowName): Map<string, Link> => {
    const links = memory.links.get(flow) ?? new Map<string, Link>();
    memory.links.set(flow, links);
    return links;
  };
  const asStored = (link: Link): Link => (way === "there" ? link : turned(link));
  /** By their keys as this end has them. */
  const linksOf = (flow: FlowName): Map<string, Link> =>
    way === "there"
      ? rowsOf(flow)
      : new Map([...rowsOf(flow).values()].map((link) => [link.id, turned(link)]));
  /** With a link ends what a person was asked about its two records. */
  const forget = (page: PageOutcome, key: string, except: string | null = null): void => {
    for (const [row, link] of rowsOf(page.flow)) {
      if ((way === "there" ? row : link.id) !== key || row === except) continue;
      rowsOf(page.flow).delete(row);
      settleConflict(memory, page, row);
    }
  };
  const isOf = (flow: FlowName, { key, hash }: Link, asked: string | null): boolean =>
    hash === asked ||
    (way === "there" && hash !== "" && memory.prints.get(textOf(flow, key)) === asked);
  const checkpoints = way === "there" ? memory.checkpoints : memory.backCheckpoints;
  const lettersOf = (flow: FlowName, key: string): StoredLetter[] =>
    [...memory.letters.values()].filter(
      (letter) => letter.flow === flow && letter.way === way && letter.key === key,
    );
  const openLetter = (flow: FlowName, key: string): StoredLetter | undefined =>
    lettersOf(flow, key).find(({ state }) => state.kind === "open" || state.kind === "retrying");
  const fence = (flow: FlowName, epoch: number): void => {
    if (memory.epochs.get(flow) !== epoch) throw new Fenced("Another worker has the flow");
  };

  const asSeen = ({ flow, mirrors }: PageOutcome): void => {
    if (mirrors !== undefined && mirrors.seen !== (memory.mirrored.get(flow) ?? 0))
      throw new Overtaken("Another flow has stored links of this one");
  };

  const knownLetter = (flow: FlowName, key: string): Known["letter"] => {
    const letter =
      openLetter(flow, key) ??
      lettersOf(flow, key).findLast(({ state }) => state.kind === "discarded");
    if (letter === undefined) return null;
    const { kind } = letter.state;
    if (kind !== "open" && kind !== "retrying" && kind !== "discarded") return null;
    return {
      state: kind,
      hash: letter.hash,
      ...(letter.edited !== null && { edited: letter.edited }),
      ...(letter.problem.class === "ambiguous_match" && { unmatched: true as const }),
    };
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
        way,
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
      incident: there.fingerprint === fresh.fingerprint ? there.incident : null,
      edited: there.hash === fresh.hash ? there.edited : null,
      state: { kind: "open" },
      attempts: there.attempts + 1,
      lastSeen: at,
      run,
      history: [
        ...there.history,
        there.hash !== fresh.hash && there.edited !== null
          ? { ...entry, what: `${entry.what} (changed at its source since it was corrected)` }
          : entry,
      ],
      version: there.version + 1,
    });
  }

  function settle(
    { at, by, flow }: PageOutcome,
    { key, as, asItIs }: PageOutcome["settled"][number],
  ): void {
    const letter = openLetter(flow, key);
    if (letter === undefined) return;
    const became = {
      written: { kind: "written", by, at },
      superseded: { kind: "superseded", at },
      earlier: letter.state,
    } as const;
    const what = {
      written:
        asItIs === true && letter.edited !== null
          ? "written as its source has it, not as it was corrected"
          : as,
      superseded: as,
      earlier: "Written as it was before it was corrected",
    };
    memory.letters.set(letter.id, {
      ...letter,
      state: became[as],
      history: [...letter.history, { at, by, what: what[as] }],
      version: letter.version + 1,
    });
  }

  function keepTold({ events: told, deals, sendings = [], at }: PageOutcome): void {
    memory.sendings.push(...sendings);
    told.forEach((event) => events?.keep(event, at));
    for (const { key, won, before, event } of deals?.seen ?? []) {
      const place = JSON.stringify([deals?.at, key]);
      const known = memory.deals.get(place);
      memory.deals.set(place, won);
      if (won && hasTurned(known, before) && event !== null) events?.keep(event, at);
    }
  }

  function keepLinks(page: PageOutcome): void {
    for (const link of page.links) {
      const stored = asStored(link);
      if (way === "back") forget(page, link.key, stored.key);
      rowsOf(page.flow).set(stored.key, stored);
      memory.prints.delete(textOf(page.flow, stored.key));
    }
    for (const { key, hash, print } of page.prints ?? [])
      if (rowsOf(page.flow).get(key)?.hash === hash)
        memory.prints.set(textOf(page.flow, key), print);
  }

  /** The same links from the end of a flow that goes the other way. */
  function keepMirror(mirror: FlowName, { links, unlinked }: PageOutcome): void {
    const rows = rowsOf(mirror);
    for (const [key, { id }] of rows)
      if (unlinked.includes(id) || links.some((link) => link.key === id && link.id !== key))
        rows.delete(key);
    for (const link of links) {
      rows.set(link.id, turned(link));
      memory.prints.delete(textOf(mirror, link.id));
    }
    memory.mirrored.set(mirror, (memory.mirrored.get(mirror) ?? 0) + 1);
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
    async compare(flow, contents) {
      const links = linksOf(flow);
      const same = new Set<string>();
      const known = new Map<string, Known>();
      for (const [key, hash] of contents) {
        const link = links.get(key) ?? null;
        const letter = knownLetter(flow, key);
        if (link !== null && letter === null && isOf(flow, link, hash)) same.add(key);
        else if (link !== null || letter !== null) known.set(key, { link, letter });
      }
      return { same, known };
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
      memory.left.delete(flow);
      for (const request of requests) memory.intents.push({ flow, way, request });
    },
    async unanswered(flow) {
      const own = memory.intents.filter((intent) => intent.flow === flow && intent.way === way);
      const left = memory.left.get(flow);
      const silentMs =
        left === undefined ? 0 : memory.clock.now().since(left).total("milliseconds");
      return { requests: own.map(({ request }) => request), silentMs };
    },
    async commit(page) {
      fence(page.flow, page.epoch);
      asSeen(page);
      for (const key of page.unlinked) forget(page, key);
      keepLinks(page);
      page.mirrors?.flows.forEach((mirror) => keepMirror(mirror, page));
      for (const conflict of page.conflicts) keepConflict(memory, page, conflict);
      for (const key of page.agreed) settleConflict(memory, page, key);
      for (const letter of page.letters) keepLetter(page, letter);
      for (const settled of page.settled) settle(page, settled);
      keepTold(page);
      const answered = new Set(page.answered);
      memory.intents = memory.intents.filter(({ request }) => !answered.has(request.id));
      if (page.checkpoint !== undefined) checkpoints.set(page.flow, page.checkpoint);
      const run = memory.runs.get(page.run);
      if (run !== undefined)
        memory.runs.set(run.id, {
          ...run,
          counts: addCounts(run.counts, page.counts),
          arrived: run.arrived || page.arrived === true,
        });
    },
    async mirrored(flow) {
      return memory.mirrored.get(flow) ?? 0;
    },
    async checkpoint(flow) {
      return checkpoints.get(flow) ?? null;
    },
    async keys(flow, after, limit) {
      const keys = [...linksOf(flow).keys()].sort();
      return keys.filter((key) => after === null || key > after).slice(0, limit);
    },
    async owed(flow, after, limit) {
      const keys = [...linksOf(flow).values()]
        .filter(({ hash }) => hash === "")
        .map(({ key }) => key)
        .sort();
      return keys.filter((key) => after === null || key > after).slice(0, limit);
    },
    async isNew(flow) {
      const letters = [...memory.letters.values()];
      return rowsOf(flow).size === 0 && !letters.some((letter) => letter.flow === flow);
    },
    async links(flow) {
      return rowsOf(flow).size;
    },
  };
}

const textOf = (flow: FlowName, key: string): string => JSON.stringify([flow, key]);

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

/** Of a deal that is won now: whether it was not when it was seen last. */
const hasTurned = (known: boolean | undefined, before: DealSeen["before"]): boolean =>
  known !== true && (before ?? (known === false ? "not won" : "won")) === "not won";
