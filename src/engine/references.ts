import { isBlank, type Fields, type Value } from "#domain/fields.ts";
import { endText, type End, type FlowPlan } from "#domain/flow.ts";
import type { References } from "#domain/ports/references.ts";
import type { Ends } from "#domain/ports/tools.ts";
import type { Problem } from "#domain/problem.ts";
import { without } from "./content.ts";
import { waitsFor } from "./problems.ts";

/** A field that refers to another record: where that one is at the source, and where it is to be found. */
type Route = { field: string; from: End; to: End };

/** What became of a record's references: all of them known at the target, or one that is not there yet. */
export type Referred = { kind: "known"; fields: Fields } | { kind: "waits"; problem: Problem };

/**
 * References as the target knows them: an invoice's customer has another id there. One that no flow
 * brings there is left out, unless nothing can be created without it; what a flow brings and has not
 * brought yet is waited for. A target that knows records by their keys takes them as they are.
 */
export function makeReferences(
  references: References,
  { flow, ends }: { flow: Pick<FlowPlan, "from" | "to" | "map">; ends: Ends },
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
    return { route, found: await references.where(route.from, route.to, [...ids]) };
  }

  return async (records) => {
    const looked = await Promise.all(routes.map((route) => lookUp(route, records)));
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
