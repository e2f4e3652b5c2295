import { MappingBroken } from "#domain/errors.ts";
import type { Json } from "#domain/json.ts";
import type { Page, SourceRecord } from "#domain/record.ts";
import { makeBooks } from "./books.ts";
import { lettersOfABrokenMapping } from "./breaker.ts";
import { readingFrom } from "./checkpoint.ts";
import type { Claimed } from "./claimed.ts";
import { compare, type Step } from "./compare.ts";
import { nothing } from "./content.ts";
import { makeCourier } from "./courier.ts";
import { check, count, tally } from "./guard.ts";
import { isNews, unknownYet, type Fate, type Item } from "./item.ts";
import { makeMatcher } from "./matcher.ts";
import type { Ports } from "./ports.ts";
import { maybeWritten } from "./problems.ts";
import { readAhead } from "./read-ahead.ts";
import { heirOf, inherit, lookUp, mergesIn } from "./merged.ts";
import { refer } from "./refer.ts";
import { makeReferences } from "./references.ts";
import { makeRules } from "./rules.ts";
import { sweep } from "./sweep.ts";
import type { Telling } from "./telling.ts";
import { loadUndecided } from "./undecided.ts";
import { settleUnanswered } from "./unanswered.ts";
import { opened, type Open } from "./open.ts";
import { writePage } from "./write-page.ts";

const pagesAhead = 2;

/** Reads, maps, compares, writes and commits page by page. @throws systemic errors, Stopped, Fenced */
export async function sync(
  ports: Ports,
  claimed: Claimed,
  about: { full: boolean; unguarded: boolean },
  telling: Telling,
): Promise<void> {
  const { flow, ends, carried, stop } = claimed;
  const { ledger } = ports;
  const matcher = makeMatcher(ports, claimed, claimed.carried.recent);
  const rules = makeRules(flow, ends, ports.hash);
  const references = makeReferences(ports.references, claimed);

  await settleUnanswered(ports, claimed, matcher, telling.stored);
  const undecided = await loadUndecided(ports, claimed);
  const guard = about.unguarded ? null : flow.guard;
  if (guard !== null)
    carried.guarded ??= { links: await ledger.links(flow.name), changes: 0, deletes: 0 };

  async function syncPage({ records, checkpoint }: Page): Promise<void> {
    const last = new Map(records.map((record) => [record.id, record]));
    const known = await lookUp(ledger, flow.name, [...last.values()]);
    const merges = mergesIn(last.values());
    const books = makeBooks(ports, claimed, telling.stored);
    const courier = makeCourier(ports, claimed, matcher);
    const open: Open[] = [];

    const begin = (record: SourceRecord): void => {
      const mapped = rules(record);
      const content = mapped.kind === "gone" ? nothing : mapped.content;
      const item: Item = {
        key: record.id,
        record,
        content,
        fields: content.fields,
        known: known.get(record.id) ?? unknownYet,
      };
      inherit(item, known, merges);
      const step = compare(item, mapped, flow.deletes, heirOf(record, known, last));
      const doubtful = undecided.has(item.key) && !isQuiet(step);
      if (doubtful) books.settle(item, stillInDoubt);
      else if (step.kind !== "settled") open.push(opened(item, step));
      else {
        books.settle(item, step.fate);
        if (step.fate.kind === "dead" && isNews(item))
          carried.breaker.refused(step.fate.direction, step.fate.problem);
      }
    };

    try {
      last.forEach(begin);
      carried.breaker.check();
      if (guard !== null && carried.guarded !== null) check(guard, carried.guarded, tally(open));
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
    books.doubled(records.length - last.size);
    await books.close(records.length, checkpoint, courier.answered);
    matcher.pageStored();
    if (carried.guarded !== null) count(carried.guarded, tally(open));
  }

  const stored = await ledger.checkpoint(flow.name);
  const from = readingFrom(stored, claimed.run.id, about.full);
  const seen = isSwept(claimed, from, about.full) ? new Set<string>() : null;
  const over = new AbortController();
  const signal = AbortSignal.any([stop, over.signal]);
  const estimated = estimate(ports, claimed, from, signal);
  try {
    const told = claimed.run.trigger.kind === "event";
    const pages = ends.source.pages(from, { gone: flow.deletes !== "ignore", told, signal });
    let last: Json | null = null;
    for await (const page of readAhead(pages, pagesAhead, () => over.abort())) {
      stop.throwIfAborted();
      await syncPage(page);
      if (seen !== null) for (const { id } of page.records) seen.add(id);
      last = page.checkpoint;
    }
    if (seen !== null && last !== null)
      for await (const page of sweep(ports, claimed, seen, last)) await syncPage(page);
    stop.throwIfAborted();
  } finally {
    over.abort();
    await estimated;
  }
}

/** Nothing to write and nothing to complain of. */
const isQuiet = (step: Step): boolean => step.kind === "settled" && step.fate.kind !== "dead";

const stillInDoubt: Fate = {
  kind: "dead",
  direction: "write",
  problem: maybeWritten("look at the target before you retry"),
  unlink: false,
};

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
