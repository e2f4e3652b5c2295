import type { EntityName } from "#domain/entities/index.ts";
import { nearest, listed } from "../nearest.ts";
import { shapeFaults, type Fault } from "../workspace/faults.ts";
import { readText, type Wrong } from "../workspace/text.ts";
import { RecipeFile } from "./shape.ts";

/** Ready-made flows that lack only the connections they go between. */
export type Recipe = {
  name: string;
  title: string;
  about: string;
  /** Who takes part, by a name that its flows use; `needs` is what such a connection must be able to do. */
  roles: readonly Role[];
  flows: readonly RecipeFlow[];
};
export type Role = {
  name: string;
  title: string;
  reads: readonly EntityName[];
  writes: readonly EntityName[];
};
export type RecipeFlow = {
  name: string;
  from: RecipeEnd;
  to: RecipeEnd;
  /** The rest of it, as in a workspace file. */
  entry: Readonly<Record<string, unknown>>;
};
export type RecipeEnd = { role: string; entity: EntityName };

export type ReadRecipe = { ok: true; recipe: Recipe } | { ok: false; wrongs: readonly Wrong[] };

/** The text of a recipe file. */
export function readRecipe(text: string): ReadRecipe {
  const read = readText(text);
  if (!read.ok) return read;
  const shape = RecipeFile.safeParse(read.content ?? {});
  const faults = shape.success
    ? strangers(shape.data)
    : shapeFaults(shape.error, [], (path) =>
        path.length === 0 ? Object.keys(RecipeFile.shape) : [],
      );
  if (shape.success && faults.length === 0) return { ok: true, recipe: recipeOf(shape.data) };
  const { place } = read;
  return {
    ok: false,
    wrongs: faults.map(({ path, message, atKey }) => ({ ...place(path, atKey), message })),
  };
}

/** Roles that flows name and nobody is asked for, and the other way round. */
function strangers({ asks, flows }: RecipeFile): Fault[] {
  const roles = Object.keys(asks);
  const used = new Set<string>();
  const faults = Object.entries(flows).flatMap(([name, flow]) =>
    (["from", "to"] as const).flatMap((side): Fault[] => {
      const { role } = endOf(flow[side]);
      used.add(role);
      if (roles.includes(role)) return [];
      const meant = nearest(role, roles);
      const rest = meant === null ? `asked for are ${listed(roles, 12)}` : `did you mean ${meant}?`;
      return [{ path: ["flows", name, side], message: `nobody is asked for “${role}”; ${rest}` }];
    }),
  );
  const idle = roles.filter((role) => !used.has(role));
  return [
    ...faults,
    ...idle.map((role) => ({ path: ["asks", role], message: "no flow uses this", atKey: true })),
  ];
}

function recipeOf({ recipe: name, title, about, asks, flows: written }: RecipeFile): Recipe {
  const flows = Object.entries(written).map(([flow, { from, to, ...entry }]) => ({
    name: flow,
    from: endOf(from),
    to: endOf(to),
    entry,
  }));
  // What goes both ways is read and written on both sides.
  const entitiesAt = (side: "from" | "to", role: string): EntityName[] => [
    ...new Set(
      flows.flatMap(({ from, to, entry }) =>
        [side === "from" ? from : to, ...(entry["two_way"] === true ? [from, to] : [])]
          .filter((end) => end.role === role)
          .map(({ entity }) => entity),
      ),
    ),
  ];
  const roles = Object.entries(asks).map(([role, { title: label }]) => ({
    name: role,
    title: label,
    reads: entitiesAt("from", role),
    writes: entitiesAt("to", role),
  }));
  return { name, title, about, roles, flows };
}

/** From an end its pattern has seen. */
function endOf(text: string): RecipeEnd {
  const slash = text.indexOf("/");
  return { role: text.slice(0, slash), entity: text.slice(slash + 1) as EntityName };
}
