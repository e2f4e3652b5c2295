import type { FlowName } from "#domain/ids.ts";
import type { DealSeen, Ledger } from "#domain/ports/ledger.ts";
import { asRead, type Page, type PageRecord, type SourceRecord } from "#domain/record.ts";
import { readAfresh, type Reading } from "./afresh.ts";
import type { Claimed } from "./claimed.ts";
import { compare, takingPart, type Step } from "./compare.ts";
import { nothing } from "./content.ts";
import { dealsShown } from "./deals.ts";
import { unknownYet, type Fate, type Item } from "./item.ts";
import { heirOf, inherit, mergedWith, mergesIn } from "./merged.ts";
import { opened, type Open } from "./open.ts";
import { seenAsWritten } from "./once-there.ts";
import type { Ports } from "./ports.ts";
import { makePrint } from "./print.ts";
import { maybeWritten } from "./problems.ts";
import { makeRules, type Mapped } from "./rules.ts";

/** A page compared with what the ledger remembers: what is to be done, and what needs nothing more. */
export type Looked = {
  page: Page;
  /** How many records it stands for. */
  read: number;
  /** Those that need nothing, not even to be remembered: copies, and what is as it was. */
  quiet: number;
  /** Only a part of the page: nothing of it is over until the rest is. */
  partial?: true;
  open: readonly Open[];
  settled: readonly { item: Item; fate: Fate }[];
  deals: readonly DealSeen[];
};

/** Maps and compares a page; writes nothing, and asks the tools only for what may be older than it is known. */
export function makeLook(
  ports: Pick<Ports, "hash" | "clock"> & { ledger: Pick<Ledger, "compare"> },
  claimed: Pick<Claimed, "flow" | "way"> & Reading,
  undecided: ReadonlySet<string>,
): (page: Page) => Promise<Looked> {
  const { ledger } = ports;
  const { flow, ends, way } = claimed;
  const printOf = makePrint(flow, claimed, ports);
  const rules = makeRules(flow, ends, ports);
  const comparing = { ...flow, upserts: ends.target.repeat === "upsert" };

  return async (page) => {
    const last = new Map<string, PageRecord>();
    for (const record of page.records) last.set(record.id, record);
    const mapped = new Map<string, { record: SourceRecord; made: Mapped }>();
    const understand = (record: SourceRecord): void => {
      last.set(record.id, record);
      mapped.set(record.id, { record, made: rules(record) });
    };
    const prints = new Map<string, string>();
    for (const [id, record] of last) {
      const print = printOf(record);
      if (print === undefined) understand(asRead(record));
      else prints.set(id, print);
    }
    const { same, known } = await lookUp(ledger, flow.name, last, { mapped, prints });
    for (const id of prints.keys()) {
      const record = last.get(id);
      if (record !== undefined && !same.has(id)) understand(asRead(record));
    }
    for (const record of await readAfresh(claimed, mapped, known)) understand(record);
    const merges = mergesIn(last.values());
    const open: Open[] = [];
    const settled: { item: Item; fate: Fate }[] = [];

    const begin = (record: SourceRecord, mapped: Mapped): void => {
      const content = mapped.kind === "gone" ? nothing : mapped.content;
      const print = prints.get(record.id);
      const item: Item = {
        key: record.id,
        record,
        content,
        fields: content.fields,
        known: known.get(record.id) ?? unknownYet,
        ...(print !== undefined && { print }),
      };
      inherit(item, known, merges);
      item.known = seenAsWritten(item.known, content.fields);
      const step = compare(
        item,
        takingPart(mapped, item, way),
        comparing,
        heirOf(record, known, last),
      );
      const doubtful = undecided.has(item.key) && !isQuiet(step);
      if (doubtful) settled.push({ item, fate: stillInDoubt });
      else if (step.kind === "settled") settled.push({ item, fate: step.fate });
      else open.push(opened(item, step));
    };

    for (const [id, { record, made }] of mapped) if (!same.has(id)) begin(record, made);
    const read = page.records.length;
    const isNew = (id: string) => !same.has(id) && (known.get(id)?.link ?? null) === null;
    const deals = dealsShown({ flow, ends }, last.values(), isNew);
    return { page, read, quiet: read - last.size + same.size, open, settled, deals };
  };
}

/**
 * What is known of these records, and of those that were merged with them. What the flow looks at is only
 * asked whether it is as it was.
 */
async function lookUp(
  ledger: Pick<Ledger, "compare">,
  flow: FlowName,
  records: ReadonlyMap<string, PageRecord>,
  {
    mapped,
    prints,
  }: { mapped: ReadonlyMap<string, { made: Mapped }>; prints: ReadonlyMap<string, string> },
) {
  const contents = new Map<string, string | null>(prints);
  for (const [id, { made: one }] of mapped)
    contents.set(id, one.kind === "live" || one.kind === "invalid" ? one.content.hash : null);
  for (const record of records.values())
    for (const id of mergedWith(record)) contents.set(id, null);
  return ledger.compare(flow, contents);
}

/** Nothing to write and nothing to complain of. */
const isQuiet = (step: Step): boolean => step.kind === "settled" && step.fate.kind !== "dead";

export const stillInDoubt: Fate = {
  kind: "dead",
  direction: "write",
  problem: maybeWritten("look at the target before you retry"),
  unlink: false,
};
