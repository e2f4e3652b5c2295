export type Faults = {
  /** Every call of the Web API fails with 503 for this long. */
  outageFor(ms: number): void;
  isOut(): boolean;
  /** The next `times` calls of the method are refused with 429. */
  rateLimit(method: string, times: number, retryAfter: number): void;
  /** Spends one of those refusals; undefined when there is none. */
  refusedFor(method: string): number | undefined;
  setDuplicateEvents(on: boolean): void;
  duplicatesEvents(): boolean;
  setDelay(ms: number): void;
  delayMs(): number;
  setTokenRevoked(on: boolean): void;
  tokenRevoked(): boolean;
};

/** What goes wrong on demand. Nothing of it outlives the process. */
export function makeFaults(): Faults {
  const refusals = new Map<string, { times: number; retryAfter: number }>();
  let outUntil = 0;
  let duplicate = false;
  let delay = 0;
  let revoked = false;
  return {
    outageFor: (ms) => void (outUntil = Date.now() + ms),
    isOut: () => Date.now() < outUntil,
    rateLimit: (method, times, retryAfter) => void refusals.set(method, { times, retryAfter }),
    refusedFor(method) {
      const refusal = refusals.get(method);
      if (!refusal || refusal.times <= 0) return undefined;
      refusal.times -= 1;
      return refusal.retryAfter;
    },
    setDuplicateEvents: (on) => void (duplicate = on),
    duplicatesEvents: () => duplicate,
    setDelay: (ms) => void (delay = ms),
    delayMs: () => delay,
    setTokenRevoked: (on) => void (revoked = on),
    tokenRevoked: () => revoked,
  };
}
