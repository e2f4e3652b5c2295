import type { Conflict } from "#domain/conflict.ts";
import type { Fields } from "#domain/fields.ts";
import type { Pair } from "../../support/memory/pair.ts";
import { person } from "../../support/memory/world.ts";
import { changes, perform } from "../performing.ts";

export const shown = (tool: Pair["left"]): Fields[] => tool.live().map(({ fields }) => fields);
export const conflictsOf = (pair: Pair): readonly Conflict[] =>
  [...pair.memory.conflicts.values()].filter(({ state }) => state.kind !== "settled");

/** One record that both sides have, in step. */
export async function linked(pair: Pair, fields: Fields = person("Ann", { phone: "+331" })) {
  const id = pair.left.put(fields);
  await perform(pair, changes);
  const link = pair.links().get(id);
  if (link === undefined) throw new Error("not linked");
  return { s: id, t: link.id };
}
