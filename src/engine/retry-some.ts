import { chosenTarget, payload, separate, type DeadLetter } from "#domain/dead-letter.ts";
import { entityOf } from "#domain/entities/index.ts";
import type { Hash } from "#domain/ports/world.ts";
import type { SourceRecord, TargetRecord } from "#domain/record.ts";
import { loadConflicts } from "./asked.ts";
import { makeBooks } from "./books.ts";
import type { Claimed } from "./claimed.ts";
import { compare, takingPart } from "./compare.ts";
import { nothing, without } from "./content.ts";
import { correctionOf } from "./correction.ts";
import { makeCourier } from "./courier.ts";
import { unknownYet, type Item } from "./item.ts";
import { makeMatcher } from "./matcher.ts";
import { opened, type Open } from "./open.ts";
import type { Ports } from "./ports.ts";
import { chosenIsGone, linkedElsewhere } from "./problems.ts";
import { refer } from "./refer.ts";
import { makeReferences } from "./references.ts";
import { makeRules, type Mapped } from "./rules.ts";
import type { Telling } from "./telling.ts";
import { makeWeigh } from "./weigh.ts";
import { writePage } from "./write-page.ts";

/**
 * Writes dead letters, corrected or as they were, a page at a time. A record that has changed at its source
 * goes its normal way with its new content, and what was asked for the old one is superseded.
 * @throws systemic errors, Fenced
 */
export function makeRetrySome(
  ports: Ports,
  claimed: Claimed,
  telling: Telling,
): (letters: readonly DeadLetter[]) => Promise<void> {
  const { flow, ends, calls } = claimed;
  const matcher = makeMatcher(ports, claimed, claimed.carried.ways[claimed.way].recent);
  const weigh = makeWeigh(claimed, () => ports.clock.now());
  const rules = makeRules(flow, ends, ports);
  const references = makeReferences(ports.references, claimed);
  const entity = entityOf(ends.entity.to);

  return async function retrySome(letters: readonly DeadLetter[]): Promise<void> {
    const records = await ends.source.read(
      letters.map(({ key }) => key),
      claimed.stop,
    );
    const byKey = new Map(records.map((record) => [record.id, record]));
    const known = await ports.ledger.look(flow.name, [...byKey.keys()]);
    const books = makeBooks(ports, claimed, telling.stored);
    const courier = makeCourier(ports, claimed, matcher);
    const open: Open[] = [];
    const chosen = new Map<Open, string>();

    const begin = (letter: DeadLetter, record: SourceRecord): void => {
      const mapped = rules(record);
      const asItWas = mapped.kind !== "gone" && mapped.content.hash === letter.hash;
      const item = itemOf(letter, record, mapped, asItWas ? ports.hash : null);
      item.known = known.get(letter.key) ?? unknownYet;
      const step = compare(
        item,
        takingPart(asItWas ? corrected(letter, mapped) : mapped, item, claimed.way),
        { ...flow, upserts: ends.target.repeat === "upsert" },
      );
      if (step.kind === "settled") return books.settle(item, step.fate);
      const each = opened(item, step);
      open.push(each);
      const choice = asItWas && step.kind !== "restore" ? letter.edited?.[chosenTarget] : undefined;
      if (choice === separate) each.apart = true;
      else if (typeof choice === "string" && choice !== "") chosen.set(each, choice);
    };

    /** Aims each record at the one a person chose for it. Returns those that cannot be. */
    async function aim(): Promise<ReadonlySet<Open>> {
      const lost = new Set<Open>();
      if (chosen.size === 0) return lost;
      const targets = [...new Set(chosen.values())];
      const there = await ends.target.read(targets, calls);
      const byId = new Map(there.map((record): [string, TargetRecord] => [record.id, record]));
      const owners = new Map(await ports.ledger.linkedTo(flow.name, targets));
      for (const [each, id] of chosen) {
        const record = byId.get(id);
        const owner = owners.get(id);
        const { key } = each.item;
        if (record === undefined || (owner !== undefined && owner !== key)) {
          const problem =
            record === undefined
              ? chosenIsGone(entity, id)
              : linkedElsewhere(entity, null, record, owner ?? "");
          books.settle(each.item, { kind: "dead", direction: "write", problem, unlink: false });
          lost.add(each);
        } else {
          owners.set(id, key);
          each.step = { kind: "update", ...record, current: record.fields };
        }
      }
      return lost;
    }

    let handled = 0;
    try {
      for (const letter of letters) {
        const record = byKey.get(letter.key);
        if (record === undefined) continue;
        handled += 1;
        begin(letter, record);
      }
      await loadConflicts(ports, claimed, open);
      const lost = await aim();
      const left = open.filter((each) => !lost.has(each));
      await writePage(
        { ledger: ports.ledger, claimed, matcher, courier, books, weigh, judge: false },
        await refer(references, left, books),
      );
    } catch (error) {
      await books.closeEarly(Infinity, courier);
      throw error;
    }
    await books.close(handled, undefined, courier);
    matcher.pageWritten();
    matcher.pageStored();
  };
}

/** `asItWas`: by what its corrections are told apart; null where it has changed at its source. */
const itemOf = (
  letter: DeadLetter,
  record: SourceRecord,
  mapped: Mapped,
  asItWas: Hash | null,
): Item => {
  const content = mapped.kind === "gone" ? nothing : mapped.content;
  const fields = asItWas === null ? content.fields : payload(letter);
  return {
    key: letter.key,
    record,
    content,
    fields: without(fields, chosenTarget),
    corrected: asItWas === null ? undefined : correctionOf(asItWas, letter.edited),
    known: unknownYet,
  };
};

/** What could not be read can be written once a person has corrected it. */
const corrected = (letter: DeadLetter, mapped: Mapped): Mapped =>
  mapped.kind === "invalid" && letter.edited !== null
    ? { kind: "live", content: mapped.content, once: false }
    : mapped;
