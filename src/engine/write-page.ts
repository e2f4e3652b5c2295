import type { Ledger, Link } from "#domain/ports/ledger.ts";
import type { Problem } from "#domain/problem.ts";
import type { TargetRecord, Write } from "#domain/record.ts";
import type { Books } from "./books.ts";
import type { Claimed } from "./claimed.ts";
import type { Step } from "./compare.ts";
import { agreed } from "./consent.ts";
import { isAlready } from "./content.ts";
import { withCompanions } from "./companions.ts";
import type { Courier } from "./courier.ts";
import type { Outcome } from "./outcome.ts";
import { isNews, type Fate, type Item } from "./item.ts";
import type { Match, Matcher } from "./matcher.ts";
import { letGo, wideOf, type Open } from "./open.ts";
import { landedBy, readBack, type Landed } from "./read-back.ts";
import { onceThere, type Arrived } from "./once-there.ts";
import { changedMeanwhile, goneAtTarget, maybeWritten } from "./problems.ts";
import { makeSecondLook, type Refused } from "./second-look.ts";
import { makeSeen } from "./seen.ts";
import type { Weigh } from "./weigh.ts";
import type { Weighed } from "./weighed.ts";
import { goneThere } from "./written-over.ts";

type Parts = {
  ledger: Pick<Ledger, "look">;
  claimed: Claimed;
  matcher: Matcher;
  courier: Courier;
  books: Books;
  weigh: Weigh;
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
  const { claimed, matcher, courier, books, judge, weigh } = parts;
  const { target } = claimed.ends;
  const { breaker, inDoubt } = claimed.carried.ways[claimed.way];
  const twoWay = claimed.flow.twoWay !== null;
  const readsBack = twoWay && claimed.spoke === null;

  const settle = (open: Open, fate: Fate): void => {
    books.settle(open.item, fate);
    if (fate.kind === "dead" && fate.problem.class === "ambiguous_write")
      inDoubt.add(open.item.key);
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
  /** It is at the target now, in step with what was weighed. */
  const inStep = (
    open: Open,
    as: "created" | "updated" | "unchanged",
    { id, version }: Pick<TargetRecord, "id" | "version">,
    { link: made, asks }: Weighed,
  ): void => {
    const link: Link = { ...made, id, version };
    if (asks === null) return settle(open, { kind: as, link });
    const { way } = claimed;
    const ends = way === "there" ? { key: link.key, target: id } : { key: id, target: link.key };
    settle(open, { kind: "held", link, conflict: { ...ends, record: wideOf(open.item), ...asks } });
  };

  /** The write a matched record needs; null when it has its fate or waits for another round. */
  function matched(open: Open, match: Match | undefined): Write | "later" | null {
    const { item } = open;
    const { key, fields } = item;
    const { hash } = item.content;
    switch (match?.kind) {
      case undefined:
      case "none":
        open.weighed = weigh(item, null);
        return { kind: "create", key, hash, fields: open.weighed.give, ...asideOf(item), ...unlike(open) }; // prettier-ignore
      case "later":
        return "later";
      case "refused":
        dead(open, match.problem);
        return null;
      case "found": {
        const { record } = match;
        if (twoWay || !isAlready(record.fields, agreed(fields, record.fields))) {
          open.step = { kind: "update", ...record, current: record.fields };
          return update(open, open.step);
        }
        matcher.took(key, () => wideOf(item), record);
        inStep(open, "unchanged", record, weigh(item, record));
        return null;
      }
      default:
        return match satisfies never;
    }
  }

  /** Null where the target's record has all of it already; in a one-way flow it is written to be sure. */
  function update(open: Open, step: Extract<Step, { kind: "update" }>): Write | null {
    const { item } = open;
    const { id, version, current: fields, changedAt = null, changedBy = null } = step;
    const weighed = weigh(item, { fields, changedAt, changedBy });
    open.weighed = weighed;
    if (twoWay && Object.keys(weighed.give).length === 0) {
      matcher.took(item.key, () => wideOf(item), { id, version, fields });
      inStep(open, "unchanged", { id, version }, weighed);
      return null;
    }
    const { key, content } = item;
    const written = twoWay ? withCompanions(weighed.give, fields, target.needs) : weighed.give;
    return {
      kind: "update",
      key,
      hash: content.hash,
      id,
      version,
      fields: written,
      ...asideOf(item),
    };
  }

  const asideOf = ({ record: { changedAt }, corrected }: Item) => ({
    ...(target.dated === true && changedAt !== null && { changedAt }),
    ...(corrected !== undefined && { corrected }),
  });

  /** One that a person wants apart is like another one. */
  const unlike = ({ apart }: Open): { unlike?: readonly string[] } =>
    target.shared === true && apart !== true ? { unlike: claimed.flow.match } : {};

  function arrived(open: Open, record: Arrived): void {
    const { item, step } = open;
    if (step.kind === "archive") {
      matcher.lost(step.link.id);
      return settle(open, { kind: "deleted" });
    }
    matcher.took(item.key, () => wideOf(item), { ...record, fields: item.fields });
    const weighed = onceThere(claimed.spoke, open.weighed ?? weigh(item, null), record);
    const as = record.unchanged === true ? "unchanged" : "updated";
    inStep(open, step.kind === "update" ? as : "created", record, weighed);
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
    // What was found may be the record itself or one that it is to be kept apart from.
    const lost = open.apart === true ? maybeWritten("one like it is there") : null;
    if (lost === null && open.surprises.again <= 2) return "round";
    dead(open, lost ?? changedMeanwhile(open.item.key));
    return "over";
  }

  /** Its link is void: it is matched anew, and created once if the target has none like it. */
  function missing(open: Open, write: Exclude<Write, { kind: "create" }>): "over" | "round" {
    matcher.lost(write.id);
    if (write.kind === "archive" || open.first === "restore") {
      settle(open, write.kind === "archive" ? { kind: "deleted" } : goneThere(open.item));
      return "over";
    }
    open.surprises.missing += 1;
    letGo(open);
    open.step = { kind: "match" };
    if (open.surprises.missing === 1) return "round";
    dead(open, goneAtTarget(write.id));
    return "over";
  }

  const seen = makeSeen(claimed, settle);
  const { lookAgain, adopt, receive, showRivals } = makeSecondLook(parts, {
    settle,
    dead,
    arrived,
  });

  async function round(all: readonly Open[]): Promise<readonly Open[]> {
    const open = twoWay ? await seen(all) : all;
    const unlinked = open.filter(({ step, apart }) => step.kind === "match" && apart !== true);
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
    const upserted: [Open, Arrived][] = [];
    const landed: Landed[] = [];
    const tell = (write: Write, outcome: Outcome): void => {
      const each = writes.get(write);
      if (each === undefined) return;
      landed.push(...landedBy(write, outcome));
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
      courier.placed();
      await showRivals(rivals);
    }
    if (readsBack) await readBack(claimed, landed, books);
    for (const each of await lookAgain(stale)) next.add(each);
    for (const each of await adopt(refused)) next.add(each);
    return open.filter((each) => next.has(each));
  }

  let left = records;
  while (left.length > 0) left = await round(left);
  courier.settled();
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
