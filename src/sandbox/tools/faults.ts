type When = "before" | "after";

/** The answer is another one. "after" means that the write was applied and only its answer is lost. */
export type Altered =
  | { kind: "too_many_requests"; retry_after: string | null }
  | { kind: "server_error"; status: number; when: When }
  | { kind: "expired_token" }
  | { kind: "html"; status: number }
  | { kind: "answer"; status: number; body: unknown; when: When }
  | { kind: "truncated" }
  | { kind: "byte_order_mark" }
  /** Every object in a list has a member more than it had yesterday. */
  | { kind: "drifted" }
  /** The first list in the answer is turned round and lacks this many of its items. */
  | { kind: "reshuffled"; drop: number };

/** The answer does not come as answers should. */
export type Delayed =
  | { kind: "timeout"; when: When }
  | { kind: "reset"; when: When }
  | { kind: "slow"; ms: number }
  /** A space every `ms` before the body, which never comes. */
  | { kind: "drip"; ms: number };

export type Effect = Altered | Delayed;

export type Fault = {
  effect: Effect;
  method: string | null;
  path: RegExp | null;
  times: number;
  every: number;
};

const KEYS = ["kind", "method", "path", "times", "every", "when", "status", "retry_after", "body", "drop", "ms"]; // prettier-ignore

/**
 * A fault as written in `POST /_config`: `{kind, method?, path?, times?, every?, …}`. `path` is a
 * regular expression over path and query, `times` a number (1 unless given) or "all", `every` n
 * lets only each n-th matching request fail. Throws an Error that says what is allowed.
 */
export function parseFault(value: unknown): Fault {
  if (typeof value !== "object" || value === null) throw new Error("A fault is an object.");
  const given = value as Given;
  const unknown = Object.keys(given).find((key) => !KEYS.includes(key));
  if (unknown !== undefined) {
    throw new Error(`A fault has no "${unknown}"; it may have ${KEYS.join(", ")}.`);
  }
  return {
    effect: effectOf(given),
    method: given["method"] === undefined ? null : text(given, "method").toUpperCase(),
    path: given["path"] === undefined ? null : new RegExp(text(given, "path")),
    times: given["times"] === "all" ? Infinity : whole(given, "times", 1),
    every: whole(given, "every", 1),
  };
}

type Given = Record<string, unknown>;

const EFFECTS: { [Kind in Effect["kind"]]: (given: Given) => Extract<Effect, { kind: Kind }> } = {
  too_many_requests({ retry_after: wait }) {
    const known = typeof wait === "string" || typeof wait === "number";
    return { kind: "too_many_requests", retry_after: known ? String(wait) : null };
  },
  server_error: (given) => ({
    kind: "server_error",
    status: whole(given, "status", 500),
    when: whenOf(given),
  }),
  expired_token: () => ({ kind: "expired_token" }),
  html: (given) => ({ kind: "html", status: whole(given, "status", 200) }),
  answer: (given) => ({
    kind: "answer",
    status: whole(given, "status", 200),
    body: given["body"] ?? {},
    when: whenOf(given),
  }),
  truncated: () => ({ kind: "truncated" }),
  byte_order_mark: () => ({ kind: "byte_order_mark" }),
  drifted: () => ({ kind: "drifted" }),
  reshuffled: (given) => ({ kind: "reshuffled", drop: whole(given, "drop", 1) }),
  timeout: (given) => ({ kind: "timeout", when: whenOf(given) }),
  reset: (given) => ({ kind: "reset", when: whenOf(given) }),
  slow: (given) => ({ kind: "slow", ms: whole(given, "ms", 1000) }),
  drip: (given) => ({ kind: "drip", ms: whole(given, "ms", 1000) }),
};

function effectOf(given: Given): Effect {
  const kind = (Object.keys(EFFECTS) as Effect["kind"][]).find((known) => known === given["kind"]);
  if (kind !== undefined) return EFFECTS[kind](given);
  throw new Error(`A fault's kind is one of ${Object.keys(EFFECTS).join(", ")}.`);
}

function whenOf(given: Given): When {
  const when = given["when"] ?? "before";
  if (when !== "before" && when !== "after") throw new Error('"when" is "before" or "after".');
  return when;
}

function text(given: Given, key: string): string {
  const value = given[key];
  if (typeof value !== "string") throw new Error(`"${key}" is a text.`);
  return value;
}

function whole(given: Given, key: string, otherwise: number): number {
  const value = given[key] ?? otherwise;
  if (typeof value !== "number" || !Number.isInteger(value) || value < 1) {
    throw new Error(`"${key}" is a whole number from 1.`);
  }
  return value;
}

export type Faults = {
  add(fault: Fault): void;
  clear(): void;
  /** The effect that this request meets, if any. */
  meet(method: string, url: string): Effect | undefined;
  list(): { kind: string; matched: number; fired: number; left: number | "all" }[];
  readonly fired: number;
};

/** Faults waiting for requests; of several that match, the oldest that is due fires. */
export function openFaults(): Faults {
  let waiting: { fault: Fault; matched: number; fired: number }[] = [];
  let total = 0;
  return {
    add: (fault) => void waiting.push({ fault, matched: 0, fired: 0 }),
    clear: () => void (waiting = []),
    meet(method, url) {
      for (const entry of waiting) {
        const { fault } = entry;
        if (entry.fired >= fault.times) continue;
        if (fault.method !== null && fault.method !== method) continue;
        if (fault.path !== null && !fault.path.test(url)) continue;
        entry.matched += 1;
        if (entry.matched % fault.every !== 0) continue;
        entry.fired += 1;
        total += 1;
        return fault.effect;
      }
      return undefined;
    },
    list: () =>
      waiting.map(({ fault, matched, fired }) => ({
        kind: fault.effect.kind,
        matched,
        fired,
        left: fault.times === Infinity ? "all" : fault.times - fired,
      })),
    get fired() {
      return total;
    },
  };
}
