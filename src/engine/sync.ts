import type { Json } from "#domain/json.ts";
import type { Page } from "#domain/record.ts";
import { makeAppetite } from "./appetite.ts";
import { makeBooks } from "./books.ts";
import { carryOut } from "./carry-out.ts";
import { daySigned, dayToRead, readingFrom } from "./checkpoint.ts";
import type { Claimed } from "./claimed.ts";
import { firstRun } from "./first-run.ts";
import { makeGuard } from "./foresee.ts";
import { isAct } from "./guard.ts";
import { makeLook, type Looked } from "./look.ts";
import { lookAhead } from "./look-ahead.ts";
import { openPass } from "./pass.ts";
import type { Ports } from "./ports.ts";
import { readAhead } from "./read-ahead.ts";
import { isSwept, sweep } from "./sweep.ts";
import type { Telling } from "./telling.ts";
import { makeUnderWay } from "./under-way.ts";
import { loadUndecided } from "./undecided.ts";

/** So long a page waits for the next ones: a tool that answers quickly has sent several by then. */
const momentMs = 25;

/** Reads, maps, compares, writes and commits page by page. @throws systemic errors, Stopped, Fenced */
export async function sync(
  ports: Ports,
  given: Claimed,
  about: { full: boolean; approved: string | null },
  telling: Telling,
): Promise<void> {
  const { flow, ends, stop, run } = given;
  const { ledger } = ports;
  const reading = { run: run.id, full: about.full, day: dayToRead(flow, ports.clock.now()) };
  const before = await ledger.checkpoint(flow.name);
  const claimed = { ...given, day: daySigned(before, reading) };
  if (flow.twoWay !== null) await carryOut(ports, claimed, telling);
  const lookAt = makeLook(
    { ...ports, ledger: before === null ? await firstRun(ledger, claimed) : ledger },
    claimed,
    await loadUndecided(ports, claimed, claimed.carried.ways[claimed.way].inDoubt),
  );
  const pass = openPass(ports, claimed, telling);
  const underWay = makeUnderWay();
  const appetite = makeAppetite(ports.clock);
  const look = async (page: Page): Promise<Looked> => {
    await underWay.clear(page);
    return lookAt(page);
  };
  const stored = async (): Promise<Json | null> => {
    await underWay.stored();
    return readingFrom(await ledger.checkpoint(flow.name), reading);
  };
  const from = await stored();
  const seen = isSweptNow(claimed, from, about.full) ? new Set<string>() : null;
  const over = new AbortController();
  const signal = AbortSignal.any([stop, over.signal]);
  const estimated = estimate(ports, claimed, from, signal);

  async function* read(since: Json | null, signal: AbortSignal): AsyncGenerator<Page> {
    const enough = new AbortController();
    const about = {
      gone: flow.deletes !== "ignore",
      told: claimed.run.trigger.kind === "event",
      // Of a first read all is looked into.
      later: before !== null,
      signal: AbortSignal.any([signal, enough.signal]),
    };
    let last: Json | null = null;
    for await (const page of readAhead(ends.source.pages(since, about), {
      together: appetite.records,
      moment: (signal) => ports.clock.sleep(momentMs, signal),
      close: () => enough.abort(),
    })) {
      if (seen !== null) for (const { id } of page.records) seen.add(id);
      last = page.checkpoint;
      yield page;
    }
    if (seen !== null && last !== null)
      yield* sweep(ports, { ...claimed, stop: signal }, seen, last);
  }
  function looks(since: Json | null): AsyncGenerator<Looked> {
    const enough = new AbortController();
    return lookAhead(read(since, AbortSignal.any([signal, enough.signal])), look, {
      mayGoAhead: flow.twoWay === null && claimed.spoke === null,
      close: () => enough.abort(),
    });
  }
  const held = (records: number): Promise<void> =>
    makeBooks(ports, claimed, telling.stored).hold(records);
  const { lookedAt } = appetite;
  const guard = makeGuard(ports, claimed, about.approved, { looks, stored, look, lookedAt, held });
  try {
    for await (const looked of guard.pages(from)) {
      stop.throwIfAborted();
      const work = appetite.working();
      const passed = await pass(looked, looked.partial ? undefined : looked.page.checkpoint);
      underWay.began(looked, passed);
      // What the guard counts is stored before more of it is let through; so is what has two sides.
      if (flow.twoWay !== null || looked.open.some(isAct)) await passed.stored;
      guard.passed(looked);
      work.done(looked.read);
    }
    await underWay.stored();
    stop.throwIfAborted();
  } finally {
    over.abort();
    await estimated;
    await underWay.stored().catch(() => undefined);
  }
}

/**
 * Whether deletes are looked for one by one once this read is over. Not for every event: what it did not
 * name is looked for by the next read that nothing but time has started.
 */
function isSweptNow({ run, flow, ends }: Claimed, from: Json | null, full: boolean): boolean {
  const { sweeps } = ends.source;
  if (!isSwept(flow, ends.source) || isTold(run)) return false;
  return sweeps === "every_run" || full || from === null;
}

const isTold = ({ trigger }: Claimed["run"]): boolean =>
  trigger.kind === "event" || trigger.kind === "published";

/** How many records to expect; a tool that cannot say now will fail the read itself. */
async function estimate(
  ports: Pick<Ports, "runs" | "log">,
  { run, ends, flow, spoke }: Claimed,
  from: Json | null,
  signal: AbortSignal,
): Promise<void> {
  // A run that also reads the other side would need two estimates, one of them after the first half.
  if (run.total !== null || (flow.twoWay !== null && spoke === null)) return;
  try {
    const total = await ends.source.estimate(from, signal);
    if (total !== null) await ports.runs.setTotal(run.id, total);
  } catch (error) {
    if (!signal.aborted) ports.log.info("The source gave no estimate", { run: run.id, error });
  }
}
