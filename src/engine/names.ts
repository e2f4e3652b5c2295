import type { FlowPlan } from "#domain/flow.ts";

/**
 * In a two-way flow a field of the target has one partner at the source, and the other way round; both halves
 * of a run call it by its name at the target. Null where it has none: its own partner goes elsewhere.
 */
export type Partners = {
  atSource(name: string): string | null;
  atTarget(name: string): string | null;
};

export function partnersOf({ map }: Pick<FlowPlan, "map">): Partners {
  const atSource = new Map(Object.entries(map));
  const atTarget = new Map([...atSource].map(([target, source]) => [source, target]));
  return {
    atSource: (name) => atSource.get(name) ?? (atTarget.has(name) ? null : name),
    atTarget: (name) => atTarget.get(name) ?? (atSource.has(name) ? null : name),
  };
}

/** The same fields under other names; those without one are left out. */
export const renamed = <Held>(
  fields: Readonly<Record<string, Held>>,
  name: (name: string) => string | null,
): Readonly<Record<string, Held>> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([old, value]) => {
      const now = name(old);
      return now === null ? [] : [[now, value]];
    }),
  );
