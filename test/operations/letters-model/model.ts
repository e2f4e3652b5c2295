import { keys, refusedAtFirst } from "./keys.ts";

/** A dead letter as it should be. */
export type Letter = {
  key: string;
  state: "open" | "retrying" | "written" | "superseded" | "discarded";
  /** The notes of the record when it was refused last, which stand for its content: no two are the same. */
  content: string;
  /** What a person made of them. */
  edited: string | null;
  attempts: number;
  /** Who did something with it, oldest first, with a word where a correction was in vain. */
  history: readonly string[];
};

export type RunExpected = {
  id: string;
  by: string;
  state: "waiting" | "paused" | "over";
  work: { kind: "sync"; full: boolean } | { kind: "bulk"; inHand: readonly string[] } | { kind: "retry"; letters: readonly string[] }; // prettier-ignore
};

/** How the tool tells what became of a request: asked again under its id, or by showing what it has. */
export type Repeat = "request_id" | "lookup";

/** A write whose answer nobody waited for: of a content of the record, as a person had corrected it by then. */
export type Pending = {
  key: string;
  kind: "create" | "update";
  content: string;
  edited: string | null;
  /** What the tool made of it; null where it has not come to it. */
  became: "written" | "refused" | null;
};

/** All that is expected. Letters by their names: `k01#2` is the second one of k01. */
export type Model = {
  repeat: Repeat;
  source: Map<string, string | null>;
  /** Records that have changed since they were read. */
  changed: Set<string>;
  target: Map<string, string>;
  /** What the source had of each when it was written last. */
  linked: Map<string, string>;
  /** How often each was written there. */
  writes: Map<string, number>;
  letters: Map<string, Letter>;
  /** What whoever performs a run next finds out. */
  pending: Pending[];
  runs: RunExpected[];
  strict: boolean;
  /** What each person has before them: a letter, and how much of its history they have seen. */
  forms: Map<string, { letter: string; seen: number }>;
  /** Counts contents, so that no two are the same. */
  count: number;
};

export const ann = "U0ADMIN";
export const bob = "U0OPERATOR";

export function firstModel(repeat: Repeat): Model {
  const bad = keys.slice(0, refusedAtFirst);
  const good = keys.slice(refusedAtFirst);
  const first = (key: string): Letter => ({ key, state: "open", content: `bad ${key}`, edited: null, attempts: 1, history: [ann] }); // prettier-ignore
  return {
    repeat,
    source: new Map(keys.map((key, n) => [key, `${n < refusedAtFirst ? "bad" : "good"} ${key}`])),
    changed: new Set(),
    target: new Map(good.map((key) => [key, `good ${key}`])),
    linked: new Map(good.map((key) => [key, `good ${key}`])),
    writes: new Map(good.map((key) => [key, 1])),
    letters: new Map(bad.map((key) => [`${key}#1`, first(key)])),
    pending: [],
    runs: [],
    strict: true,
    forms: new Map(),
    count: 0,
  };
}

export const isRefused = ({ strict }: Pick<Model, "strict">, notes: string): boolean => strict && notes.startsWith("bad"); // prettier-ignore
export const isWaiting = ({ state }: Letter): boolean => state === "open" || state === "retrying";
export const isOpen = ({ state }: Letter): boolean => state === "open";

export const named = ({ letters }: Model, pick: number): string => [...letters.keys()][pick % letters.size] ?? ""; // prettier-ignore

export function letterOf({ letters }: Model, name: string): Letter {
  const letter = letters.get(name);
  if (letter === undefined) throw new Error(`there is no ${name}`);
  return letter;
}

/** The same letter after somebody did something with it. */
export const after = (letter: Letter, by: string, part: Partial<Letter>): Letter => ({
  ...letter,
  ...part,
  history: [...letter.history, by],
});

/** What a retry makes of a letter, and what it writes. */
export function tried(
  model: Pick<Model, "source" | "strict" | "linked">,
  letter: Letter,
  by: string,
): { letter: Letter; wrote: string | null } {
  // prettier-ignore
  const now = model.source.get(letter.key) ?? null;
  if (now === null) return { letter: after(letter, by, { state: "superseded" }), wrote: null };
  const same = now === letter.content;
  if (!same && model.linked.get(letter.key) === now) return { letter: after(letter, by, { state: "superseded" }), wrote: null }; // prettier-ignore
  const notes = same ? (letter.edited ?? now) : now;
  if (isRefused(model, notes)) return { letter: refusedAgain(letter, by, now), wrote: null };
  return { letter: after(letter, by, { state: same ? "written" : "superseded" }), wrote: notes };
}

/** What was corrected of another content is gone, and the history says so. */
function refusedAgain(letter: Letter, by: string, content: string): Letter {
  const edited = letter.content === content ? letter.edited : null;
  const word = letter.edited !== null && edited === null ? `${by} in vain` : by;
  return after(letter, word, { state: "open", content, edited, attempts: letter.attempts + 1 });
}

/** What a sync makes of a record: what the source says counts, and only a retry writes what was corrected. */
export function synced(model: Model, key: string, by: string): void {
  const now = model.source.get(key) ?? null;
  const all = [...model.letters].filter(([, letter]) => letter.key === key);
  const open = all.find(([, letter]) => isWaiting(letter)) ?? null;
  if (now === null) return;
  if (model.linked.get(key) === now) {
    if (open !== null) model.letters.set(open[0], after(open[1], by, { state: "superseded" }));
    return;
  }
  if (open === null && isDiscarded(all.at(-1)?.[1], now)) return;
  if (!isRefused(model, now)) wrote(model, key, now, now);
  if (open !== null) model.letters.set(open[0], seenAgain(model, open[1], now, by));
  else if (isRefused(model, now)) model.letters.set(`${key}#${String(all.length + 1)}`, { key, state: "open", content: now, edited: null, attempts: 1, history: [by] }); // prettier-ignore
}

const isDiscarded = (last: Letter | undefined, now: string): boolean =>
  last?.state === "discarded" && last.content === now;

function seenAgain(model: Model, letter: Letter, now: string, by: string): Letter {
  if (isRefused(model, now)) return refusedAgain(letter, by, now);
  if (letter.content !== now) return after(letter, by, { state: "superseded" });
  return after(letter, letter.edited === null ? by : `${by} in vain`, { state: "written" });
}

/** Nobody has been told of it yet. */
export function arrived(model: Model, key: string, notes: string): void {
  model.target.set(key, notes);
  model.writes.set(key, (model.writes.get(key) ?? 0) + 1);
}

export function wrote(model: Model, key: string, notes: string, content: string): void {
  arrived(model, key, notes);
  model.linked.set(key, content);
}

/** Never what a source has. */
const corrected = "corrected since";

/**
 * What was under way is asked for first of all, by whatever run comes next: what had not been done is done then.
 * Who has corrected it since finds it waiting with the correction.
 */
export function foundOut(model: Model, by: string): void {
  for (const each of model.pending.splice(0)) {
    if (!isThere(model, each)) continue;
    const { key, content, edited, became } = each;
    if (became === null) arrived(model, key, edited ?? content);
    model.linked.set(key, content);
    const [name, letter] = [...model.letters].find(([, one]) => one.key === key && isWaiting(one)) ?? []; // prettier-ignore
    if (name === undefined || letter?.content !== content) continue;
    const isSince = letter.edited !== null && letter.edited !== edited;
    if (isSince) model.linked.set(key, corrected);
    model.letters.set(name, isSince ? after(letter, `${by} ${earlier}`, {}) : after(letter, by, { state: "written" })); // prettier-ignore
  }
}

/** What the tool shows tells only whether something was made: what was to be changed is written again. */
function isThere(model: Model, { kind, content, edited, became }: Pending): boolean {
  if (became !== null) return became === "written" && (model.repeat === "request_id" || kind === "create"); // prettier-ignore
  return model.repeat === "request_id" && !isRefused(model, edited ?? content);
}

/** Was written as it was, before somebody corrected it. */
export const earlier = "earlier";

/** Who has it in hand. */
export const takenBy = ({ history }: Letter): string => history.findLast((entry) => !entry.endsWith(earlier)) ?? ""; // prettier-ignore
