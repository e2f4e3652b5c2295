import type { Posts, Subject } from "#domain/ports/outbox.ts";

const keyOf = (subject: Subject): string => JSON.stringify(subject);

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
