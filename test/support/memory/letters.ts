import { mostCounted, type DeadLetter, type HistoryEntry } from "#domain/dead-letter.ts";
import type { DeadLetters, LetterFilter } from "#domain/ports/dead-letters.ts";
import type { Memory, StoredLetter } from "./memory.ts";

const asLetter = ({ raw: _r, fingerprint: _f, ...letter }: StoredLetter): DeadLetter => letter;
const waiting = ["open", "retrying"] as const;

/** Dead letters in memory, over the same rows as the ledger. */
export function memoryLetters(memory: Memory): DeadLetters {
  const change = (letter: StoredLetter, part: Partial<StoredLetter>, entry: HistoryEntry): void => {
    memory.letters.set(letter.id, {
      ...letter,
      ...part,
      history: [...letter.history, entry],
      version: letter.version + 1,
    });
  };
  const matching = (filter: Omit<LetterFilter, "limit" | "after">): StoredLetter[] => {
    const states: readonly string[] = filter.states ?? waiting;
    return [...memory.letters.values()].filter(
      (letter) =>
        (filter.flow === undefined || letter.flow === filter.flow) &&
        (filter.incident === undefined || letter.incident === filter.incident) &&
        (filter.undecided === undefined || letter.problem.class === "ambiguous_write") &&
        states.includes(letter.state.kind),
    );
  };

  return {
    async get(id) {
      const letter = memory.letters.get(id);
      return letter && asLetter(letter);
    },
    async those(ids) {
      return ids.flatMap((id) => memory.letters.get(id) ?? []).map(asLetter);
    },
    async list({ after, limit, ...filter }) {
      const all = [...memory.letters.keys()];
      const seen = new Set<string>(after === undefined ? [] : all.slice(0, all.indexOf(after) + 1));
      const rows = matching(filter).filter(({ id }) => !seen.has(id));
      return rows.slice(0, limit).map(asLetter);
    },
    async count(filter, most = mostCounted) {
      return Math.min(matching(filter).length, most);
    },
    async raw(id) {
      return memory.letters.get(id)?.raw;
    },
    async edit(id, version, fields, entry) {
      const letter = memory.letters.get(id);
      if (letter?.version !== version) return false;
      if (letter.state.kind !== "open" && letter.state.kind !== "retrying") return false;
      change(letter, { edited: fields }, entry);
      return true;
    },
    async discard(id, by, reason, at) {
      const letter = memory.letters.get(id);
      if (letter?.state.kind !== "open") return false;
      const state = { kind: "discarded", by, reason, at } as const;
      change(letter, { state }, { at, by, what: `discarded: ${reason}` });
      return true;
    },
  };
}
