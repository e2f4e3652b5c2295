import { MappingBroken } from "#domain/errors.ts";
import type { Json } from "#domain/json.ts";
import type { Page } from "#domain/record.ts";
import { makeBooks } from "./books.ts";
import { lettersOfABrokenMapping } from "./breaker.ts";
import { readingFrom } from "./checkpoint.ts";
import type { Claimed } from "./claimed.ts";
import { makeCourier } from "./courier.ts";
import { makeGuard } from "./foresee.ts";
import { isNews } from "./item.ts";
import { makeLook, stillInDoubt, type Looked } from "./look.ts";
import { makeMatcher } from "./matcher.ts";
import type { Ports } from "./ports.ts";
import { readAhead } from "./read-ahead.ts";
import { refer } from "./refer.ts";
import { makeReferences } from "./references.ts";
import { sweep } from "./sweep.ts";
import type { Telling } from "./telling.ts";
import { loadUndecided } from "./undecided.ts";
import { settleUnanswered } from "./unanswered.ts";
import { writePage } from "./write-page.ts";

const pagesAhead = 2;

/** Reads, maps, compares, writes and commits page by page. @throws systemic errors, Stopped, Fenced */
export async function sync(
  ports: Ports,
  claimed: Claimed,
  about: { full: boolean; approved: string | null },
  telling: Telling,
): Promise<void> {
  const { flow, ends, carried, stop } = claimed;
  const { ledger } = ports;
  const matcher = makeMatcher(ports, claimed, claimed.carried.recent);
  const references = makeReferences(ports.references, claimed);

  await settleUnanswered(ports, claimed, matcher, telling.stored);
  const look = makeLook(ports, claimed, await loadUndecided(ports, claimed));

  async function syncPage({ page, doubled, open, settled }: Looked): Promise<void> {
    const books = makeBooks(ports, claimed, telling.stored);
    const courier = makeCourier(ports, claimed, matcher);
    for (const { item, fate } of settled) {
      books.settle(item, fate);
      if (fate.kind === "dead" && fate !== stillInDoubt && isNews(item))
        carried.breaker.refused(fate.direction, fate.problem);
    }
    try {
      carried.breaker.check();
      await writePage(
        { ledger: ports.ledger, claimed, matcher, courier, books, judge: true },
        await refer(references, open, books),
      );
    } catch (error) {
      await books.closeEarly(
        error instanceof MappingBroken ? lettersOfABrokenMapping : Infinity,
        courier.answered,
      );
      throw error;
    }
    books.doubled(doubled);
    await books.close(page.records.length, page.checkpoint, courier.answered);
    matcher.pageStored();
  }

  const stored = async (): Promise<Json | null> =>
    readingFrom(await ledger.checkpoint(flow.name), claimed.run.id, about.full);
  const from = await stored();
  const seen = isSwept(claimed, from, about.full) ? new Set<string>() : null;
  const over = new AbortController();
  const signal = AbortSignal.any([stop, over.signal]);
  const estimated = estimate(ports, claimed, from, signal);

  async function* read(since: Json | null): AsyncGenerator<Page> {
    const enough = new AbortController();
    const about = {
      gone: flow.deletes !== "ignore",
      told: claimed.run.trigger.kind === "event",
      signal: AbortSignal.any([signal, enough.signal]),
    };
    let last: Json | null = null;
    for await (const page of readAhead(ends.source.pages(since, about), pagesAhead, () =>
      enough.abort(),
    )) {
      if (seen !== null) for (const { id } of page.records) seen.add(id);
      last = page.checkpoint;
      yield page;
    }
    if (seen !== null && last !== null) yield* sweep(ports, claimed, seen, last);
  }
  const held = (records: number): Promise<void> =>
    makeBooks(ports, claimed, telling.stored).hold(records);
  const guard = makeGuard(ports, claimed, about.approved, { read, stored, look, held });
  try {
    for await (const looked of guard.pages(from)) {
      stop.throwIfAborted();
      await syncPage(looked);
      guard.stored(looked);
    }
    stop.throwIfAborted();
  } finally {
    over.abort();
    await estimated;
  }
}

/**
 * Whether deletes are looked for one by one once this read is over. Not for every event: what it did not
 * name is looked for by the next read that nothing but time has started.
 */
function isSwept({ run, flow, ends }: Claimed, from: Json | null, full: boolean): boolean {
  const { sweeps } = ends.source;
  if (flow.deletes === "ignore" || sweeps === "never" || run.trigger.kind === "event") return false;
  return sweeps === "every_run" || full || from === null;
}

/** How many records to expect; a tool that cannot say now will fail the read itself. */
async function estimate(
  ports: Pick<Ports, "runs" | "log">,
  { run, ends }: Claimed,
  from: Json | null,
  signal: AbortSignal,
): Promise<void> {
  if (run.total !== null) return;
  try {
    const total = await ends.source.estimate(from, signal);
    if (total !== null) await ports.runs.setTotal(run.id, total);
  } catch (error) {
    if (!signal.aborted) ports.log.info("The source gave no estimate", { run: run.id, error });
  }
}
