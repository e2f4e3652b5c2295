import { Unavailable } from "#domain/errors.ts";
import type { Json } from "#domain/json.ts";
import type { Source } from "#domain/ports/tools.ts";
import type { Page, SourceRecord } from "#domain/record.ts";
import type { Clock } from "#domain/ports/world.ts";
import type { Variables } from "../manifest/template.ts";
import type { Place } from "../paging/paging.ts";
import type { Answer } from "../request/line.ts";
import { readByIds } from "./by-values.ts";
import { type Checkpoint, checkpointOf, type Stage } from "./checkpoint.ts";
import type { List, ObjectPlan } from "./compile-object.ts";
import { ExpiredCursor, type Reader } from "./reader.ts";
import { recordsOf } from "./records.ts";

/** An object of a connection that is read. */
export function openSource(plan: ObjectPlan, reader: Reader, clock: Clock): Source {
  const { title, country } = reader;

  async function* read(from: Checkpoint, gone: boolean, signal: AbortSignal): AsyncIterable<Page> {
    const { since } = from;
    let { stage, place, started } = beginning(from);
    const repeats = watchRepeats();
    for (;;) {
      const list = listOf(stage);
      const answer = await reader.page(list, place, variablesAt(list, place, since), signal);
      started ??= earlier(clock.now(), answer?.headers["date"]).toString();
      const records = answer === null ? [] : recordsOf(plan, list, answer, country);
      const next = nextPlace(list, place, answer, records);
      if (next !== null && repeats.again(stage, next))
        throw new Unavailable(`${title} sends us in a circle through its list`);
      const onward = next === null ? afterwards(stage, gone) : { stage, place: next };
      const checkpoint =
        onward === null
          ? { since: backFrom(started) }
          : { since, under_way: { ...onward, started } };
      yield { records: repeats.fresh(stage, records, gone), checkpoint };
      if (onward === null) return;
      ({ stage, place } = onward);
    }
  }

  const beginning = ({ since, under_way }: Checkpoint): Beginning => {
    if (under_way !== undefined) return under_way;
    const stage: Stage = since !== null && plan.changes !== null ? "changes" : "list";
    return { stage, place: first(stage), started: null };
  };

  const listOf = (stage: Stage): List =>
    (stage === "gone" ? plan.goneList : stage === "changes" ? plan.changes : null) ?? plan.list;
  const first = (stage: Stage): Place => listOf(stage).pager?.first ?? {};
  const afterwards = (stage: Stage, gone: boolean): { stage: Stage; place: Place } | null =>
    stage !== "gone" && gone && plan.goneList !== null
      ? { stage: "gone", place: first("gone") }
      : null;
  /** The next read begins before this one did, by as much as the tool's index may lag. */
  const backFrom = (started: string): string =>
    Temporal.Instant.from(started)
      .subtract({ milliseconds: plan.spec.changes?.lag ?? 0 })
      .toString();

  return {
    async estimate(from, signal) {
      const { since, under_way } = checkpointOf(from);
      if (under_way !== undefined) return null;
      const incremental = since !== null && plan.changes !== null;
      return reader.count(incremental ? plan.changes : plan.list, { since }, signal);
    },

    async *pages(from, { gone, signal }) {
      try {
        yield* read(checkpointOf(from), gone, signal);
      } catch (error) {
        if (!(error instanceof ExpiredCursor)) throw error;
        yield* read({ since: null }, gone, signal);
      }
    },

    async read(ids, signal) {
      const found = new Map<string, SourceRecord>();
      for (const { list, answer } of await readByIds(plan, reader, ids, signal))
        for (const record of recordsOf(plan, list, answer, country)) found.set(record.id, record);
      return ids.map((id) => found.get(id) ?? absent(id));
    },
  };
}

type Beginning = { stage: Stage; place: Place; started: string | null };

const variablesAt = (list: List, place: Place, since: string | null): Variables => ({
  since,
  ...list.pager?.variables(place),
});

const nextPlace = (
  list: List,
  place: Place,
  answer: Answer | null,
  records: readonly SourceRecord[],
): Place | null =>
  answer === null
    ? null
    : (list.pager?.next(place, { body: answer.body ?? null, records }) ?? null);

const absent = (id: string): SourceRecord => ({
  id,
  changedAt: null,
  raw: () => Buffer.alloc(0),
  content: { kind: "gone" },
});

/** The tool's clock as it tells it, or ours if that is behind: never later than what it knew. */
function earlier(now: Temporal.Instant, date: string | undefined): Temporal.Instant {
  const theirs = date === undefined ? NaN : Date.parse(date);
  return Number.isFinite(theirs) && theirs < now.epochMilliseconds
    ? Temporal.Instant.fromEpochMilliseconds(theirs)
    : now;
}

/** Sees circles, and records that come again where two windows meet. */
function watchRepeats() {
  const places = new Set<string>();
  let last: { at: string; ids: Set<string> } | null = null;

  return {
    again(stage: Stage, place: Json): boolean {
      const text = `${stage} ${JSON.stringify(place)}`;
      if (places.has(text)) return true;
      places.add(text);
      return false;
    },
    fresh(stage: Stage, records: readonly SourceRecord[], gone: boolean): readonly SourceRecord[] {
      const wanted = records.filter(({ content }) => gone || content.kind === "live");
      if (stage !== "changes") return wanted;
      return wanted.filter(({ id, changedAt }) => {
        if (changedAt === null) return true;
        if (last?.at !== changedAt) last = { at: changedAt, ids: new Set() };
        if (last.ids.has(id)) return false;
        last.ids.add(id);
        return true;
      });
    },
  };
}
