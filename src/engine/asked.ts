import type { Claimed } from "./claimed.ts";
import type { Open } from "./open.ts";
import type { Ports } from "./ports.ts";

/** Gives each record of a two-way flow what a person is asked about it, or has chosen. */
export async function loadConflicts(
  { conflicts }: Pick<Ports, "conflicts">,
  { flow, way }: Pick<Claimed, "flow" | "way">,
  open: readonly Open[],
): Promise<void> {
  if (flow.twoWay === null) return;
  const keyOf = ({ item }: Open): string | undefined =>
    way === "there" ? item.key : item.known.link?.id;
  const keys = open.flatMap((each) => keyOf(each) ?? []);
  if (keys.length === 0) return;
  const found = await conflicts.of(flow.name, keys);
  for (const each of open) {
    const conflict = found.get(keyOf(each) ?? "");
    if (conflict !== undefined) each.item.conflict = conflict;
  }
}
