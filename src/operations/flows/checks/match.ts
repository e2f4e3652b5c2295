import { hubName, hubWays } from "#domain/hub.ts";
import { partsOf } from "#domain/match.ts";
import { listed } from "../../nearest.ts";
import type { Between } from "../../workspace/ends.ts";
import type { Fault } from "../../workspace/faults.ts";
import type { FlowEntry } from "../../workspace/shape.ts";
import { errors, type Check, type Subject } from "./check.ts";
import { given, noField } from "./fields.ts";

/** What records are matched by is in the source, and the target can be searched by it. */
export const match: Check = (subject) => errors(faults(subject));

/**
 * As written; else the best key that the source has and the target can search by. What a conversion
 * makes is new unless somebody says otherwise: of two deals of one title each has its own project.
 */
export function matchOf(
  { match: written, convert }: Pick<FlowEntry, "match" | "convert">,
  between: Between,
): readonly string[] {
  if (written !== undefined) return written;
  if (convert !== undefined) return [];
  const { searchable } = between.to.object;
  const isAble = (way: string): boolean =>
    partsOf(way).some((field) => searchable.includes(field)) &&
    partsOf(way).every((field) => given(field, between) === null);
  // Into the hub comes what many tools have: whatever tells who is who is looked at.
  if (between.to.end.connection === hubName) return hubWays(between.entity).filter(isAble);
  const best = between.entity.keys.find(isAble);
  return best === undefined ? [] : [best];
}

function faults({ plan, between }: Subject): Fault[] {
  const { object, title } = between.to;
  if (object.keyed) return keyedFaults(plan.match, between);
  const able = object.searchable.length === 0 ? "nothing" : listed(object.searchable, 12);
  if (plan.match.length === 0 && plan.convert !== null) return [];
  if (plan.match.length === 0)
    return [
      {
        path: ["match"],
        message: `match must name the fields by which a record is looked for; ${title} ${object.name} can be searched by ${able}`,
      },
    ];
  const filled = new Set([...Object.keys(plan.map), ...Object.keys(plan.set)]);
  return plan.match.flatMap((way, place) => {
    const path = ["match", String(place)];
    const problem = partsOf(way)
      .map((name) => noField(name, between) ?? (filled.has(name) ? null : given(name, between)))
      .find((said) => said !== null);
    if (problem !== undefined) return [{ path, message: problem }];
    if (partsOf(way).some((name) => object.searchable.includes(name))) return [];
    return [
      { path, message: `${title} ${object.name} cannot be searched by ${way}, only by ${able}` },
    ];
  });
}

/** Such a target keeps records under their keys at the source, so nothing is ever looked for. */
const keyedFaults = (match: readonly string[], { to }: Between): Fault[] =>
  match.length === 0
    ? []
    : [
        {
          path: ["match"],
          message: `${to.title} ${to.object.name} knows records by their id at the source and cannot be searched; leave match out`,
        },
      ];
