import type { Shelf } from "../../collection.ts";

export type Named = {
  gid: string;
  resource_type: string;
  name?: string;
  resource_subtype?: string;
};

export type Change = {
  field: string;
  action: "changed" | "added" | "removed";
  /** Told where it is an object of its own. */
  value: Named | null;
};

export type Event = {
  user: string;
  at: string;
  resource: Named;
  action: "changed" | "added" | "removed" | "deleted" | "undeleted";
  parent: Named | null;
  change: Change | null;
  /** The gids whose events it is among: a change of a task is one of its projects' too. */
  subjects: string[];
};

export type Numbered = { number: number; event: Event };

export type EventLog = {
  add(event: Event): void;
  /** Those of a subject after a number, oldest first; undefined where some are forgotten. */
  after(number: number, subject: string): Numbered[] | undefined;
  newest(): number;
  /** Whoever listens hears of each as it happens. */
  listen(listener: (event: Event) => void): void;
};

/** Asana forgets events after a day "or earlier". */
const KEPT = 20_000;

export function openEventLog(shelf: Shelf): EventLog {
  const kept = shelf.collection<Event>("events");
  const listeners: ((event: Event) => void)[] = [];
  const numbers = [...kept.entries()].map(([key]) => Number(key));
  let oldest = numbers[0] ?? 1;
  let newest = numbers.at(-1) ?? 0;

  return {
    add(event) {
      newest += 1;
      kept.set(String(newest), event);
      for (; newest - oldest >= KEPT; oldest += 1) kept.delete(String(oldest));
      for (const listener of listeners) listener(event);
    },
    after(number, subject) {
      if (number + 1 < oldest) return undefined;
      const found: Numbered[] = [];
      for (let at = number + 1; at <= newest; at += 1) {
        const event = kept.get(String(at));
        if (event?.subjects.includes(subject)) found.push({ number: at, event });
      }
      return found;
    },
    newest: () => newest,
    listen: (listener) => void listeners.push(listener),
  };
}
