import type { Conflict } from "#domain/conflict.ts";
import { Mistake } from "#domain/errors.ts";
import type { End, Flow } from "#domain/flow.ts";
import { conflictId } from "#domain/ids.ts";
import { valueText } from "#domain/value-text.ts";
import { findFlow } from "../find.ts";
import { line } from "../input.ts";
import { quoted } from "../quoted.ts";
import { lookAround, type Surroundings } from "../surroundings.ts";
import type { World } from "../world.ts";
import type { ConflictLine, ConflictView } from "./contract.ts";

export const conflictField = line("the id of a conflict");

/** @throws Mistake when it is not there any more */
export async function findConflict({ conflicts }: World, id: string): Promise<Conflict> {
  const conflict = await conflicts.get(conflictId(id));
  if (conflict === undefined)
    throw new Mistake(
      `There is no conflict ${quoted(id)} any more: its record or its flow was removed.`,
      { usage: true },
    );
  return conflict;
}

export const lineOf = (conflict: Conflict, flow: Flow, around: Surroundings): ConflictLine => ({
  conflict,
  title: around.entity(flow)?.title(conflict.record) ?? conflict.key,
});

/** A conflict with all that a person needs to decide it. */
export async function conflictView(world: World, conflict: Conflict): Promise<ConflictView> {
  const [flow, around, after] = await Promise.all([
    findFlow(world, conflict.flow),
    lookAround(world),
    world.conflicts.list({ flow: conflict.flow, after: conflict.id, limit: 1 }),
  ]);
  const entity = around.entity(flow);
  const seenAt = (end: End, id: string): string | null => {
    const { connection } = around.at(end);
    return connection && world.tools.link(connection, end.object, id);
  };
  return {
    ...lineOf(conflict, flow, around),
    flow,
    titles: around.titles(flow),
    fields: Object.entries(conflict.fields).map(([name, { base, source, target }]) => ({
      name,
      label: entity?.fields[name]?.label ?? name,
      personal: entity?.fields[name]?.personal ?? true,
      base: base === null ? null : valueText(base),
      source: valueText(source),
      target: valueText(target),
      chosen: conflict.choices[name] ?? null,
    })),
    links: { source: seenAt(flow.from, conflict.key), target: seenAt(flow.to, conflict.target) },
    next: after[0]?.id ?? null,
  };
}
