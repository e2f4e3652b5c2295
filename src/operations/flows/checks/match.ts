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
  const best = between.entity.keys.find(
    (key) => searchable.includes(key) && given(key, between) === null,
  );
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
  return plan.match.flatMap((name, place) => {
    const path = ["match", String(place)];
    const problem = noField(name, between) ?? (filled.has(name) ? null : given(name, between));
    if (problem !== null) return [{ path, message: problem }];
    if (object.searchable.includes(name)) return [];
    return [
      { path, message: `${title} ${object.name} cannot be searched by ${name}, only by ${able}` },
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
