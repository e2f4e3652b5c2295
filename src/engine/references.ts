import { isBlank, type Fields, type Value } from "#domain/fields.ts";
import { endText, type End, type FlowPlan } from "#domain/flow.ts";
import type { References } from "#domain/ports/references.ts";
import type { Ends } from "#domain/ports/tools.ts";
import type { Problem } from "#domain/problem.ts";
import { without } from "./content.ts";
import { waitsFor } from "./problems.ts";

/** A field that refers to another record: where that one is at the source, and where it is to be found. */
type Route = { field: string; from: End; to: End };

/** Has these records of one end brought to the other, where a flow that is on does that. */
export type Bring = (from: End, to: End, ids: readonly string[]) => Promise<void>;

type Needing = {
  flow: Pick<FlowPlan, "from" | "to" | "map" | "pull">;
  ends: Ends;
  bring?: Bring;
};

/** What became of a record's references: all of them known at the target, or one that is not there yet. */
export type Referred = { kind: "known"; fields: Fields } | { kind: "waits"; problem: Problem };

/**
 * References as the target knows them: an invoice's customer has another id there. One that no flow
 * brings there is left out, unless nothing can be created without it; what a flow brings and has not
 * brought yet is pulled along first where the flow says so, and else waited for. A target that knows records by their keys takes them as they are.
 */
export function makeReferences(
  references: References,
  { flow, ends, bring }: Needing,
): (records: readonly Fields[]) => Promise<readonly Referred[]> {
  const { source, target } = ends;
  const routes = Object.entries(target.references).flatMap(([field, object]): Route[] => {
    const there = source.references[flow.map[field] ?? field];
    if (there === undefined) return [];
    const from = { connection: flow.from.connection, object: there };
    return [{ field, from, to: { connection: flow.to.connection, object } }];
  });
  const needed = new Set(target.needs);
  if (routes.length === 0 || target.keyed)
    return (records) =>
      Promise.resolve(records.map((fields): Referred => ({ kind: "known", fields })));

  async function lookUp(route: Route, records: readonly Fields[]) {
    const ids = new Set(records.flatMap((fields) => idIn(fields[route.field]) ?? []));
    if (ids.size === 0) return { route, found: new Map<string, string>() };
    if (endText(route.from) === endText(route.to))
      return { route, found: new Map([...ids].map((id) => [id, id])) };
    const look = () => references.where(route.from, route.to, [...ids]);
    const found = await look();
    const missing = found === null ? [] : [...ids].filter((id) => !found.has(id));
    if (bring === undefined || missing.length === 0 || !flow.pull.includes(route.field))
      return { route, found };
    await bring(route.from, route.to, missing);
    return { route, found: await look() };
  }

  return async (records) => {
    const looked: Awaited<ReturnType<typeof lookUp>>[] = [];
    // One after the other: a flow that brings for two of them does one thing at a time.
    for (const route of routes) looked.push(await lookUp(route, records));
    return records.map((given): Referred => {
      let fields = given;
      for (const { route, found } of looked) {
        const id = idIn(fields[route.field]);
        if (id === null) continue;
        const there = found?.get(id);
        if (there !== undefined) fields = { ...fields, [route.field]: there };
        else if (found !== null || needed.has(route.field))
          return { kind: "waits", problem: waitsFor(route.field, id, route, found !== null) };
        else fields = without(fields, route.field);
      }
      return { kind: "known", fields };
    });
  };
}

const idIn = (value: Value | undefined): string | null =>
  typeof value === "string" && !isBlank(value) ? value : null;
