import type { Truth, TruthRule } from "#domain/truth.ts";
import { fieldsOf } from "#domain/match.ts";
import { listed, nearest } from "../nearest.ts";
import type { Between } from "./ends.ts";
import type { Fault } from "./faults.ts";
import type { FlowEntry } from "./shape.ts";

type Entry = Pick<
  FlowEntry,
  "convert" | "two_way" | "truth" | "match" | "where" | "map" | "deletes"
>;

/**
 * Both directions and whose value counts. Unless it is said, a person is asked: nothing is overwritten
 * that nobody decided about.
 */
export function twoWayOf({ two_way, truth }: Entry): Truth | null {
  if (two_way !== true) return null;
  const given: Readonly<Record<string, TruthRule>> =
    typeof truth === "string" ? { default: truth } : (truth ?? {});
  const { default: rule = "ask", ...fields } = given;
  return { default: rule, fields };
}

/** What keeps a flow from going both ways, and rules for fields that cannot follow them. */
export function twoWayFaults(entry: Entry, between: Between): Fault[] {
  if (entry.two_way !== true) return truthWithoutNeed(entry);
  return [
    ...conversionFaults(entry),
    ...endFaults(between),
    ...matchFaults(entry, between),
    ...fieldFaults(entry, between),
  ];
}

function truthWithoutNeed({ truth }: Entry): Fault[] {
  if (truth === undefined || truth === "source") return [];
  const message = "only a two-way flow has another truth than source; add two_way: true";
  return [{ path: ["truth"], message }];
}

const conversionFaults = ({ convert }: Entry): Fault[] =>
  convert === undefined
    ? []
    : [{ path: ["two_way"], message: "a conversion goes one way; two_way must be false" }];

function endFaults({ from, to }: Between): Fault[] {
  const messages = [
    from.object.writes ? [] : `${from.title} ${from.object.name} can only be read`,
    to.object.reads ? [] : `${to.title} ${to.object.name} can only be written`,
    ...[from, to].map(({ title, object }) =>
      object.keyed ? `${title} ${object.name} cannot be read record by record` : [],
    ),
  ].flat();
  return messages.map((said) => ({ path: ["two_way"], message: `${said}, so it is not two-way` }));
}

/** What is new at the target has to be looked for at the source, or it would be there twice. */
function matchFaults({ match = [], map }: Entry, { from, to }: Between): Fault[] {
  const able = from.object.searchable;
  const known = match.length === 0 ? to.object.searchable : match;
  if (fieldsOf(known).some((field) => able.includes(map?.[field] ?? field))) return [];
  const message = `${from.title} ${from.object.name} can be searched by ${able.length === 0 ? "nothing" : listed(able, 12)}, and a two-way flow has to look for records on both sides`;
  return [{ path: ["match"], message }];
}

function fieldFaults({ truth, where, map, deletes }: Entry, between: Between): Fault[] {
  const { entity, from, to } = between;
  const rules = Object.entries(typeof truth === "object" ? truth : { default: truth });
  const sources = Object.values(map ?? {});
  const twice = Object.entries(map ?? {}).filter(([, name], n) => sources.indexOf(name) !== n);
  return [
    ...rules.flatMap(([name, rule]) => ruleFaults(name, rule, typeof truth, entity)),
    ...twice.map(([name, source]) => ({
      path: ["map", name],
      message: `${source} fills another field already; in a two-way flow each has one partner`,
    })),
    ...Object.keys(where ?? {})
      .filter((name) => !to.object.fields.includes(name))
      .map((name) => ({
        path: ["where", name],
        message: `${to.title} ${to.object.name} has no ${name}, so what is new there cannot be filtered by it`,
      })),
    ...(deletes === "archive" && !from.object.archives
      ? [{ path: ["deletes"], message: `${from.title} ${from.object.name} cannot be archived; use ignore to leave records where they are` }] // prettier-ignore
      : []),
  ];
}

function ruleFaults(
  name: string,
  rule: TruthRule | undefined,
  kind: string,
  { fields, one }: Between["entity"],
): Fault[] {
  const path = kind === "object" ? ["truth", name] : ["truth"];
  const names = Object.keys(fields);
  if (name !== "default" && !names.includes(name)) {
    const meant = nearest(name, ["default", ...names]);
    const more = meant === null ? "" : `; did you mean ${meant}?`;
    return [{ path, message: `a ${one} has no field “${name.slice(0, 60)}”${more}`, atKey: true }];
  }
  if (rule !== "union" || fields[name]?.type.kind === "lines") return [];
  return [{ path, message: "union is for a field that is a list; use one of the other rules" }];
}

/** As the file says it: one word where no field has a rule of its own. */
export const truthEntry = ({ default: rule, fields }: Truth): TruthRule | object =>
  Object.keys(fields).length === 0 ? rule : { default: rule, ...fields };
