import type { Outbox, Subject } from "#domain/ports/outbox.ts";
import type { Memory } from "./memory.ts";

/** What waits to be told: how often it was asked for, and how often when the sender last looked. */
export type Waiting = {
  subject: Subject;
  attempts: number;
  notBefore: Temporal.Instant | null;
  failed: boolean;
  asked: number;
  seen: number;
};

const same = (a: Subject, b: Subject): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The outbox in memory; `memory.told` keeps all that was ever asked for. */
export function memoryOutbox(memory: Pick<Memory, "outbox" | "told">): Outbox {
  const change = (subject: Subject, how: (row: Waiting) => Partial<Waiting>): void => {
    memory.outbox = memory.outbox.map((row) =>
      same(row.subject, subject) ? { ...row, ...how(row) } : row,
    );
  };
  return {
    async tell(subject) {
      memory.told.push(subject);
      if (!memory.outbox.some((row) => same(row.subject, subject)))
        memory.outbox.push({ subject, attempts: 0, notBefore: null, failed: false, asked: 0, seen: 0 }); // prettier-ignore
      change(subject, ({ asked, failed, notBefore }) => ({
        asked: asked + 1,
        notBefore: failed ? notBefore : null,
      }));
    },
    async due(limit, at) {
      const due = memory.outbox
        .filter(
          ({ notBefore }) => notBefore === null || Temporal.Instant.compare(notBefore, at) <= 0,
        )
        .sort((a, b) => Number(b.subject.kind === "run") - Number(a.subject.kind === "run"))
        .slice(0, limit);
      for (const { subject } of due) change(subject, ({ asked }) => ({ seen: asked }));
      return due.map(({ subject, attempts }) => ({ subject, attempts }));
    },
    async done(subject) {
      memory.outbox = memory.outbox.filter((row) => !same(row.subject, subject) || row.seen < row.asked); // prettier-ignore
      change(subject, () => ({ attempts: 0, notBefore: null, failed: false }));
    },
    async goesOn(subject, at) {
      change(subject, ({ asked, seen }) => ({
        attempts: 0,
        notBefore: seen === asked ? at : null,
        failed: false,
      }));
    },
    async later(subject, at) {
      change(subject, ({ attempts }) => ({ attempts: attempts + 1, notBefore: at, failed: true }));
    },
    async waiting() {
      return memory.outbox.length;
    },
  };
}
