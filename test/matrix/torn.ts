import { loadManifests } from "#connectors/manifest/load.ts";
import { folder } from "../connectors/world.ts";
import type { Side } from "./ends.ts";

const { manifests } = await loadManifests([folder]);

/**
 * What the target takes only together with what the source has not: an address without a street is not
 * sent at all, as its connector says.
 */
export function tornFields(to: Side, object: string, has: readonly string[]): ReadonlySet<string> {
  const spec = manifests.find(({ connector }) => connector === to.name)?.objects[object];
  const groups = (spec?.whole ?? []).map((group) =>
    Array.isArray(group)
      ? { needed: group, all: group }
      : { needed: group.fields, all: [...group.fields, ...group.with] },
  );
  return new Set(
    groups.flatMap(({ needed, all }) => (needed.every((name) => has.includes(name)) ? [] : all)),
  );
}
