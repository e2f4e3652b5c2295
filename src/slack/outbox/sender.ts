import { Mistake, RetryLater, SignInAgain, Unavailable } from "#domain/errors.ts";
import type { Incidents } from "#domain/ports/incidents.ts";
import type { Due, Outbox, Posts, Subject } from "#domain/ports/outbox.ts";
import type { SettingsStore } from "#domain/ports/settings.ts";
import type { Clock, Log } from "#domain/ports/world.ts";
import type { Perform } from "#operations/contract.ts";
import type { Pictures } from "../chart/pictures.ts";
import { SlackRefused, type SlackApi } from "../client.ts";
import type { Message } from "../message.ts";
import { makePace } from "./pace.ts";
import { misplaced, telling, type Telling } from "./tellings.ts";

export type OutboxSender = {
  /** Tells all that is due. Returns when to look again, or null when nothing waits. */
  send(): Promise<{ again: Temporal.Instant | null }>;
};

type Setup = {
  outbox: Outbox;
  posts: Posts;
  perform: Perform;
  incidents: Pick<Incidents, "history">;
  settings: Pick<SettingsStore, "get">;
  api: SlackApi;
  pictures: Pictures;
  clock: Clock;
  log: Log;
  /** Aborted when the process ends: what waits is told by whoever comes next. */
  closing: AbortSignal;
  /** Between two messages of one channel; a second, as Slack asks. */
  paceMs?: number;
};

/** Few at a time, since a channel takes one a second and a run may have something to say meanwhile. */
const batch = 5;
/** Then somebody else may have a turn. */
const rounds = 100;
/** Progress is edited at most this often. */
const liveMs = 3000;

/** Brings Slack up to date with what waits to be told, in place where a message is there already. */
export function makeOutboxSender(setup: Setup): OutboxSender {
  const { outbox, clock, log } = setup;
  const pace = makePace(setup.closing, setup.paceMs);
  const tell = makeTeller(setup, pace);
  let underWay: Promise<{ again: Temporal.Instant | null }> | null = null;

  const soonest = { at: null as Temporal.Instant | null };
  const after = (ms: number): Temporal.Instant => {
    const at = clock.now().add({ milliseconds: Math.ceil(ms) });
    if (soonest.at === null || Temporal.Instant.compare(at, soonest.at) < 0) soonest.at = at;
    return at;
  };

  const one = async ({ subject, attempts }: Due): Promise<void> => {
    try {
      const { live } = await tell(subject);
      await (live ? outbox.goesOn(subject, after(liveMs)) : outbox.done(subject));
    } catch (error) {
      if (setup.closing.aborted && error === setup.closing.reason) return;
      const wait = waitAfter(error, attempts);
      if (wait !== null) return outbox.later(subject, after(wait), String(error));
      log.error("nobody in Slack could be told", { subject, error: String(error) });
      await outbox.done(subject);
    }
  };

  /** What was put off in an earlier pass is not known here by its time, so it is looked for soon. */
  const nextLook = async (): Promise<Temporal.Instant | null> => {
    if ((await outbox.waiting()) === 0) return null;
    const soon = clock.now().add({ milliseconds: liveMs });
    return soonest.at !== null && Temporal.Instant.compare(soonest.at, soon) < 0
      ? soonest.at
      : soon;
  };

  const all = async () => {
    soonest.at = null;
    for (let round = 0; round < rounds && !setup.closing.aborted; round += 1) {
      const due = await outbox.due(batch, clock.now());
      if (due.length === 0) return { again: await nextLook() };
      // A card before what is said under it.
      await Promise.all(due.filter(({ subject }) => subject.kind !== "incident_note").map(one));
      for (const note of due.filter(({ subject }) => subject.kind === "incident_note"))
        if (!setup.closing.aborted) await one(note);
    }
    return { again: clock.now() };
  };

  return {
    send: () => (underWay ??= all().finally(() => (underWay = null))),
  };
}

/** Milliseconds until it is worth trying again; null when it never is. */
function waitAfter(error: unknown, attempts: number): number | null {
  if (error instanceof RetryLater) return error.waitMs;
  const patient = Math.min(60_000, 2000 * 2 ** Math.min(attempts, 6));
  if (error instanceof Unavailable || error instanceof SignInAgain) return patient;
  // What it was about is gone, or Slack will not have it: no use in asking for ever.
  if (error instanceof Mistake || error instanceof SlackRefused) return null;
  return attempts < 5 ? patient : null;
}

/** A picture that Slack has not finished with yet makes the whole message invalid: better without. */
async function postDrawn(api: SlackApi, channel: string, said: Message) {
  const words = said.blocks.filter(({ type }) => type !== "image");
  try {
    return await api.post(channel, said);
  } catch (error) {
    const refused = error instanceof SlackRefused && error.code === "invalid_blocks";
    if (!refused || words.length === said.blocks.length) throw error;
    return api.post(channel, { ...said, blocks: words });
  }
}

type Pace = ReturnType<typeof makePace>;

function makeTeller(
  { posts, perform, incidents, settings, api, pictures, clock, log }: Setup,
  pace: Pace,
) {
  /** What each message says by now, so that nothing is sent twice. */
  const shown = new Map<string, string>();
  const workspaceChannel = async (): Promise<string> => (await settings.get()).channel;

  const update = async (at: { channel: string; ts: string }, said: Message) => {
    const key = `${at.channel} ${at.ts}`;
    const content = JSON.stringify(said.blocks);
    if (shown.get(key) === content) return;
    await pace(at.channel, () => api.update(at.channel, at.ts, said));
    shown.set(key, content);
    if (shown.size > 1000) shown.clear();
  };

  const post = async (subject: Subject, told: Telling): Promise<void> => {
    const drawn = await pictures.drawn(told.message);
    const places = [
      { channel: told.channel, said: drawn },
      ...(told.owner === null
        ? []
        : [{ channel: told.owner, said: misplaced(drawn, told.channel) }]),
      { channel: await workspaceChannel(), said: misplaced(drawn, told.channel) },
    ];
    let refusal: unknown;
    for (const { channel, said } of places) {
      try {
        await posts.put(subject, await pace(channel, () => postDrawn(api, channel, said)));
        return;
      } catch (error) {
        if (!(error instanceof SlackRefused) || !unreachable.has(error.code)) throw error;
        log.warn("a channel cannot be reached", { channel, error: error.code });
        refusal = error;
      }
    }
    throw refusal;
  };

  return async (subject: Subject): Promise<{ live: boolean }> => {
    const about = { perform, incidents, now: clock.now(), channel: await workspaceChannel() };
    const told = await telling(subject, about);
    if (!told) return { live: false };
    if (told.under !== null) {
      const root = await posts.get(told.under);
      if (root) await pace(root.channel, () => api.post(root.channel, told.message, root.ts));
      return { live: false };
    }
    const there = await posts.get(subject);
    if (there && isOfThisTime(there.ts, told.notBefore)) {
      const updated = await update(there, told.message).then(
        () => true,
        (error: unknown) => {
          if (error instanceof SlackRefused && lost.has(error.code)) return false;
          throw error;
        },
      );
      if (updated) return { live: told.live };
      await posts.forget(subject);
    }
    if (told.worthPosting) await post(subject, told);
    return { live: told.live };
  };
}

/** Slack's ts is the second of posting. A minute is left for clocks that do not agree. */
const isOfThisTime = (ts: string, notBefore: Temporal.Instant | null): boolean =>
  notBefore === null || Number(ts) * 1000 + 60_000 >= notBefore.epochMilliseconds;

const unreachable = new Set([
  "not_in_channel",
  "channel_not_found",
  "is_archived",
  "restricted_action",
  "user_not_found",
  "cannot_dm_bot",
  "messages_tab_disabled",
]);
const lost = new Set([
  "message_not_found",
  "channel_not_found",
  "cant_update_message",
  "edit_window_closed",
  "is_archived",
  "not_in_channel",
]);
