import { sameValue, type Fields } from "#domain/fields.ts";
import type { Foreseen } from "#domain/ports/engine.ts";
import type { Target } from "#domain/ports/tools.ts";
import type { Forecast } from "./foreseen.ts";
import type { Open } from "./open.ts";

/** Of what would be updated, the values that the target would not take because its own count for more. */
export async function takeOutranked(
  { outranked }: Pick<Target, "outranked">,
  open: readonly Open[],
  forecasts: Map<string, Forecast>,
): Promise<void> {
  if (outranked === undefined) return;
  const updates = open.flatMap(({ item: { key, content, record } }) => {
    const { foreseen, id } = forecasts.get(key) ?? {};
    if (foreseen?.kind !== "update" || id == null) return [];
    const { changedAt } = record;
    const date = changedAt === null ? {} : { changedAt };
    const write = { key, hash: content.hash, id, version: null, fields: foreseen.fields, ...date };
    return { foreseen, write: { kind: "update" as const, ...write } };
  });
  if (updates.length === 0) return;
  const kept = await outranked(updates.map(({ write }) => write));
  for (const [index, { foreseen, write }] of updates.entries())
    forecasts.set(write.key, { foreseen: without(foreseen, kept[index] ?? []), id: write.id });
}

function without(
  foreseen: Extract<Foreseen, { kind: "update" }>,
  kept: readonly string[],
): Foreseen {
  const { key, from, matched } = foreseen;
  const taken = Object.entries(foreseen.fields).filter(([name]) => !kept.includes(name));
  if (taken.every(([name, value]) => sameValue(from[name], value)))
    return { kind: "unchanged", key, ...(matched && { matched }) };
  return { ...foreseen, fields: Object.fromEntries(taken) as Fields };
}
