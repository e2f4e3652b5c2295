/** Time, as the engine sees it. */
export type Clock = {
  now(): Temporal.Instant;
  /** Milliseconds since some moment: what only goes on, whatever the wall clock is set to. */
  elapsed(): number;
  /** Resolves after the wait; rejects with the signal's reason when that comes first. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
};

/** Chance, as the engine sees it. */
export type Chance = {
  /** From 0 to below 1. */
  fraction(): number;
  /** A fresh id: a UUID. */
  id(): string;
};

/** Content hash: the same text gives the same short text, whatever the process. */
export type Hash = (text: string) => string;

/** What the engine tells while it works; never awaited, never fails it. */
export type Log = {
  info(message: string, about?: Record<string, unknown>): void;
  warn(message: string, about?: Record<string, unknown>): void;
  error(message: string, about?: Record<string, unknown>): void;
};
