import type { Sending } from "#domain/delivery.ts";
import { eventOf, type Become } from "#domain/event.ts";
import type { Heard } from "#domain/ports/tools.ts";
import type { Write, WriteRequest } from "#domain/record.ts";
import type { Claimed } from "./claimed.ts";

/** How those outside were told, for the log: to be stored with what came of it. */
export type Sendings = {
  /** Hears of each try of this request; undefined where the target is nobody who is told. */
  heardOf(request: WriteRequest): Heard | undefined;
  /** Those heard of so far. Grows. */
  all: readonly Sending[];
};

export function makeSendings({ flow, ends }: Pick<Claimed, "flow" | "ends">): Sendings {
  const all: Sending[] = [];
  const { connection, object } = flow.to;
  return {
    all,
    heardOf({ id: event, writes }) {
      const [write] = writes;
      if (ends.target.endpoint !== true || write === undefined) return undefined;
      const type = eventOf(ends.entity.to, becomes[write.kind]);
      const about = { connection, event, type, subject: write.key, object, write };
      return (attempt, subscription) => void all.push({ ...about, subscription, attempt });
    },
  };
}

const becomes = {
  create: "created",
  update: "changed",
  archive: "gone",
} as const satisfies Record<Write["kind"], Become>;
