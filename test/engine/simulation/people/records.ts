import { wakeFlows } from "#operations/runs/start-on-event.ts";
import { connectionName } from "#domain/ids.ts";
import { isOver } from "#domain/run.ts";
import { noted } from "../faults/matrix.ts";
import type { ObjectName } from "../outside/manifest.ts";
import type { Place } from "../outside/outside.ts";
import type { Native, NativeFields, Row } from "../outside/rows.ts";
import { toolsIn } from "../plan.ts";
import type { World } from "../world.ts";

/** What was edited last of each field of each record, by its tag, which nobody edits. */
export type Edits = Map<string, Edit>;
export type Edit = {
  /** `either`: nobody can say which came last. */
  value: Native;
  sides: ReadonlySet<string>;
  /** What it may be by now, where it is edited at several tools around the hub. */
  among?: readonly Native[];
};

/** The field by which a record is told from all others wherever it is. */
export const tagField = {
  customers: "org",
  deals: "title",
  tasks: "title",
  files: "path",
} as const;
export const tagOf = (object: ObjectName, { fields }: Pick<Row, "fields">): string => String(fields[tagField[object]]); // prettier-ignore

/** Objects that people of this life work with. */
export const objectsOf = ({ plan }: World): readonly ObjectName[] => {
  if (plan.topology === "files") return ["files"];
  if (plan.topology === "conversion") return ["deals"];
  return plan.topology === "references" ? ["customers", "deals"] : ["customers"];
};

/** Sides at which people work. */
export function sidesOf({ plan, crm, books, outside }: World): readonly [Place, ...Place[]] {
  if (plan.topology === "two_way") return [crm, books];
  if (plan.topology !== "spokes") return [crm];
  const others = toolsIn(plan).filter((name) => name !== "crm");
  return [crm, ...others.flatMap((name) => outside.places[name] ?? [])];
}

const never = new AbortController().signal;

/** A tool tells of its records, if it does: late, twice, out of order, or not at all. */
async function tell(
  world: World,
  { tool }: Place,
  object: ObjectName,
  record: string,
): Promise<void> {
  // prettier-ignore
  const { chance, clock, coverage, store } = world;
  if (!tool.shape.told || object === "tasks") return;
  if (chance.happens(0.08)) return noted(coverage, "W8.lost");
  const times = chance.happens(0.2) ? 2 : 1;
  if (times === 2) noted(coverage, "W1.again");
  const said = world.clock.now();
  for (let n = 0; n < times; n += 1) {
    await clock.sleep(chance.whole(20_000), never);
    if (world.lastTold !== null && Temporal.Instant.compare(world.lastTold, said) > 0) noted(coverage, "W2.order"); // prettier-ignore
    world.lastTold = said;
    await store.hints.keep({ connection: connectionName(tool.name), object }, [{ record: chance.happens(0.1) ? null : record, into: null }]); // prettier-ignore
    await wakeFlows({ registry: store.registry, queue: store.jobs.queue }, connectionName(tool.name), [object]); // prettier-ignore
  }
}

/** It is told of, where the tool does that. */
export function keep(world: World, place: Place, object: ObjectName, row: Row): void {
  void tell(world, place, object, row.id);
}

export function add(
  world: World,
  place: Place,
  object: ObjectName,
  fields: NativeFields,
  bytes: Buffer | null = null,
): Row {
  // prettier-ignore
  const row = place.tool.rows.add(object, fields, 0, bytes);
  // Its lists take a while, but less than each read goes back.
  if (world.chance.happens(0.15)) row.listedMs = place.tool.now() + 8_000;
  const tag = tagOf(object, row);
  for (const [field, value] of Object.entries(fields)) {
    const key = `${tag} ${field}`;
    // Two that were there before anybody compared them: neither was edited after the other.
    const both = world.edits.has(key);
    const among = amongNow(world, object, tag, field, value);
    world.edits.set(key, both ? { value: "either", sides: new Set(["crm", "books"]), among } : { value, sides: new Set([place.tool.name]), among }); // prettier-ignore
  }
  keep(world, place, object, row);
  return row;
}

export function edit(
  world: World,
  place: Place,
  object: ObjectName,
  row: Row,
  fields: NativeFields,
): void {
  // prettier-ignore
  // Its lists take a while, but less than each read goes back.
  if (world.chance.happens(0.15)) row.listedMs = place.tool.now() + 8_000;
  const blind = isBlind(world, place);
  for (const [field, value] of Object.entries(fields))
    noteEdit(world, { place, object, row, field, value, blind });
  keep(world, place, object, place.tool.rows.change(object, row.id, { fields: { ...row.fields, ...fields } })); // prettier-ignore
}

/** Whether what is on its way just then may come after an edit at this tool. */
function isBlind(world: World, { tool }: Place): boolean {
  if (world.plan.topology === "spokes") return !isAtRest(world);
  // Between our look at a record and our write nobody is seen by a tool that knows no versions.
  return !tool.shape.versions && isAtWork(world);
}

type Edited = {
  place: Place;
  object: ObjectName;
  row: Row;
  field: string;
  value: Native;
  blind: boolean;
};

function noteEdit(world: World, { place, object, row, field, value, blind }: Edited): void {
  const tag = tagOf(object, row);
  const key = `${tag} ${field}`;
  const sides = new Set([...(world.edits.get(key)?.sides ?? []), place.tool.name]);
  if (sides.size > 1) noted(world.coverage, "H5.edits");
  if (world.plan.topology === "spokes" && blind) noted(world.coverage, "H6.around");
  const apart = blind || !isAgreed(world, object, row, field);
  const among = apart ? amongNow(world, object, tag, field, value) : [value];
  world.edits.set(key, apart ? { value: "either", sides: new Set(["crm", "books"]), among } : { value, sides, among }); // prettier-ignore
}

/** Every value that a field has somewhere, or that may be on its way. */
function amongNow(
  world: World,
  object: ObjectName,
  tag: string,
  field: string,
  value: Native,
): Native[] {
  if (world.plan.topology !== "spokes") return [];
  const before = world.edits.get(`${tag} ${field}`)?.among ?? [];
  const there = sidesOf(world).flatMap(({ tool }) => tool.rows.live(object).filter((row) => tagOf(object, row) === tag)); // prettier-ignore
  return [...before, ...there.flatMap(({ fields }) => fields[field] ?? []), value];
}

/** All tools around the hub, and the hub, have what this one had: then nobody else's edit is on its way. */
function isAgreed(world: World, object: ObjectName, row: Row, field: string): boolean {
  if (world.plan.topology !== "spokes") return true;
  const tag = tagOf(object, row);
  const others = sidesOf(world).map(({ tool }) => tool.rows.live(object).filter((one) => tagOf(object, one) === tag)); // prettier-ignore
  const golden = [...world.store.hub.rows.values()].filter(({ gone, fields }) => !gone && fields["company_name"] === tag); // prettier-ignore
  return (
    golden.length === 1 &&
    golden.every(({ fields }) => fields[field] === row.fields[field]) &&
    others.every((rows) => rows.length === 1 && rows[0]?.fields[field] === row.fields[field])
  );
}

const isAtRest = ({ memory, staff, weather, plan }: World): boolean =>
  plan.storeRate === 0 &&
  !weather.store.wasReadOnly &&
  staff.deaths() === 0 &&
  memory.intents.length === 0 &&
  [...memory.runs.values()].every(({ state }) => isOver(state));

const isAtWork = ({ memory }: World): boolean =>
  [...memory.runs.values()].some(({ state }) => state.kind === "running");

/** Whoever deletes a record deletes what was edited of it too. */
export function remove(
  world: World,
  place: Place,
  object: ObjectName,
  id: string | undefined,
): boolean {
  // prettier-ignore
  if (!sidesOf(world).includes(place) || !objectsOf(world).includes(object)) return false;
  const { rows } = place.tool;
  const row = id === undefined ? world.chance.pick([undefined, ...rows.live(object)]) : rows.of(object).get(id); // prettier-ignore
  if (row === undefined || row.deleted) return false;
  const tag = tagOf(object, row);
  for (const [key, one] of world.edits)
    if (key.startsWith(`${tag} `))
      world.edits.set(key, { value: "either", sides: new Set(["crm", "books"]), among: amongNow(world, object, tag, key.slice(tag.length + 1), one.value) }); // prettier-ignore
  keep(world, place, object, rows.change(object, row.id, { deleted: true }));
  return true;
}

/** A record changes and its tool says so at once. */
export async function announce(
  world: World,
  place: Place,
  object: ObjectName,
  fields: NativeFields,
): Promise<void> {
  // prettier-ignore
  const { store, chance } = world;
  const row = chance.pick([undefined, ...place.tool.rows.live(object)]);
  if (row === undefined) return;
  place.tool.rows.change(object, row.id, { fields: { ...row.fields, ...fields } });
  const connection = connectionName(place.tool.name);
  await store.hints.keep({ connection, object }, [{ record: row.id, into: null }]);
  await wakeFlows({ registry: store.registry, queue: store.jobs.queue }, connection, [object]);
}

/** It counts as changed, though nothing of it has. */
export function touch(world: World, place: Place, object: ObjectName): boolean {
  const { rows } = place.tool;
  const row = world.chance.pick([undefined, ...rows.live(object)]);
  if (row === undefined) return false;
  keep(world, place, object, rows.change(object, row.id, {}));
  return true;
}
