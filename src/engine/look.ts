import type { Page, SourceRecord } from "#domain/record.ts";
import type { Claimed } from "./claimed.ts";
import { compare, takingPart, type Step } from "./compare.ts";
import { nothing } from "./content.ts";
import { unknownYet, type Fate, type Item } from "./item.ts";
import { heirOf, inherit, lookUp, mergesIn } from "./merged.ts";
import { opened, type Open } from "./open.ts";
import type { Ports } from "./ports.ts";
import { maybeWritten } from "./problems.ts";
import { makeRules } from "./rules.ts";

/** A page compared with what the ledger remembers: what is to be done, and what needs nothing more. */
export type Looked = {
  page: Page;
  /** Records that came twice in it. */
  doubled: number;
  open: readonly Open[];
  settled: readonly { item: Item; fate: Fate }[];
};

/** Maps and compares a page; asks nothing of the tools and writes nothing. */
export function makeLook(
  ports: Pick<Ports, "ledger" | "hash" | "clock">,
  { flow, ends, way }: Pick<Claimed, "flow" | "ends" | "way">,
  undecided: ReadonlySet<string>,
): (page: Page) => Promise<Looked> {
  const { ledger } = ports;
  const rules = makeRules(flow, ends, ports);

  return async (page) => {
    const last = new Map(page.records.map((record) => [record.id, record]));
    const known = await lookUp(ledger, flow.name, [...last.values()]);
    const merges = mergesIn(last.values());
    const open: Open[] = [];
    const settled: { item: Item; fate: Fate }[] = [];

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
      const step = compare(item, takingPart(mapped, item, way), flow, heirOf(record, known, last));
      const doubtful = undecided.has(item.key) && !isQuiet(step);
      if (doubtful) settled.push({ item, fate: stillInDoubt });
      else if (step.kind === "settled") settled.push({ item, fate: step.fate });
      else open.push(opened(item, step));
    };

    last.forEach(begin);
    return { page, doubled: page.records.length - last.size, open, settled };
  };
}

/** Nothing to write and nothing to complain of. */
const isQuiet = (step: Step): boolean => step.kind === "settled" && step.fate.kind !== "dead";

export const stillInDoubt: Fate = {
  kind: "dead",
  direction: "write",
  problem: maybeWritten("look at the target before you retry"),
  unlink: false,
};
