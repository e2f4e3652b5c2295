type When = "before" | "after";

/** What goes wrong. "after" means that the write was applied and only the answer is lost. */
export type Effect =
  | { kind: "too_many_requests"; retry_after: string | null }
  | { kind: "server_error"; status: number; when: When }
  | { kind: "timeout"; when: When }
  | { kind: "reset"; when: When }
  | { kind: "truncated" }
  | { kind: "html"; status: number }
  | { kind: "expired_token" }
  | { kind: "slow"; ms: number };

export type Fault = {
  effect: Effect;
  method: string | null;
  path: RegExp | null;
  times: number;
  every: number;
};

const KINDS = [
  "too_many_requests",
  "server_error",
  "timeout",
  "reset",
  "truncated",
  "html",
  "expired_token",
  "slow",
] as const;
const KEYS = ["kind", "method", "path", "times", "every", "when", "status", "retry_after", "ms"];

/**
 * A fault as written in `POST /_config`: `{kind, method?, path?, times?, every?, …}`. `path` is a
 * regular expression over path and query, `times` a number (1 unless given) or "all", `every` n
 * lets only each n-th matching request fail. Throws an Error that says what is allowed.
 */
export function parseFault(value: unknown): Fault {
  if (typeof value !== "object" || value === null) throw new Error("A fault is an object.");
  const given = value as Record<string, unknown>;
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

function effectOf(given: Record<string, unknown>): Effect {
  const kind = KINDS.find((known) => known === given["kind"]);
  switch (kind) {
    case "too_many_requests": {
      const wait = given["retry_after"] ?? null;
      return { kind, retry_after: wait === null ? null : String(wait as string | number) };
    }
    case "server_error":
      return { kind, status: whole(given, "status", 500), when: whenOf(given) };
    case "timeout":
    case "reset":
      return { kind, when: whenOf(given) };
    case "truncated":
    case "expired_token":
      return { kind };
    case "html":
      return { kind, status: whole(given, "status", 200) };
    case "slow":
      return { kind, ms: whole(given, "ms", 1000) };
    case undefined:
      throw new Error(`A fault's kind is one of ${KINDS.join(", ")}.`);
    default:
      return kind satisfies never;
  }
}

function whenOf(given: Record<string, unknown>): When {
  const when = given["when"] ?? "before";
  if (when !== "before" && when !== "after") throw new Error('"when" is "before" or "after".');
  return when;
}

function text(given: Record<string, unknown>, key: string): string {
  const value = given[key];
  if (typeof value !== "string") throw new Error(`"${key}" is a text.`);
  return value;
}

function whole(given: Record<string, unknown>, key: string, otherwise: number): number {
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
