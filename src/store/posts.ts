import type { Posts } from "#domain/ports/outbox.ts";
import { and, eq, sql } from "./drizzle.ts";
import type { Database } from "./handle.ts";
import { subjectKey } from "./outbox.ts";
import { posts } from "./tables/posts.ts";
import { only } from "./written.ts";

export const postsIn = ({ orm }: Database): Posts => ({
  async get(subject) {
    const [row] = await orm
      .select({ channel: posts.channel, ts: posts.ts })
      .from(posts)
      .where(eq(posts.key, subjectKey(subject)));
    return row;
  },

  async put(subject, { channel, ts }) {
    only(
      await orm
        .insert(posts)
        .values({ key: subjectKey(subject), subject, channel, ts })
        .onConflictDoUpdate({
          target: posts.key,
          set: { channel: sql`excluded.channel`, ts: sql`excluded.ts` },
        })
        .returning({ key: posts.key }),
      "post",
    );
  },

  async about(channel, ts) {
    const [row] = await orm
      .select({ subject: posts.subject })
      .from(posts)
      .where(and(eq(posts.channel, channel), eq(posts.ts, ts)));
    return row?.subject;
  },

  async forget(subject) {
    await orm.delete(posts).where(eq(posts.key, subjectKey(subject)));
  },
});
