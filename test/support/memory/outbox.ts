import type { Outbox, Subject } from "#domain/ports/outbox.ts";
import type { Memory } from "./memory.ts";

const same = (a: Subject, b: Subject): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The outbox in memory; `memory.told` keeps all that was ever asked for. */
export const memoryOutbox = (memory: Memory): Outbox => ({
  async tell(subject) {
    memory.told.push(subject);
    if (memory.outbox.some((row) => same(row.subject, subject))) return;
    memory.outbox.push({ subject, attempts: 0, notBefore: null });
  },
  async due(limit, at) {
    return memory.outbox
      .filter(({ notBefore }) => notBefore === null || Temporal.Instant.compare(notBefore, at) <= 0)
      .sort((a, b) => Number(b.subject.kind === "run") - Number(a.subject.kind === "run"))
      .slice(0, limit)
      .map(({ subject, attempts }) => ({ subject, attempts }));
  },
  async done(subject) {
    memory.outbox = memory.outbox.filter((row) => !same(row.subject, subject));
  },
  async later(subject, at) {
    memory.outbox = memory.outbox.map((row) =>
      same(row.subject, subject) ? { ...row, attempts: row.attempts + 1, notBefore: at } : row,
    );
  },
  async waiting() {
    return memory.outbox.length;
  },
});
