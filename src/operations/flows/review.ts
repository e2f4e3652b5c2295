import type { Entity } from "#domain/entities/entity.ts";
import type { Foreseen } from "#domain/ports/engine.ts";
import type { Review } from "./contract.ts";

const samplesKept = 3;
type Kind = keyof Review;

/** Counts how the two sides of a two-way flow meet, with a few records of each kind to know them by. */
export function makeReview(entity: Entity | null) {
  const none = () => ({ count: 0, samples: [] as string[] });
  const review = { matched: none(), ambiguous: none(), onlySource: none(), onlyTarget: none() };
  return {
    seen(record: Foreseen): void {
      const kind = kindOf(record);
      if (kind === null) return;
      const { samples } = review[kind];
      review[kind].count += 1;
      const fields = "fields" in record ? record.fields : {};
      // An id says nothing to anybody.
      const title = entity?.title(fields) ?? null;
      if (title !== null && samples.length < samplesKept) samples.push(title);
    },
    found: (): Review => review,
  };
}

/** Null where it was linked before, or takes no part. */
function kindOf(record: Foreseen): Kind | null {
  if (record.matched === true) return record.way === "back" ? null : "matched";
  if (record.kind === "conflict" && record.problem.class === "ambiguous_match") return "ambiguous";
  if (record.kind !== "create") return null;
  return record.way === "back" ? "onlyTarget" : "onlySource";
}
