import { loadManifests } from "#connectors/manifest/load.ts";
import { requestsIn } from "#connectors/manifest/rules/requests.ts";
import { pagingKinds } from "#connectors/paging/index.ts";
import { folder } from "../world.ts";
import { code, table } from "./tables.ts";

const { manifests } = await loadManifests([folder]);

/** What may stand in which request, as the linter sees it in the manifests there are. */
export function placeholders(): string {
  const may = new Map<string, Set<string>>();
  const learn = (place: string, names: readonly string[]) => {
    const known = may.get(place) ?? new Set();
    names.forEach((name) => known.add(name));
    may.set(place, known);
  };
  for (const manifest of manifests)
    for (const { path, may: names } of requestsIn(manifest)) learn(placeOf(path), names);
  const paging = Object.entries(pagingKinds).map(([kind, { sets }]) => [`next, kind: ${kind}`, sets] as const); // prettier-ignore
  for (const [place, names] of paging) learn(place, names);
  return table(
    ["in", "may stand"],
    [...may]
      .filter(([, names]) => names.size > 0)
      .map(([place, names]) => [
        code(place),
        [...names].map((name) => code(`{${name}}`)).join(", "),
      ]),
  );
}

/** `write.calls.after`, of whichever object and however many there are. */
const placeOf = (path: readonly PropertyKey[]): string =>
  path
    .filter((step, at) => typeof step === "string" && !(at === 1 && path[0] === "objects"))
    .filter((_step, at, steps) => steps[at - 1] !== "joins")
    .filter((step) => step !== "objects")
    .map(String)
    .join(".");
