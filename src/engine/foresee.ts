import { Held } from "#domain/errors.ts";
import type { Json } from "#domain/json.ts";
import type { Page } from "#domain/record.ts";
import type { Guarded } from "./carried.ts";
import type { Claimed } from "./claimed.ts";
import { foresightOf, heldText, isAct, isWithin, markOf, none, plus, type Tally } from "./guard.ts";
import type { Looked } from "./look.ts";
import { keepRest, type Rest } from "./keep-rest.ts";
import { letThrough } from "./let-through.ts";
import type { Ports } from "./ports.ts";

/** So many records are kept while it is seen whether there are more; then the rest is read twice. */
const keptAtMost = 2_000;
/** As many of them as are handled together. */
const together = 1_000;

type Reading = {
  /** All pages from a checkpoint on, those of a sweep included, each of them looked at. */
  looks(from: Json | null): AsyncIterable<Looked>;
  /** How far what is stored has come. */
  stored(): Promise<Json | null>;
  look(page: Page): Promise<Looked>;
  /** Tells that so many records were only looked at. */
  lookedAt(records: number): void;
  /** Puts in the books that so many records are held. */
  held(records: number): Promise<void>;
};

/**
 * The pages of a run, compared, with the guard before them. Pages pass at once until the first that would
 * change or archive a linked record; then the rest of the run is foreseen whole, by comparing alone,
 * before that page passes. A short rest is kept meanwhile and read once; a long one is read twice. What
 * comes after that and was not foreseen counts as well.
 * @throws Held with what the run would do, before anything of it is written
 */
export function makeGuard(
  { hash, ledger }: Pick<Ports, "hash" | "ledger">,
  { flow, carried, way }: Pick<Claimed, "flow" | "carried" | "way">,
  approved: string | null,
  { looks, stored, look, lookedAt, held }: Reading,
) {
  const { guard } = flow;
  const half = carried.ways[way];

  async function* pages(from: Json | null): AsyncGenerator<Looked, void> {
    if (guard === null) yield* looks(from);
    else {
      const guarded = (half.guarded ??= freshly(await ledger.links(flow.name)));
      while (yield* round(guarded));
    }
  }

  /** True when there is more, to be read from what is stored. */
  async function* round(guarded: Guarded): AsyncGenerator<Looked, boolean> {
    if (guarded.foreseen?.over === false) await foreseeTheRest(guarded, guarded.foreseen);
    const reading = looks(await stored())[Symbol.asyncIterator]();
    try {
      for (;;) {
        const next = await reading.next();
        if (next.done === true) return false;
        const looked = next.value;
        if (passes(guarded, looked)) yield looked;
        else {
          const { acts, others } = apart(looked);
          if (others.read > 0) yield others;
          const kept = await foresee(guarded, acts, reading);
          if (kept === null) return true;
          yield acts;
          for (const { page, quiet } of kept) {
            // Looked at again: what was written meanwhile may have changed what is to be done.
            const again = await look(page);
            const later = { ...again, read: again.read + quiet, quiet: again.quiet + quiet };
            if (!passes(guarded, later)) return true;
            yield later;
          }
          return false;
        }
      }
    } finally {
      await reading.return?.();
    }
  }

  /** Whether nothing of the page needs to be foreseen, or all of it was. */
  function passes(guarded: Guarded, { open }: Looked): boolean {
    const acts = open.filter(isAct);
    if (acts.length === 0) return true;
    if (guarded.foreseen?.over !== true) return false;
    const { through } = guarded.foreseen;
    const fits =
      through === null
        ? isWithin(guardOf(), guarded.linked, acts.reduce(counted, guarded.done))
        : acts.every((act) => through.has(markOf(hash, act)));
    if (!fits) guarded.foreseen = null;
    return fits;
  }

  /** The rest after this page, as long as it is short; null when it is to be read again. */
  async function foresee(
    guarded: Guarded,
    first: Looked,
    reading: AsyncIterator<Looked>,
  ): Promise<readonly Rest[] | null> {
    const begun = begin(await stored());
    guarded.foreseen = begun;
    const rest = keepRest(together, keptAtMost);
    let tally = add(begun, none, first);
    for (;;) {
      const next = await reading.next();
      if (next.done === true) break;
      tally = add(begun, tally, next.value);
      rest.add(next.value);
    }
    await decide(guarded, tally);
    return rest.kept();
  }

  /** Goes on with a foresight that had to wait for the source. */
  async function foreseeTheRest(guarded: Guarded, begun: Begun): Promise<void> {
    begun.marks?.cut(begun.sofar.marked);
    let { tally } = begun.sofar;
    for await (const looked of looks(begun.sofar.at)) tally = add(begun, tally, looked);
    await decide(guarded, tally);
  }

  const begin = (at: Json | null): Begun => ({
    over: false,
    sofar: { at, tally: none, marked: 0 },
    marks: approved === null ? null : letThrough(),
  });

  /** A page more; once the checkpoint moves, a wait does not make us read what was before it again. */
  function add(begun: Begun, before: Tally, { page, read, open }: Looked): Tally {
    lookedAt(read);
    let tally = before;
    for (const act of open.filter(isAct)) {
      const mark = markOf(hash, act);
      begun.marks?.add(mark);
      tally = plus(tally, act, mark);
    }
    const at = page.checkpoint;
    if (JSON.stringify(at) !== JSON.stringify(begun.sofar.at))
      begun.sofar = { at, tally, marked: begun.marks?.size() ?? 0 };
    return tally;
  }

  async function decide(guarded: Guarded, tally: Tally): Promise<void> {
    const { done, linked, foreseen } = guarded;
    const whole = { changes: done.changes + tally.changes, deletes: done.deletes + tally.deletes };
    const marks = foreseen?.over === false ? foreseen.marks : null;
    if (isWithin(guardOf(), linked, whole)) {
      guarded.foreseen = { over: true, through: null };
      return;
    }
    const foresight = foresightOf(hash, linked, tally);
    if (marks !== null && foresight.set === approved) {
      guarded.foreseen = { over: true, through: marks.sealed() };
      return;
    }
    await held(tally.changes + tally.deletes);
    throw new Held(
      approved === null
        ? heldText(guardOf(), linked, foresight)
        : `What was approved is not what there is to do now. ${heldText(guardOf(), linked, foresight)}`,
      foresight,
    );
  }

  const guardOf = () => {
    if (guard === null) throw new Error("a flow without a guard is not foreseen");
    return guard;
  };

  return {
    pages,
    /** A page is through: it counts against what the rest of the run may do. */
    passed({ open }: Looked): void {
      if (half.guarded === null) return;
      half.guarded.done = open.reduce(counted, half.guarded.done);
    },
  };
}

/** What is not held, whatever else is on its page; and the acts that may be. */
function apart(looked: Looked): { acts: Looked; others: Looked } {
  const { page, read, open } = looked;
  const acts = open.filter(isAct);
  const keys = new Set(acts.map(({ item }) => item.key));
  const pageOf = (of: boolean): Page => ({
    ...page,
    records: page.records.filter(({ id }) => keys.has(id) === of),
  });
  return {
    acts: { page: pageOf(true), read: acts.length, quiet: 0, open: acts, settled: [], deals: [] },
    others: {
      ...looked,
      page: pageOf(false),
      read: read - acts.length,
      open: open.filter((one) => !isAct(one)),
      partial: true,
    },
  };
}

type Begun = Extract<NonNullable<Guarded["foreseen"]>, { over: false }>;

const freshly = (linked: number): Guarded => ({
  linked,
  done: { changes: 0, deletes: 0 },
  foreseen: null,
});

const counted = (done: Guarded["done"], { first }: Looked["open"][number]): Guarded["done"] => ({
  changes: done.changes + (first === "update" ? 1 : 0),
  deletes: done.deletes + (first === "archive" ? 1 : 0),
});
