import type { Fields } from "#domain/fields.ts";
import type { Ledger, Link } from "#domain/ports/ledger.ts";
import type { Problem } from "#domain/problem.ts";
import type { TargetRecord, Write } from "#domain/record.ts";
import type { Books } from "./books.ts";
import type { Claimed } from "./claimed.ts";
import type { Step } from "./compare.ts";
import { agreed, sendable } from "./consent.ts";
import { isAlready } from "./content.ts";
import type { Courier } from "./courier.ts";
import type { Outcome } from "./outcome.ts";
import { isNews, type Fate, type Item } from "./item.ts";
import type { Match, Matcher } from "./matcher.ts";
import { wideOf, type Open } from "./open.ts";
import { changedMeanwhile, goneAtTarget } from "./problems.ts";
import { makeSecondLook, type Refused } from "./second-look.ts";

type Parts = {
  ledger: Pick<Ledger, "look">;
  claimed: Claimed;
  matcher: Matcher;
  courier: Courier;
  books: Books;
  /** Whether refusals are held against the mapping. */
  judge: boolean;
};

/** What is left to do after an outcome: nothing, another round, or a look at the target first. */
type After =
  "over" | "round" | { look: string } | { adopt: string; problem: Problem } | { rival: Problem };

/**
 * Brings each record to its fate in the books, in rounds: match, write, and decide anew what turned out
 * to be different. @throws systemic errors, with the fates reached so far in the books
 */
export async function writePage(parts: Parts, records: readonly Open[]): Promise<void> {
  const { claimed, matcher, courier, books, judge } = parts;
  const { target } = claimed.ends;
  const { breaker } = claimed.carried;

  const settle = (open: Open, fate: Fate): void => {
    books.settle(open.item, fate);
    if (!judge) return;
    if (fate.kind === "created" || fate.kind === "updated") breaker.accepted();
    if (fate.kind === "dead" && isNews(open.item)) breaker.refused(fate.direction, fate.problem);
  };
  const dead = (open: Open, problem: Problem): void =>
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
    fields: sendable(item.fields, step.current, target.coarse),
  });

  function arrived(open: Open, record: Omit<TargetRecord, "fields">): void {
    const { item, step } = open;
    if (step.kind === "archive") return settle(open, { kind: "deleted" });
    const current = step.kind === "update" ? step.current : {};
    const link = linkOf(open, record, current);
    matcher.took({ key: item.key, wide: wideOf(item) }, { ...record, fields: item.fields });
    settle(open, { kind: step.kind === "update" ? "updated" : "created", link });
  }

  function after(open: Open, write: Write, outcome: Outcome): After {
    switch (outcome.kind) {
      case "accepted":
        arrived(open, outcome);
        return "over";
      case "rejected": {
        const id = write.kind === "create" ? existing(outcome.problem) : null;
        if (id !== null) return { adopt: id, problem: outcome.problem };
        if (isAboutARival(outcome.problem)) return { rival: outcome.problem };
        dead(open, outcome.problem);
        return "over";
      }
      case "stale":
        if (write.kind === "create") return again(open);
        open.surprises.stale += 1;
        if (open.surprises.stale === 1) return { look: write.id };
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

  const { lookAgain, adopt, receive, showRivals } = makeSecondLook(parts, {
    settle,
    dead,
    arrived,
  });

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
    const refused: Refused[] = [];
    const rivals: [Open, Problem][] = [];
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
      else if (typeof then === "object" && "look" in then) stale.push([each, then.look]);
      else if (typeof then === "object" && "rival" in then) rivals.push([each, then.rival]);
      else if (typeof then === "object") refused.push({ open: each, ...then });
    };
    try {
      await courier.deliver([...writes.keys()], tell, judge ? breaker.check : () => undefined);
    } finally {
      await receive(upserted);
      await showRivals(rivals);
    }
    for (const each of await lookAgain(stale)) next.add(each);
    for (const each of await adopt(refused)) next.add(each);
    return open.filter((each) => next.has(each));
  }

  let left = records;
  while (left.length > 0) left = await round(left);
}

/** The one record which the target says stands in the way of a create. */
function existing({ class: kind, candidates = [] }: Problem): string | null {
  const [only, ...others] = candidates;
  return kind === "conflict" && others.length === 0 ? (only?.id ?? null) : null;
}

/** The target has another one like it, and did not say which. */
const isAboutARival = ({ class: kind, field, candidates = [] }: Problem): boolean =>
  kind === "conflict" && field !== null && candidates.length === 0;

const archive = ({ key }: Item, { id, version }: Link): Write => ({
  kind: "archive",
  key,
  id,
  version,
});
