import type { FlowName } from "#domain/ids.ts";
import type { DealSeen, Ledger } from "#domain/ports/ledger.ts";
import type { Page, SourceRecord } from "#domain/record.ts";
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
  ports: Pick<Ports, "ledger" | "hash" | "clock">,
  claimed: Pick<Claimed, "flow" | "way"> & Reading,
  undecided: ReadonlySet<string>,
): (page: Page) => Promise<Looked> {
  const { ledger } = ports;
  const { flow, ends, way } = claimed;
  const rules = makeRules(flow, ends, ports);
  const comparing = { ...flow, upserts: ends.target.repeat === "upsert" };

  return async (page) => {
    const last = new Map<string, SourceRecord>();
    for (const record of page.records) last.set(record.id, record);
    const mapped = new Map<string, Mapped>();
    for (const [id, record] of last) mapped.set(id, rules(record));
    const { same, known } = await lookUp(ledger, flow.name, last, mapped);
    for (const record of await readAfresh(claimed, mapped, known)) {
      last.set(record.id, record);
      mapped.set(record.id, rules(record));
    }
    const merges = mergesIn(last.values());
    const open: Open[] = [];
    const settled: { item: Item; fate: Fate }[] = [];

    const begin = (record: SourceRecord, mapped: Mapped): void => {
      const content = mapped.kind === "gone" ? nothing : mapped.content;
      const item: Item = {
        key: record.id,
        record,
        content,
        fields: content.fields,
        known: known.get(record.id) ?? unknownYet,
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

    for (const [id, each] of mapped) {
      const record = last.get(id);
      if (record !== undefined && !same.has(id)) begin(record, each);
    }
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
  records: ReadonlyMap<string, SourceRecord>,
  mapped: ReadonlyMap<string, Mapped>,
) {
  const contents = new Map<string, string | null>();
  for (const [id, one] of mapped)
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
