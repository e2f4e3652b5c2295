import { Unavailable } from "#domain/errors.ts";
import type { Json } from "#domain/json.ts";
import type { Source } from "#domain/ports/tools.ts";
import type { Page, PageRecord, SourceRecord } from "#domain/record.ts";
import type { Clock } from "#domain/ports/world.ts";
import { ContentChanged } from "../files/content-changed.ts";
import { openContent } from "../files/open-content.ts";
import type { Place } from "../paging/paging.ts";
import type { Answer } from "../request/line.ts";
import { readByIds } from "./by-values.ts";
import { type Checkpoint, checkpointOf, type Stage } from "./checkpoint.ts";
import type { ObjectPlan } from "./compile-object.ts";
import type { List } from "./list.ts";
import type { Tree } from "./open-tree.ts";
import { ExpiredCursor, type Reader } from "./reader.ts";
import { absent, recordsOf } from "./records.ts";
import { watchRepeats } from "./repeats.ts";
import { walkThrough } from "./walk.ts";

type About = Parameters<Source["pages"]>[1];

/** A read under way: in which list, when it began, and where its feed began. */
type Reading = { stage: Stage; started: string | null; token: string | null };

/** A page that was read, and where to go on in its list; null at its end. */
type Step = {
  records: readonly PageRecord[];
  next: Place | null;
  reading: Reading;
  bytes: number;
};

/** An object of a connection that is read by asking for it. */
export function openSource(
  plan: ObjectPlan & { list: List },
  reader: Reader,
  clock: Clock,
  { tree, decoding }: { tree: Tree | null; decoding: string },
): Source {
  const { title, country } = reader;
  const { feed, content } = plan;

  async function* read(from: Checkpoint, about: About): AsyncIterable<Page> {
    const { gone, signal } = about;
    const { since } = from;
    const repeats = watchRepeats();
    let { reading, place } = await beginning(from, signal);
    if (place === null) return yield { records: [], checkpoint: finished(reading, null) };
    for (;;) {
      const { stage } = reading;
      const list = listOf(stage);
      const { records, next, ...step }: Step = await pageAt(reading, place, since, about);
      if (next !== null && repeats.again(stage, next as Json))
        throw new Unavailable(`${title} sends us in a circle through its list`);
      reading = step.reading;
      const onward = next === null ? await afterwards(reading, gone, signal) : { reading, place: next }; // prettier-ignore
      const fresh = repeats.fresh(stage, records, gone);
      yield {
        records: list.compact ? await inFull(fresh, signal) : fresh,
        bytes: step.bytes,
        checkpoint:
          onward === null
            ? finished(reading, since)
            : { since, under_way: underWay(onward.reading, onward.place) },
      };
      if (onward === null) return;
      ({ reading, place } = onward);
    }
  }

  async function pageAt(
    reading: Reading,
    place: Place,
    since: string | null,
    { later = false, signal }: About,
  ): Promise<Step> {
    const list = listOf(reading.stage);
    const walk = walkThrough(list, reader);
    const at = walk.at(place);
    const variables = { ...(feed === null ? { since } : { token: since }), ...at.variables };
    // A parent may be gone since it was listed, and its records with it.
    const ask = list.parents === null ? reader.page : reader.pageIfThere;
    const answer = await ask(list, at.place, variables, signal);
    if (answer !== null) await tree?.settle(list, answer, signal);
    const started = reading.started ?? earlier(clock.now(), answer?.headers["date"]).toString();
    const records = answer === null ? [] : recordsOf(plan, list, answer, { country, later });
    const seen = answer === null ? null : { body: answer.body ?? null, records };
    const next = await walk.next(place, seen, signal);
    const token = next === null ? tokenAfter(reading, answer) : reading.token;
    return { records, next, bytes: sizeOf(answer), reading: { ...reading, started, token } };
  }

  async function beginning(
    { since, under_way: before }: Checkpoint,
    signal: AbortSignal,
  ): Promise<{ reading: Reading; place: Place | null }> {
    if (before !== undefined)
      return { reading: { ...before, token: before.token ?? null }, place: before.place };
    const stage: Stage = since !== null && plan.changes !== null ? "changes" : "list";
    const token = stage === "list" ? await startOfFeed(signal) : null;
    return { reading: { stage, started: null, token }, place: await first(stage, signal) };
  }

  /** Asked for before everything is read, so that what changes meanwhile is told by the feed. */
  async function startOfFeed(signal: AbortSignal): Promise<string | null> {
    if (feed?.start == null) return null;
    const answer = await reader.ask(feed.start.prepare, {}, signal);
    return feed.start.at(answer?.body);
  }

  const listOf = (stage: Stage): List =>
    (stage === "gone" ? plan.goneList : stage === "changes" ? plan.changes : null) ?? plan.list;
  const first = (stage: Stage, signal: AbortSignal): Promise<Place | null> =>
    walkThrough(listOf(stage), reader).first(signal);

  async function afterwards(reading: Reading, gone: boolean, signal: AbortSignal) {
    if (reading.stage === "gone" || !gone || plan.goneList === null) return null;
    const place = await first("gone", signal);
    return place === null ? null : { reading: { ...reading, stage: "gone" as const }, place };
  }

  function tokenAfter({ stage, token }: Reading, answer: Answer | null): string | null {
    if (feed === null || stage === "gone") return token;
    const said = stage === "changes" ? feed.final(answer?.body) : feed.ofList?.(answer?.body);
    return said ?? token;
  }

  /** The next read begins before this one did, by as much as the tool's index may lag. */
  function finished({ started, token }: Reading, since: string | null): Json {
    if (feed !== null) return { since: token ?? since };
    const lag = { milliseconds: plan.spec.changes?.lag ?? 0 };
    const from = started === null ? clock.now() : Temporal.Instant.from(started);
    return { since: from.subtract(lag).toString() };
  }

  /** The records themselves instead of a list that brings little more than their ids. */
  async function inFull(
    records: readonly PageRecord[],
    signal: AbortSignal,
  ): Promise<readonly PageRecord[]> {
    const live = records.filter(({ content }) => content.kind === "live");
    const others = records.filter(({ content }) => content.kind !== "live");
    const full = live.length === 0 ? [] : await byId(live.map(({ id }) => id), signal); // prettier-ignore
    return [...others, ...full.filter(({ content }) => content.kind === "live")];
  }

  async function byId(ids: readonly string[], signal: AbortSignal) {
    const found = new Map<string, SourceRecord>();
    for (const { list, answer } of await readByIds(plan, reader, ids, signal)) {
      await tree?.settle(list, answer, signal);
      for (const record of recordsOf(plan, list, answer, { country })) found.set(record.id, record);
    }
    return ids.map((id) => found.get(id) ?? absent(id));
  }

  /** A place that was kept too long is lost once; one that we have just been given is not. */
  async function* fromTheBeginning(about: About): AsyncIterable<Page> {
    try {
      yield* read({ since: null }, about);
    } catch (error) {
      if (!(error instanceof ExpiredCursor)) throw error;
      throw new Unavailable(`${title} loses our place in its list again and again`, { cause: error }); // prettier-ignore
    }
  }

  return {
    sweeps: plan.spec.sweep ? (plan.changes === null ? "every_run" : "full_read") : "never",
    references: plan.fields.references,
    decoding,

    async estimate(from, signal) {
      const { since, under_way } = checkpointOf(from);
      if (under_way !== undefined) return null;
      const incremental = since !== null && plan.changes !== null;
      return reader.count(incremental ? plan.changes : plan.list, { since }, signal);
    },

    async *pages(from, about) {
      await tree?.load(about.signal);
      try {
        yield* read(checkpointOf(from), about);
      } catch (error) {
        if (!(error instanceof ExpiredCursor)) throw error;
        yield* fromTheBeginning(about);
      }
    },

    read: byId,
    content:
      content === null
        ? null
        : async (id, signal) => {
            const [record] = await byId([id], signal);
            if (record?.content.kind !== "live")
              throw new ContentChanged("The file is not there any more");
            return openContent({ reader, clock, download: content.download }, id, record.content.fields, signal); // prettier-ignore
          },
  };
}

const underWay = ({ stage, started, token }: Reading, place: Place) => ({
  stage,
  started: started ?? "",
  ...(token === null ? {} : { token }),
  place: place as Record<string, Json>,
});

/** The tool's clock as it tells it, or ours if that is behind: never later than what it knew. */
function earlier(now: Temporal.Instant, date: string | undefined): Temporal.Instant {
  const theirs = date === undefined ? NaN : Date.parse(date);
  return Number.isFinite(theirs) && theirs < now.epochMilliseconds
    ? Temporal.Instant.fromEpochMilliseconds(theirs)
    : now;
}

const sizeOf = (answer: Answer | null): number => answer?.text.length ?? 0;
