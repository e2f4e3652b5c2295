import type { Native } from "../outside/rows.ts";
import { kept } from "../people/habits.ts";
import { sidesOf, tagOf } from "../people/records.ts";
import type { World } from "../world.ts";
import { isSure } from "./both-sides.ts";
import { isBad } from "./explained.ts";
import { same } from "./views.ts";

const fields = ["name", "email", "website", "currency", "notes"] as const;

/** One person at one of the places around the hub, or in it. */
type There = { place: string; id: string; fields: Readonly<Record<string, unknown>> };

/**
 * What is wrong around a hub to which several tools give and from which they take: everybody is everywhere
 * once, all have the same of them, and that is what somebody made of it last.
 */
export function aroundTheHub(world: World): string[] {
  // People who edit what a rule of the hub takes back are stopped as two tools would be: then a person has to see to it.
  if ([...world.memory.flows.values()].some(({ state }) => state.kind === "paused" && state.reason.includes("back and forth"))) return []; // prettier-ignore
  const all = placesOf(world);
  const tags = new Set(all.flatMap(({ people }) => [...people.keys()]));
  return [...tags].flatMap((tag) => {
    const there = all.flatMap(({ people }) => people.get(tag) ?? []);
    return [...wrongPlaces(world, tag, all, there), ...wrongFields(world, tag, there)];
  });
}

type Place = { name: string; people: ReadonlyMap<string, readonly There[]> };

function placesOf(world: World): readonly Place[] {
  const byTag = (people: readonly There[], tagField: string) =>
    Map.groupBy(people, ({ fields }) => String(fields[tagField]));
  const golden = [...world.store.hub.rows.values()]
    .filter(({ gone }) => !gone)
    .map(({ id, fields }) => ({ place: "hub", id, fields }));
  const tools = sidesOf(world).map(({ tool: { name, rows } }) => ({
    name,
    people: byTag(rows.live("customers").map(({ id, fields }) => ({ place: name, id, fields })), "org"), // prettier-ignore
  }));
  return [{ name: "hub", people: byTag(golden, "company_name") }, ...tools];
}

function wrongPlaces(
  world: World,
  tag: string,
  all: readonly Place[],
  there: readonly There[],
): string[] {
  // prettier-ignore
  return all.flatMap(({ name, people }) => {
    const here = people.get(tag) ?? [];
    if (here.length > 1) return [`${tag} is ${String(here.length)} times at ${name}`];
    if (here.length === 1 || wasRemoved(world, tag) || isWaiting(world, tag)) return [];
    return [`${tag} is at ${there.map(({ place }) => place).join(", ")} and not at ${name}`];
  });
}

function wrongFields(world: World, tag: string, there: readonly There[]): string[] {
  if (isCorrected(world, tag) || isWaiting(world, tag)) return [];
  return fields.flatMap((field) => {
    if (isAsked(world, tag, field)) return [];
    const values = there.map(({ place, fields }) => ({ place, value: fields[field] }));
    const [first] = values;
    const apart = values.some(({ value }) => !isAlike(world, field, value, first?.value));
    if (apart) return [`${tag} ${field} is ${values.map(({ place, value }) => `${String(value)} at ${place}`).join(" and ")}`]; // prettier-ignore
    return values.flatMap(({ value }) => wrongValue(world, tag, field, value)).slice(0, 1);
  });
}

/** A tool may keep a text in a form of its own. */
const isAlike = (world: World, field: string, a: unknown, b: unknown): boolean =>
  same(a, b) || isForm(world, field, a, b) || isForm(world, field, b, a);

const isForm = (world: World, field: string, form: unknown, given: unknown): boolean =>
  field === "notes" && typeof given === "string" && kept(world, given) === form;

function wrongValue(world: World, tag: string, field: string, value: unknown): string[] {
  const name = `${tag} ${field}`;
  const last = world.edits.get(name);
  if (last === undefined || world.decided.has(name)) return [];
  // By the rules of the hub, or by its clock, another may count for more whenever it was made.
  if (!isSure(world, field)) return [];
  const isOne = (one: Native): boolean => same(value, one) || isForm(world, field, value, one);
  if (last.value !== "either")
    return isOne(last.value) ? [] : [`${name} is ${String(value)}, but was last made ${String(last.value)}`]; // prettier-ignore
  const among = last.among ?? [];
  return among.some(isOne) ? [] : [`${name} is ${String(value)}, which is older than all it was made since: ${among.join(", ")}`]; // prettier-ignore
}

/** A person is asked about it, who has not decided. */
const isAsked = ({ memory }: World, tag: string, field: string): boolean =>
  [...memory.conflicts.values()].some(
    ({ state, record, fields }) => state.kind !== "settled" && record["company_name"] === tag && field in fields, // prettier-ignore
  );

/** Some tool does not take it as it is, or has it as it takes nothing, or a person let go of it. */
const isWaiting = (world: World, tag: string): boolean =>
  [...world.memory.letters.values()].some(({ state, fields, problem }) => {
    if (fields["company_name"] !== tag) return false;
    if (state.kind === "discarded") return true;
    if (state.kind !== "open") return false;
    const values = [fields, ...rowsOf(world, tag)].map((one) => one[problem.field ?? ""]);
    return problem.class === "invalid" || (problem.code === "6240" && values.some(isBad));
  });

const rowsOf = (world: World, tag: string) =>
  sidesOf(world).flatMap(
    ({ tool }) =>
    tool.rows.live("customers").flatMap((row) => (tagOf("customers", row) === tag ? [row.fields] : [])), // prettier-ignore
  );

const isCorrected = ({ memory }: World, tag: string): boolean =>
  [...memory.letters.values()].some(({ edited, fields }) => edited !== null && fields["company_name"] === tag); // prettier-ignore

const wasRemoved = (world: World, tag: string): boolean =>
  sidesOf(world).some(
    ({ tool }) =>
    [...tool.rows.of("customers").values()].some((row) => row.deleted && tagOf("customers", row) === tag), // prettier-ignore
  );
