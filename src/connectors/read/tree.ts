import { MappingBroken } from "#domain/errors.ts";
import type { Json } from "#domain/json.ts";
import { type Get, getAt, textOf } from "../json/path.ts";
import type { TreeSpec } from "../manifest/file-spec.ts";
import type { Manifest } from "../manifest/manifest.ts";
import type { Variables } from "../manifest/template.ts";
import { compileRequest, type Prepare } from "../request/prepare.ts";
import { compileList, type List } from "./list.ts";

/** A tree of folders as a manifest tells it. */
export type TreePlan = {
  parentOf(record: Json): string | null;
  nameOf(record: Json): string | null;
  top: { prepare: Prepare; at: Get; setting: string | null };
  folders: List;
  child: Below;
  make: Below;
};
export type Below = { prepare: Prepare; records(body: Json | undefined): readonly Json[] };

export function compileTree(manifest: Manifest, spec: TreeSpec): TreePlan {
  const { at, ...top } = spec.top;
  const [parent, name] = [getAt(spec.parent), getAt(spec.name)];
  return {
    parentOf: (record) => textOf(parent(record)),
    nameOf: (record) => textOf(name(record)),
    top: {
      prepare: compileRequest(top, manifest),
      at: getAt(at),
      setting: spec.within ?? null,
    },
    folders: compileList(manifest, spec.folders),
    child: compileBelow(manifest, spec.child),
    make: compileBelow(manifest, spec.make),
  };
}

function compileBelow(manifest: Manifest, { records, ...request }: TreeSpec["child"]): Below {
  const get = getAt(records);
  return {
    prepare: compileRequest(request, manifest),
    records(body) {
      const found = get(body) ?? [];
      return Array.isArray(found) ? found : [found];
    },
  };
}

/** A slash within a name would look like the end of it. */
export const shownName = (name: string): string => name.replaceAll("/", "\u2215");
export const ownName = (name: string): string => name.replaceAll("\u2215", "/");

/** The names of a path from the top. @throws MappingBroken where it has none */
export function namesIn(path: string): { above: string; name: string } {
  const at = path.lastIndexOf("/");
  return { above: path.slice(0, Math.max(0, at)), name: path.slice(at + 1) };
}

export const topOf = (plan: TreePlan, body: Json | undefined, shared: Variables): string => {
  const set = plan.top.setting === null ? undefined : shared[plan.top.setting];
  const id = typeof set === "string" && set !== "" ? set : textOf(plan.top.at(body));
  if (id === null) throw new MappingBroken("The folder that everything is in has no id");
  return id;
};
