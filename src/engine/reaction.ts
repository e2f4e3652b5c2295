import {
  Fenced,
  Held,
  isStoreAway,
  isSystemic,
  Mistake,
  OutOfHours,
  QuotaSpent,
  RetryLater,
  StoreBroken,
  type Systemic,
  Unavailable,
} from "#domain/errors.ts";
import type { Foresight } from "#domain/foresight.ts";
import type { Chance } from "#domain/ports/world.ts";
import { jittered } from "./backoff.ts";
import type { Carried } from "./carried.ts";
import {
  BooksDoNotBalance,
  CauseReturned,
  ClosingDown,
  GivesWay,
  Paused,
  Stopped,
} from "./stopped.ts";

/** What an error means for the run. */
export type Reaction =
  /** Another worker has the run: nothing more may be stored. */
  | { kind: "leave" }
  /** The store is away or not to be trusted: whoever is given the run next looks what there is. */
  | { kind: "fall" }
  | { kind: "cancel"; by: string }
  | { kind: "rest"; by: string }
  /** It ends by itself, as it should; what it says is enough. */
  | { kind: "stop"; reason: string }
  /** `incident`: it lasts, so people are told. */
  | { kind: "wait"; reason: string; until: Temporal.Instant; incident: string | null }
  /** Only a person can help: the flow pauses with one incident. */
  | { kind: "pause"; reason: string; error: string }
  /** The guard: the flow pauses until a person has looked at what the run would do. */
  | { kind: "hold"; reason: string; foresight: Foresight }
  /** A defect, of ours or of the set-up; the flow stays on. */
  | { kind: "fail"; reason: string; error: string };

/** Long enough for the other run to be taken up. */
const giveWayMs = 6_000;
const lastsMs = 15 * 60_000;
/** A wait is never longer, whatever the tool says: then it is asked again. */
const longestMs = 24 * 60 * 60_000;
const backOff = { firstMs: 10_000, mostMs: 15 * 60_000, leastMs: 1_000 };

/**
 * Decides by the class of the error alone: what is systemic waits or pauses, and anything we do not know
 * is a defect. `stop` counts for more than the error it led to.
 */
export function reactionTo(
  error: unknown,
  stop: AbortSignal,
  carried: Carried,
  now: Temporal.Instant,
  chance: Chance,
): Reaction {
  if (error instanceof Fenced) return { kind: "leave" };
  if (error instanceof StoreBroken || isStoreAway(error)) return { kind: "fall" };
  if (error instanceof BooksDoNotBalance)
    return { kind: "fail", reason: error.message, error: "books" };
  if (stop.reason instanceof ClosingDown)
    return { kind: "wait", reason: stop.reason.message, until: now, incident: null };
  if (stop.reason instanceof Stopped) return { kind: "cancel", by: stop.reason.by };
  if (stop.reason instanceof Paused) return { kind: "rest", by: stop.reason.by };
  if (error instanceof CauseReturned) return { kind: "stop", reason: error.message };
  if (error instanceof GivesWay)
    return { kind: "wait", reason: error.message, until: soonest(now, giveWayMs), incident: null };
  if (!isSystemic(error)) return { kind: "fail", reason: messageOf(error), error: "internal" };
  return reactionToSystemic(error, carried, now, chance);
}

function reactionToSystemic(
  error: Systemic,
  carried: Carried,
  now: Temporal.Instant,
  chance: Chance,
): Reaction {
  if (error instanceof OutOfHours)
    return { kind: "wait", reason: error.message, until: error.until, incident: null };
  if (error instanceof RetryLater)
    return waiting(error, carried, now, soonest(now, error.waitMs), false);
  if (error instanceof QuotaSpent && error.until !== null)
    return waiting(error, carried, now, within(now, error.until), false);
  if (error instanceof Unavailable) {
    carried.attempts += 1;
    const until = soonest(now, jittered(chance, carried.attempts, backOff));
    return waiting(error, carried, now, until, carried.attempts >= 3);
  }
  if (error instanceof Held)
    return { kind: "hold", reason: error.message, foresight: error.foresight };
  return { kind: "pause", reason: error.message, error: error.name };
}

function waiting(
  error: Error,
  carried: Carried,
  now: Temporal.Instant,
  until: Temporal.Instant,
  often: boolean,
): Reaction {
  carried.waitingSince ??= now;
  const lasts = until.since(carried.waitingSince).total("milliseconds") > lastsMs;
  return {
    kind: "wait",
    reason: error.message,
    until,
    incident: often || lasts ? error.name : null,
  };
}

const soonest = (now: Temporal.Instant, waitMs: number): Temporal.Instant => {
  const ms = Number.isFinite(waitMs) ? Math.min(Math.max(1_000, waitMs), longestMs) : longestMs;
  return now.add({ milliseconds: Math.ceil(ms) });
};

const within = (now: Temporal.Instant, until: Temporal.Instant): Temporal.Instant =>
  soonest(now, until.since(now).total("milliseconds"));

/** What another error says may hold a record, and everybody in the channel reads the reason. */
const messageOf = (error: unknown): string =>
  error instanceof Mistake ? error.message : "Something went wrong on our side; the log says what.";
