import { randomBytes } from "node:crypto";
import { cursorEnded, wrongArgument } from "./failures.ts";

export type Cursors = {
  /** Starts a walk through these ids: the first page of them, and where the rest can be had. */
  start(ids: string[], limit: number): { ids: string[]; cursor: string | null };
  next(cursor: string, limit: number): { ids: string[]; cursor: string | null };
  /** From the first page on, whatever is read meanwhile. */
  lifeMs: number;
};

const MOST = 500;

type Walk = { ids: string[]; ends: number };

/**
 * A cursor stands for what the first page found, kept for an hour: what is added later does not come,
 * what is gone by then is left out. They are forgotten when the tool restarts.
 */
export function openCursors(): Cursors {
  const walks = new Map<string, Walk>();

  function page({ ids, ends }: Walk, limit: number) {
    if (limit < 1 || limit > MOST) throw wrongArgument(`limit must be between 1 and ${String(MOST)}`); // prettier-ignore
    const rest = ids.slice(limit);
    if (rest.length === 0) return { ids: ids.slice(0, limit), cursor: null };
    const cursor = `MSw${randomBytes(24).toString("base64url")}`;
    walks.set(cursor, { ids: rest, ends });
    return { ids: ids.slice(0, limit), cursor };
  }

  const cursors: Cursors = {
    lifeMs: 3_600_000,
    start(ids, limit) {
      const now = Date.now();
      for (const [old, { ends }] of walks) if (ends <= now) walks.delete(old);
      return page({ ids, ends: now + cursors.lifeMs }, limit);
    },
    next(cursor, limit) {
      const walk = walks.get(cursor);
      if (walk === undefined || walk.ends <= Date.now()) throw cursorEnded();
      return page(walk, limit);
    },
  };
  return cursors;
}
