import { fingerprint } from "#domain/cause.ts";
import type { Fields } from "#domain/fields.ts";
import type { Json } from "#domain/json.ts";
import type {
  DealSeen,
  Link,
  NewDeadLetter,
  PageOutcome,
  Printed,
  Settlement,
} from "#domain/ports/ledger.ts";
import { imbalance, noCounts, type Counts } from "#domain/run.ts";
import { signed } from "./checkpoint.ts";
import type { Claimed } from "./claimed.ts";
import type { Courier } from "./courier.ts";
import { dealsOf } from "./deals.ts";
import { eventsOf } from "./events.ts";
import { hasEffect, type Fate, type Item } from "./item.ts";
import type { Ports } from "./ports.ts";
import { BooksDoNotBalance } from "./stopped.ts";

/** The books of one page: one fate for each record read, stored in one statement. */
export type Books = {
  /** Records of the page that need nothing: read, and as they were. */
  quiet(records: number): void;
  settle(item: Item, fate: Fate): void;
  /** Deals that the page shows. */
  shows(deals: readonly DealSeen[]): void;
  /** The target's record of a link holds something else now: that record is to be written again. */
  disturb(id: string, stored: Link | null): void;
  /** What the other side holds of what was written for a key: it keeps it in a form of its own. */
  learn(key: string, held: Fields): void;
  /** Stores the whole page. @throws BooksDoNotBalance unless `read` records have their fate */
  close(read: number, checkpoint: Json | undefined, requests: Requests): Promise<void>;
  /**
   * Stores what has happened of a page that cannot be finished; the checkpoint stays, so that the rest
   * is read again. At most `letters` dead letters are kept.
   */
  closeEarly(letters: number, requests: Requests): Promise<void>;
  /** Stores that so many records were read and held back; the checkpoint stays. */
  hold(records: number): Promise<void>;
};

/** What is known of the requests that were made for it. */
type Requests = Pick<Courier, "answered" | "sendings">;

type Entry = { item: Item; fate: Fate };
type Part = Omit<PageOutcome, "run" | "flow" | "epoch" | "at" | "by">;

export function makeBooks(
  ports: Pick<Ports, "ledger" | "clock">,
  claimed: Claimed,
  stored: (letters: number) => Promise<void>,
): Books {
  const { run, flow, epoch, by, carried } = claimed;
  let quiet = 0;
  const entries: Entry[] = [];
  const deals: DealSeen[] = [];
  const disturbed = new Map<string, Link | null>();
  const learned = new Map<string, Fields>();

  function linksOf(part: readonly Entry[]): readonly Link[] {
    const links = part.flatMap(({ fate }) => linkOf(fate) ?? []).map(asHeld);
    const own = new Set(links.map(({ id }) => id));
    const others = [...disturbed.values()].flatMap((link) => link ?? []);
    return [
      ...others.filter(({ id }) => !own.has(id)).map(owed),
      ...links.map((link) => (disturbed.has(link.id) ? owed(link) : link)),
    ];
  }

  function asHeld(link: Link): Link {
    if (link.back === null) return link;
    const base = { ...link.back.base, ...learned.get(link.key) };
    return { ...link, back: { ...link.back, base } };
  }

  async function store(
    part: readonly Entry[],
    quiet: number,
    checkpoint: Json | undefined,
    { answered, sendings }: Requests,
    deals: readonly DealSeen[] = [],
  ): Promise<void> {
    await storeAll({
      checkpoint:
        checkpoint === undefined ? undefined : signed(checkpoint, run.id, claimed.day ?? null),
      counts: countsOf(part, quiet),
      links: linksOf(part),
      allNew: disturbed.size === 0 && part.every(linksAnew),
      arrived: part.some(arrives),
      prints: part.flatMap((entry) => printedOf(entry) ?? []),
      unlinked: part.flatMap(({ item, fate }) => [
        ...(unlinks(fate) ? [item.key] : []),
        ...(item.inherits !== undefined && linkOf(fate) !== null ? [item.inherits] : []),
      ]),
      letters: part.flatMap((entry) => letterOf(claimed, entry) ?? []),
      settled: part.flatMap((entry) => settlementOf(claimed, entry) ?? []),
      conflicts: part.flatMap(({ fate }) => (fate.kind === "held" ? fate.conflict : [])),
      agreed: part.flatMap((entry) => overFor(claimed, entry) ?? []),
      answered: [...answered],
      events: await eventsOf(claimed, part),
      ...(await dealsOf(claimed, part, deals)),
      sendings: [...sendings],
    });
  }

  async function storeAll(part: Part): Promise<void> {
    const outcome = { run: run.id, flow: flow.name, epoch, at: ports.clock.now(), by, ...part };
    await ports.ledger.commit(outcome);
    carried.attempts = 0;
    carried.waitingSince = null;
    await stored(outcome.letters.length);
  }

  return {
    quiet(records) {
      quiet += records;
    },
    settle(item, fate) {
      entries.push({ item, fate });
    },
    shows(shown) {
      deals.push(...shown);
    },
    disturb(id, stored) {
      disturbed.set(id, stored);
    },
    learn(key, held) {
      learned.set(key, held);
    },
    async close(read, checkpoint, requests) {
      const counts = countsOf(entries, quiet);
      if (counts.read !== read || imbalance(counts) !== 0)
        throw new BooksDoNotBalance(
          `The books of a page do not balance: ${read} read, ${counts.read} accounted for`,
        );
      await store(entries, quiet, checkpoint, requests, deals);
    },
    async closeEarly(letters, requests) {
      let room = letters;
      const part = entries.filter(({ fate }) => {
        if (fate.kind !== "dead") return hasEffect(fate);
        room -= 1;
        return room >= 0;
      });
      const { answered, sendings } = requests;
      if (part.length > 0 || answered.length > 0 || sendings.length > 0)
        await store(part, 0, undefined, requests);
    },
    hold: (records) =>
      storeAll({
        checkpoint: undefined,
        counts: { ...noCounts, read: records, held: records },
        links: [],
        unlinked: [],
        letters: [],
        settled: [],
        answered: [],
        conflicts: [],
        agreed: [],
        events: [],
      }),
  };
}

const columns = {
  created: "created",
  updated: "updated",
  unchanged: "unchanged",
  filtered: "filtered",
  deleted: "deleted",
  merged: "unchanged",
  held: "held",
  dead: "deadLettered",
} as const satisfies Record<Fate["kind"], keyof Counts>;

function countsOf(entries: readonly Entry[], quiet: number): Counts {
  const counts = { ...noCounts, read: quiet, unchanged: quiet };
  for (const { fate } of entries) {
    counts.read += 1;
    counts[columns[fate.kind]] += 1;
  }
  return counts;
}

/** No content has an empty hash: a link that says so is written again. */
const owed = (link: Link): Link => ({ ...link, hash: "" });

const linkOf = (fate: Fate): Link | null =>
  fate.kind === "created" ||
  fate.kind === "updated" ||
  fate.kind === "unchanged" ||
  fate.kind === "merged" ||
  fate.kind === "held"
    ? fate.link
    : null;

/** Nothing of it is linked yet, where it is going to be. */
const linksAnew = ({ item, fate }: Entry): boolean =>
  linkOf(fate) === null || (item.known.link === null && item.inherits === undefined);

/** Under a key that had no place at the target. */
function arrives({ item, fate }: Entry): boolean {
  const link = linkOf(fate);
  if (link === null) return false;
  return item.inherits !== undefined || item.known.link?.key !== link.key;
}

/** What is at the target as its source has it is told by its text from now on. */
function printedOf({ item: { key, content, print }, fate: { kind } }: Entry): Printed | null {
  const isThere = kind === "created" || kind === "updated" || kind === "unchanged";
  return isThere && print !== undefined ? { key, hash: content.hash, print } : null;
}

const unlinks = (fate: Fate): boolean =>
  fate.kind === "deleted" || fate.kind === "merged" || (fate.kind === "dead" && fate.unlink);

function letterOf({ flow }: Claimed, { item, fate }: Entry): NewDeadLetter | null {
  if (fate.kind !== "dead") return null;
  const { direction, problem } = fate;
  return {
    key: item.key,
    direction,
    problem,
    fingerprint: fingerprint(
      flow.name,
      direction === "read" ? flow.from : flow.to,
      direction,
      problem,
    ),
    fields: item.content.fields,
    hash: item.content.hash,
    raw: item.record.raw(),
  };
}

/** An open dead letter ends when its content was written, or when it does not matter any more. */
function settlementOf({ run }: Claimed, { item, fate }: Entry): Settlement | null {
  const { letter } = item.known;
  if (letter === null || letter.state === "discarded" || fate.kind === "dead") return null;
  const arrived =
    fate.kind === "created" ||
    fate.kind === "updated" ||
    fate.kind === "unchanged" ||
    fate.kind === "held";
  if (!arrived || letter.hash !== item.content.hash) return { key: item.key, as: "superseded" };
  // What a person made of it is written when they ask for it, by a retry.
  return { key: item.key, as: "written", asItIs: run.work.kind !== "retry" };
}

/** The key at the source of a record about which nobody has to decide any more. */
function overFor({ flow, way }: Claimed, { item, fate }: Entry): string | null {
  const { conflict, known, record } = item;
  if (flow.twoWay === null) return null;
  if (record.content.kind === "gone")
    return (way === "there" ? known.link?.key : known.link?.id) ?? null;
  if (conflict === undefined || fate.kind === "held") return null;
  const link = linkOf(fate);
  return link === null || link.back?.hash === "" ? null : conflict.key;
}
