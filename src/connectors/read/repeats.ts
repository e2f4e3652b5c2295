import type { Json } from "#domain/json.ts";
import type { PageRecord } from "#domain/record.ts";
import type { Stage } from "./checkpoint.ts";

/** Sees circles, and records that come again where two windows meet. */
export function watchRepeats() {
  const places = new Set<string>();
  let last: { at: string; ids: Set<string> } | null = null;

  return {
    again(stage: Stage, place: Json): boolean {
      const text = `${stage} ${JSON.stringify(place)}`;
      if (places.has(text)) return true;
      places.add(text);
      return false;
    },
    fresh(stage: Stage, records: readonly PageRecord[], gone: boolean): readonly PageRecord[] {
      const wanted = records.filter(
        ({ content }) => gone || content.kind !== "gone" || content.into !== undefined,
      );
      if (stage !== "changes") return wanted;
      return wanted.filter(({ id, changedAt }) => {
        if (changedAt === null) return true;
        if (last?.at !== changedAt) last = { at: changedAt, ids: new Set() };
        if (last.ids.has(id)) return false;
        last.ids.add(id);
        return true;
      });
    },
  };
}
