import type { Fields } from "#domain/fields.ts";
import { entityOf } from "#domain/entities/index.ts";
import type { Ledger, Link } from "#domain/ports/ledger.ts";
import type { TargetRecord, Write } from "#domain/record.ts";
import type { Books } from "./books.ts";
import type { Claimed } from "./claimed.ts";
import type { Step } from "./compare.ts";
import { agreed, sendable } from "./consent.ts";
import { isAlready } from "./content.ts";
import type { Courier, Outcome } from "./courier.ts";
import { isNews, type Fate, type Item } from "./item.ts";
import type { Match, Matcher } from "./matcher.ts";
import { changedMeanwhile, goneAtTarget, linkedElsewhere } from "./problems.ts";

/** A record on its way to a fate. */
export type Open = {
  item: Item;
  step: Exclude<Step, { kind: "settled" }>;
  /** What it needed at first sight. */
  first: Exclude<Step["kind"], "settled">;
  /** How often the target's record was not as we thought. */
  surprises: { stale: number; missing: number; again: number };
};

export const opened = (item: Item, step: Open["step"]): Open => ({
  item,
  step,
  first: step.kind,
  surprises: { stale: 0, missing: 0, again: 0 },
});

type Tools = {
  ledger: Pick<Ledger, "look">;
  claimed: Claimed;
  matcher: Matcher;
  courier: Courier;
  books: Books;
  /** Whether refusals are held against the mapping. */
  judge: boolean;
};

/**
 * Brings each record to its fate in the books, in rounds: match, write, and decide anew what turned out
 * to be different. @throws systemic errors, with the fates reached so far in the books
 */
export async function writePage(tools: Tools, records: readonly Open[]): Promise<void> {
  const { ledger, claimed, matcher, courier, books, judge } = tools;
  const { target } = claimed.ends;
  const { breaker } = claimed.carried;

  const settle = (open: Open, fate: Fate): void => {
    books.settle(open.item, fate);
    if (!judge) return;
    if (fate.kind === "created" || fate.kind === "updated") breaker.accepted();
    if (fate.kind === "dead" && isNews(open.item)) breaker.refused(fate.direction, fate.problem);
  };
  const dead = (open: Open, problem: Extract<Fate, { kind: "dead" }>["problem"]): void =>
    settle(open, {
      kind: "dead",
      direction: "write",
      problem,
      unlink: open.surprises.missing > 0,
    });
  const linkOf = ({ item }: Open, record: Omit<TargetRecord, "fields">, current: Fields): Link => ({
    key: item.key,
    id: record.id,
    version: record.version,
    hash: item.content.hash,
    base: agreed(item.fields, current),
  });

  /** The write a matched record needs; null when it has its fate or waits for another round. */
  function matched(open: Open, match: Match | undefined): Write | "later" | null {
    const { item } = open;
    const { key, fields } = item;
    const { hash } = item.content;
    switch (match?.kind) {
      case undefined:
      case "none":
        return { kind: "create", key, hash, fields };
      case "later":
        return "later";
      case "refused":
        dead(open, match.problem);
        return null;
      case "found": {
        const { record } = match;
        if (!isAlready(record.fields, agreed(fields, record.fields))) {
          open.step = { kind: "update", ...record, current: record.fields };
          return update(open, open.step);
        }
        matcher.took({ key, wide: wideOf(item) }, record);
        settle(open, { kind: "unchanged", link: linkOf(open, record, record.fields) });
        return null;
      }
      default:
        return match satisfies never;
    }
  }

  const update = ({ item }: Open, step: Extract<Step, { kind: "update" }>): Write => ({
    kind: "update",
    key: item.key,
    hash: item.content.hash,
    id: step.id,
    version: step.version,
    fields: sendable(item.fields, step.current),
  });

  function arrived(open: Open, record: Omit<TargetRecord, "fields">): void {
    const { item, step } = open;
    if (step.kind === "archive") return settle(open, { kind: "deleted" });
    const current = step.kind === "update" ? step.current : {};
    const link = linkOf(open, record, current);
    matcher.took({ key: item.key, wide: wideOf(item) }, { ...record, fields: item.fields });
    settle(open, { kind: step.kind === "update" ? "updated" : "created", link });
  }

  /** What is left to do after an outcome: nothing, or another round, or a look at the target first. */
  function after(open: Open, write: Write, outcome: Outcome): "over" | "round" | "look" {
    switch (outcome.kind) {
      case "accepted":
        arrived(open, outcome);
        return "over";
      case "rejected":
        dead(open, outcome.problem);
        return "over";
      case "stale":
        if (write.kind === "create") return again(open);
        open.surprises.stale += 1;
        if (open.surprises.stale === 1) return "look";
        dead(open, changedMeanwhile(write.id));
        return "over";
      case "missing":
        return write.kind === "create" ? again(open) : missing(open, write);
      case "again":
        return again(open);
      default:
        return outcome satisfies never;
    }
  }

  function again(open: Open): "over" | "round" {
    open.surprises.again += 1;
    open.step = { kind: "match" };
    if (open.surprises.again <= 2) return "round";
    dead(open, changedMeanwhile(open.item.key));
    return "over";
  }

  /** Its link is void: it is matched anew, and created once if the target has none like it. */
  function missing(open: Open, write: Exclude<Write, { kind: "create" }>): "over" | "round" {
    if (write.kind === "archive") {
      settle(open, { kind: "deleted" });
      return "over";
    }
    open.surprises.missing += 1;
    open.step = { kind: "match" };
    if (open.surprises.missing === 1) return "round";
    dead(open, goneAtTarget(write.id));
    return "over";
  }

  /** Reads again what somebody changed meanwhile. Returns what needs another round. */
  async function lookAgain(stale: readonly (readonly [Open, string])[]): Promise<readonly Open[]> {
    if (stale.length === 0) return [];
    const now = await target.read(
      stale.map(([, id]) => id),
      claimed.calls,
    );
    const byId = new Map(now.map((record) => [record.id, record]));
    return stale.flatMap(([open, id]) => {
      const record = byId.get(id);
      if (open.step.kind === "archive") {
        if (record !== undefined) {
          open.step = { ...open.step, link: { ...open.step.link, version: record.version } };
          return open;
        }
        settle(open, { kind: "deleted" });
        return [];
      }
      open.surprises.missing += record === undefined ? 1 : 0;
      open.step =
        record === undefined
          ? { kind: "match" }
          : { kind: "update", ...record, current: record.fields };
      return open;
    });
  }

  /**
   * An upsert may have landed on a record that belongs to another key: then this one is a dead letter,
   * and the other is written again the next time it is read.
   */
  async function receive(
    upserted: readonly (readonly [Open, Omit<TargetRecord, "fields">])[],
  ): Promise<void> {
    const owners = new Map(await matcher.ownersOf(upserted.map(([, { id }]) => id)));
    const keys = upserted.flatMap(([, { id }]) => owners.get(id) ?? []);
    const known = keys.length === 0 ? null : await ledger.look(claimed.flow.name, keys);
    for (const [open, record] of upserted) {
      const owner = owners.get(record.id);
      if (owner === undefined || owner === open.item.key) {
        owners.set(record.id, open.item.key);
        arrived(open, record);
      } else {
        books.disturb(record.id, known?.get(owner)?.link ?? null);
        const there = { ...record, fields: open.item.fields };
        dead(open, linkedElsewhere(entityOf(claimed.ends.entity.to), null, there, owner));
      }
    }
  }

  async function round(open: readonly Open[]): Promise<readonly Open[]> {
    const unlinked = open.filter(({ step }) => step.kind === "match");
    const matches =
      unlinked.length === 0
        ? new Map<string, Match>()
        : await matcher.match(unlinked.map(({ item }) => ({ key: item.key, wide: wideOf(item) })));
    const next = new Set<Open>();
    const writes = new Map<Write, Open>();
    for (const each of open) {
      const { item, step } = each;
      const write =
        step.kind === "match"
          ? matched(each, matches.get(item.key))
          : step.kind === "update"
            ? update(each, step)
            : archive(item, step.link);
      if (write === "later") next.add(each);
      else if (write !== null) writes.set(write, each);
    }
    const stale: [Open, string][] = [];
    const upserted: [Open, Omit<TargetRecord, "fields">][] = [];
    const tell = (write: Write, outcome: Outcome): void => {
      const each = writes.get(write);
      if (each === undefined) return;
      if (outcome.kind === "accepted" && write.kind === "create" && target.repeat === "upsert") {
        upserted.push([each, outcome]);
        return;
      }
      const then = after(each, write, outcome);
      if (then === "round") next.add(each);
      if (then === "look" && write.kind !== "create") stale.push([each, write.id]);
    };
    try {
      await courier.deliver([...writes.keys()], tell, judge ? breaker.check : () => undefined);
    } finally {
      await receive(upserted);
    }
    for (const each of await lookAgain(stale)) next.add(each);
    return open.filter((each) => next.has(each));
  }

  let left = records;
  while (left.length > 0) left = await round(left);
}

const wideOf = ({ content, fields }: Item): Fields => ({ ...content.wide, ...fields });

const archive = ({ key }: Item, { id, version }: Link): Write => ({
  kind: "archive",
  key,
  id,
  version,
});
