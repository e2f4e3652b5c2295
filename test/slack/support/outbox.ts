import type { Outbox, Posts, Subject } from "#domain/ports/outbox.ts";

const keyOf = (subject: Subject): string => JSON.stringify(subject);

/** The outbox's promise, kept in memory. */
export function inMemoryOutbox(): Outbox {
  const waiting = new Map<string, { subject: Subject; attempts: number; at: Temporal.Instant }>();
  const epoch = Temporal.Instant.fromEpochMilliseconds(0);
  return {
    async tell(subject) {
      waiting.set(keyOf(subject), { subject, attempts: 0, at: epoch });
    },
    async due(limit, at) {
      return [...waiting.values()]
        .filter((one) => Temporal.Instant.compare(one.at, at) <= 0)
        .sort((a, b) => Number(b.subject.kind === "run") - Number(a.subject.kind === "run"))
        .slice(0, limit);
    },
    async done(subject) {
      waiting.delete(keyOf(subject));
    },
    async later(subject, at) {
      const one = waiting.get(keyOf(subject));
      if (one) waiting.set(keyOf(subject), { ...one, at, attempts: one.attempts + 1 });
    },
    async waiting() {
      return waiting.size;
    },
  };
}

export function inMemoryPosts(): Posts {
  const posts = new Map<string, { channel: string; ts: string }>();
  return {
    get: async (subject) => posts.get(keyOf(subject)),
    put: async (subject, post) => void posts.set(keyOf(subject), post),
    async about(channel, ts) {
      const found = [...posts].find(([, post]) => post.channel === channel && post.ts === ts);
      return found && (JSON.parse(found[0]) as Subject);
    },
    forget: async (subject) => void posts.delete(keyOf(subject)),
  };
}
