import { entityOf } from "#domain/entities/index.ts";
import type { Fields } from "#domain/fields.ts";
import type { Ledger } from "#domain/ports/ledger.ts";
import type { Problem } from "#domain/problem.ts";

import type { Books } from "./books.ts";
import type { Claimed } from "./claimed.ts";
import { markOf } from "#domain/match.ts";
import type { Fate } from "./item.ts";
import type { Matcher } from "./matcher.ts";
import type { Arrived } from "./once-there.ts";
import { letGo, wideOf, type Open } from "./open.ts";
import { candidate, linkedElsewhere } from "./problems.ts";
import { goneThere } from "./written-over.ts";

/** A create the target refused because it has this record already. */
export type Refused = { open: Open; adopt: string; problem: Problem };

type Parts = { ledger: Pick<Ledger, "look">; claimed: Claimed; matcher: Matcher; books: Books };
/** How a record comes to its fate. */
type Verdict = {
  settle(open: Open, fate: Fate): void;
  dead(open: Open, problem: Problem): void;
  arrived(open: Open, record: Arrived): void;
};

/** What is done where the target turns out to be other than we thought. */
export function makeSecondLook({ ledger, claimed, matcher, books }: Parts, verdict: Verdict) {
  const { settle, dead, arrived } = verdict;
  const { target } = claimed.ends;
  const entity = entityOf(claimed.ends.entity.to);

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
      if (record === undefined) matcher.lost(id);
      if (open.step.kind === "archive") {
        if (record !== undefined) {
          open.step = { ...open.step, link: { ...open.step.link, version: record.version } };
          return open;
        }
        settle(open, { kind: "deleted" });
        return [];
      }
      if (record === undefined && open.first === "restore") {
        settle(open, goneThere(open.item));
        return [];
      }
      open.surprises.missing += record === undefined ? 1 : 0;
      if (record === undefined) letGo(open);
      open.step =
        record === undefined
          ? { kind: "match" }
          : { kind: "update", ...record, current: record.fields };
      return open;
    });
  }

  /**
   * The target says it has this record already: it is that one if a match field says so too and nobody
   * else is linked to it. Returns what is to be updated.
   */
  async function adopt(refused: readonly Refused[]): Promise<readonly Open[]> {
    if (refused.length === 0) return [];
    const ids = refused.map((each) => each.adopt);
    const owners = await matcher.ownersOf(ids);
    const there = await target.read(ids, claimed.calls);
    const byId = new Map(there.map((record) => [record.id, record]));
    return refused.flatMap(({ open, adopt: id, problem }) => {
      const record = byId.get(id);
      const owner = owners.get(id) ?? open.item.key;
      if (record === undefined || !isSame(record.fields, wideOf(open.item))) dead(open, problem);
      else if (owner !== open.item.key) dead(open, linkedElsewhere(entity, null, record, owner));
      else {
        open.step = { kind: "update", ...record, current: record.fields };
        return open;
      }
      return [];
    });
  }
  const isSame = (there: Fields, ours: Fields): boolean =>
    claimed.flow.match.some((way) => {
      const mark = markOf(ours, way);
      return mark !== null && mark === markOf(there, way);
    });

  /**
   * An upsert may have landed on a record that belongs to another key: then this one is a dead letter,
   * and the other is written again the next time it is read.
   */
  async function receive(upserted: readonly (readonly [Open, Arrived])[]): Promise<void> {
    const asked = upserted.flatMap(([, { id, made }]) => (made === true ? [] : id));
    const owners = new Map(await matcher.ownersOf(asked));
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
        dead(open, linkedElsewhere(entity, null, there, owner));
      }
    }
  }

  /**
   * Looks for what stands in the way of a record the target refused for a value that another one has, so
   * that a person may link the two. What is linked to another record already is not theirs to choose.
   * A tool that cannot be searched just now shows none: the refusal stands all the same.
   */
  async function showRivals(refused: readonly (readonly [Open, Problem])[]): Promise<void> {
    const byField = Map.groupBy(refused, ([, problem]) => problem.field ?? "");
    for (const [field, group] of byField) {
      const values = group.map(([{ item }]) => item.fields[field]);
      const texts = values.filter((value) => typeof value === "string").filter(Boolean);
      const found =
        texts.length > 0 && target.searchable.includes(field)
          ? await target.find(field, texts, claimed.calls).catch(() => [])
          : [];
      const owners = await matcher.ownersOf(found.flat().map(({ id }) => id));
      for (const [open, problem] of group) {
        const there = found[texts.indexOf(String(open.item.fields[field]))] ?? [];
        const candidates = there
          .filter(({ id }) => (owners.get(id) ?? open.item.key) === open.item.key)
          .map((record) => candidate(entity, record));
        dead(open, candidates.length === 0 ? problem : { ...problem, candidates });
      }
    }
  }

  return { lookAgain, adopt, receive, showRivals };
}
