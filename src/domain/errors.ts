import type { Foresight } from "./foresight.ts";
import type { ConnectionName } from "./ids.ts";

/**
 * Systemic failures, named for what to do next. They never say anything about one record, so nothing
 * is dead-lettered for them: the run waits, or the flow pauses with one incident.
 */

/** The tool asked us to slow down. Make the same call again after the wait. */
export class RetryLater extends Error {
  override readonly name = "RetryLater";
  readonly waitMs: number;

  constructor(message: string, waitMs: number, options?: ErrorOptions) {
    super(message, options);
    this.waitMs = waitMs;
  }
}

/** The tool's daily or monthly allowance is gone. Nothing will work before `until`, if it is known. */
export class QuotaSpent extends Error {
  override readonly name = "QuotaSpent";
  readonly until: Temporal.Instant | null;

  constructor(message: string, until: Temporal.Instant | null, options?: ErrorOptions) {
    super(message, options);
    this.until = until;
  }
}

/** The flow keeps hours, and these are not them, or its share of the day is used up. Nothing is wrong. */
export class OutOfHours extends Error {
  override readonly name = "OutOfHours";
  readonly until: Temporal.Instant;

  constructor(message: string, until: Temporal.Instant) {
    super(message);
    this.until = until;
  }
}

/** The tool, or the way to it, does not work just now: 5xx, no route, nonsense for an answer. */
export class Unavailable extends Error {
  override readonly name = "Unavailable";
}

/** The stored credential no longer works. Pause until a person signs in again. */
export class SignInAgain extends Error {
  override readonly name = "SignInAgain";
  /** Whose it is, where that is known. */
  connection: ConnectionName | null = null;
}

/** The tool itself said that it will not renew the credential: nothing but signing in again helps. */
export class SignInRefused extends SignInAgain {}

/** The credential works but may not do this: a scope, a plan or a licence is missing. */
export class NotPermitted extends Error {
  override readonly name = "NotPermitted";
}

/** Nearly every record is refused, so it is the mapping or the setting that is wrong, not the records. */
export class MappingBroken extends Error {
  override readonly name = "MappingBroken";
}

/** The run would change more of what is linked than the flow's guard allows; nothing of that was written. */
export class Held extends Error {
  override readonly name = "Held";
  readonly foresight: Foresight;

  constructor(message: string, foresight: Foresight) {
    super(message);
    this.foresight = foresight;
  }
}

/** A record goes back and forth between the two sides of a flow, changed each time by the tools themselves. */
export class Looping extends Error {
  override readonly name = "Looping";
}

/** Another worker has taken this run over; whatever we still wanted to store is void. */
export class Fenced extends Error {
  override readonly name = "Fenced";
}

/** The flow that goes the other way has stored something meanwhile: look at it, then store this again. */
export class Overtaken extends Error {
  override readonly name = "Overtaken";
}

/** The store did not do what it said. Go down and come up again rather than carry on. */
export class StoreBroken extends Error {
  override readonly name = "StoreBroken";
}

/**
 * The store does not work just now: out of reach, read-only, full. What was sent to it may have been
 * stored or not, so whoever goes on looks first.
 */
export class StoreAway extends Error {
  override readonly name = "StoreAway";
}

export const isStoreAway = (error: unknown): boolean => storeAwayIn(error) !== undefined;

/** What says so: the error itself, or what it was caused by. */
export function storeAwayIn(error: unknown): StoreAway | undefined {
  const told = error instanceof Error && error.cause instanceof StoreAway ? error.cause : error;
  return told instanceof StoreAway ? told : undefined;
}

/**
 * What was asked for cannot be done, and the sentence says why and what is allowed. It is shown to
 * the person as it is; `usage` marks a request that was wrong in itself (exit code 64).
 */
export class Mistake extends Error {
  override readonly name = "Mistake";
  readonly usage: boolean;
  /** The nearest thing that does exist, to be offered instead. */
  readonly nearest: string | null;

  constructor(message: string, about: { usage?: boolean; nearest?: string | null } = {}) {
    super(message);
    this.usage = about.usage ?? false;
    this.nearest = about.nearest ?? null;
  }
}

/** The person's role does not allow it. */
export class NotAllowed extends Error {
  override readonly name = "NotAllowed";
}

export type Systemic =
  | RetryLater
  | QuotaSpent
  | OutOfHours
  | Unavailable
  | SignInAgain
  | NotPermitted
  | MappingBroken
  | Held
  | Looping;

export const isSystemic = (error: unknown): error is Systemic =>
  error instanceof RetryLater ||
  error instanceof QuotaSpent ||
  error instanceof OutOfHours ||
  error instanceof Unavailable ||
  error instanceof SignInAgain ||
  error instanceof NotPermitted ||
  error instanceof MappingBroken ||
  error instanceof Held ||
  error instanceof Looping;
