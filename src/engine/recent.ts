import type { TargetRecord } from "#domain/record.ts";

export type Written = { at: Temporal.Instant; key: string; record: TargetRecord };

/** What was written so lately that the target's search may not show it yet, by all that it is told by. */
export type Recent = {
  /** As it was written last: whatever it was told by before, it no longer is. */
  took(marks: readonly string[], written: Written): void;
  find(mark: string): Written | undefined;
  /** The record with this id is not there any more. */
  lost(id: string): void;
  /** All up to the first that is not old. */
  forget(isOld: (written: Written) => boolean): void;
  keepNewest(most: number): void;
  readonly size: number;
};

export function makeRecent(): Recent {
  type Kept = Written & { marks: readonly string[] };
  const byMark = new Map<string, Kept>();
  /** Those written longest ago stand first. */
  const byId = new Map<string, Kept>();

  function lost(id: string): void {
    const one = byId.get(id);
    for (const mark of one?.marks ?? []) if (byMark.get(mark) === one) byMark.delete(mark);
    byId.delete(id);
  }

  return {
    took(marks, written) {
      const { id } = written.record;
      lost(id);
      if (marks.length === 0) return;
      const one = { ...written, marks };
      byId.set(id, one);
      for (const mark of marks) byMark.set(mark, one);
    },
    find: (mark) => byMark.get(mark),
    lost,
    forget(isOld) {
      for (const one of byId.values()) {
        if (!isOld(one)) return;
        lost(one.record.id);
      }
    },
    keepNewest(most) {
      for (const oldest of byId.keys()) {
        if (byId.size <= most) return;
        lost(oldest);
      }
    },
    get size() {
      return byId.size;
    },
  };
}
