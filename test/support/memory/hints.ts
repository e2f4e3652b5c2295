import type { Hint, Hints } from "#domain/ports/hints.ts";
import type { InboxEnd } from "#domain/ports/inbox.ts";

/** What tools told of their records, in memory. */
export function memoryHints(): Hints & { all: readonly (Hint & InboxEnd)[] } {
  const all: (Hint & InboxEnd & { seq: number })[] = [];
  let seq = 0;
  return {
    all,
    async keep({ connection, object }, hints) {
      for (const { record, into } of hints) {
        const at = all.findIndex(
          (one) => one.connection === connection && one.object === object && one.record === record,
        );
        if (at >= 0) all.splice(at, 1);
        all.push({ connection, object, record, into, seq: ++seq });
      }
    },
    async after({ connection, object }, mark, limit) {
      const found = all
        .filter((one) => one.connection === connection && one.object === object)
        .filter((one) => one.seq > Number(mark ?? 0))
        .slice(0, limit);
      const hints = found.map(({ record, into }) => ({ record, into }));
      return { hints, mark: found.at(-1)?.seq ?? mark ?? 0 };
    },
    now: () => Promise.resolve(seq),
  };
}
