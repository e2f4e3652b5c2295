import { entityOf, type EntityName } from "#domain/entities/index.ts";
import { sameValue, type Fields } from "#domain/fields.ts";
import type { Flow } from "#domain/flow.ts";
import { flowName } from "#domain/ids.ts";
import type { ObjectFacts } from "#domain/ports/connector-facts.ts";
import type { Ends, Source } from "#domain/ports/tools.ts";
import { asRead, type SourceRecord } from "#domain/record.ts";
import type { Run } from "#domain/run.ts";
import { makeEngine } from "#engine/engine.ts";
import { kept, sample } from "../connectors/acceptance/samples.ts";
import { makeWorld } from "../support/memory/world.ts";
import { everything, through } from "../engine/performing.ts";
import type { Side } from "./ends.ts";
import { forgotten } from "./forgotten.ts";
import { tornFields } from "./torn.ts";
import { withOneMore } from "./one-more.ts";
import { madeUp, otherBytes, withContent } from "./file-bytes.ts";
import { plainPlan } from "../support/plain-plan.ts";

const never = new AbortController().signal;
/** Stands for what somebody does in a tool itself. */
const byHand = flowName("by-hand");

/** What came of taking the records of one tool to another. */
export type Result = {
  created: number;
  /** Records that are not at the target as they are at the source: what differs. */
  different: readonly string[];
  /** Of a second run in which nothing had changed. */
  again: { updated: number; created: number; writes: number | null };
  /** Whether an update at the source arrived. */
  updated: boolean;
  /** What the target said of a record it refuses. */
  refusal: string | null;
};

export type Pair = {
  from: Side;
  to: Side;
  entity: EntityName;
  records: number;
  /** Fields with which the target refuses a record; null where it takes anything. */
  refused: Fields | null;
};

const objectOf = (side: Side, entity: EntityName): ObjectFacts => {
  const found = side.objects.find((object) => object.entity === entity && object.writes);
  if (found === undefined) throw new Error(`${side.name} has no ${entity}`);
  return found;
};

export async function takeAcross(pair: Pair): Promise<Result> {
  const { from, to, entity } = pair;
  const world = makeWorld();
  world.memory.flows.clear();
  const engine = makeEngine({
    ...world.ports,
    openFlow: (flow) => Promise.resolve({ ...endsOf(flow), back: null }),
  });
  let bad: SourceRecord | null = null;

  function endsOf(flow: Flow): Ends {
    const source = withOneMore(from.source(flow.from.object), () => (flow.from.object === objectOf(from, entity).name ? bad : null)); // prettier-ignore
    const origin = { connection: from.connection.name, flow: flow.name, content: source.content };
    const kind = flow.name.split("-")[0] as EntityName;
    return { source, target: to.target(flow.to.object, origin), entity: { from: kind, to: kind } };
  }

  async function run(kind: EntityName): Promise<Run> {
    const name = flowName(`${kind}-flow`);
    if (!world.memory.flows.has(name)) world.memory.flows.set(name, flowFor(pair, kind, name));
    const trigger = { kind: "person", by: "U1" } as const;
    const queued = await world.ports.runs.queue({ flow: name, trigger, work: everything as never, channel: null }, world.clock.now()); // prettier-ignore
    return through(world, queued.run.id, engine);
  }

  const referred = await fillReferences(pair, run);
  const ids = await put(from, entity, pair.records, "M", referred);
  const first = await run(entity);
  // Folders that files were put into are records of their own.
  const all = entity === "file" ? await readAll(from.source(objectOf(from, entity).name)) : [];
  const besides = all.filter(({ id }) => !ids.includes(id)).length;
  const links = () => world.memory.links.get(flowName(`${entity}-flow`));
  const different = [
    ...forgotten(await readAll(from.source(objectOf(from, entity).name)), ids, referred),
    ...(await differences(pair, links(), world.memory.links)),
    ...(await otherBytes(pair, links())),
  ];

  const writesBefore = to.writes();
  const second = await run(entity);
  const writesAfter = to.writes();

  const changed = await changeOne(pair, ids[0] ?? "");
  const third = await run(entity);
  const arrived = changed === null ? true : third.counts.updated === 1 && (await differences(pair, world.memory.links.get(flowName(`${entity}-flow`)), world.memory.links)).length === 0; // prettier-ignore

  let refusal: string | null = null;
  if (pair.refused !== null) {
    bad = refusedRecord(pair, referred);
    await run(entity);
    const letters = world.letters("open").filter(({ key }) => key === bad?.id);
    refusal = letters[0]?.problem.message ?? null;
  }
  return {
    created: first.counts.created - besides,
    different,
    again: {
      created: second.counts.created,
      updated: second.counts.updated,
      writes: writesBefore === null || writesAfter === null ? null : writesAfter - writesBefore,
    },
    updated: arrived,
    refusal,
  };
}

/** Flows between two tools match by the best key that both know. */
function flowFor({ from, to }: Pair, kind: EntityName, name: Flow["name"]): Flow {
  const source = objectOf(from, kind);
  const target = objectOf(to, kind);
  const known = entityOf(kind).complete(
    Object.fromEntries(source.fields.map((field) => [field, "x"])),
  );
  const key = entityOf(kind).keys.find((one) => target.searchable.includes(one) && one in known);
  return {
    name,
    from: { connection: from.connection.name, object: source.name },
    to: { connection: to.connection.name, object: target.name },
    ...plainPlan,
    match: key === undefined ? [] : [key],
    state: { kind: "on" },
    version: 1,
  };
}

/** Creates records in a tool through its own interface. */
async function put(
  side: Side,
  entity: EntityName,
  count: number,
  tag: string,
  also: (n: number) => Fields,
): Promise<readonly string[]> {
  const object = objectOf(side, entity);
  const target = side.target(object.name, {
    connection: side.connection.name,
    flow: byHand,
    content: madeUp,
  });
  const writes = Array.from({ length: count }, (_, n) => ({
    kind: "create" as const,
    key: `${tag}${String(n)}`,
    hash: "h",
    fields: kept(withContent({ ...sample(entity, n, tag), ...also(n) }, n), target.holds),
  }));
  const ids: string[] = [];
  for (let at = 0; at < writes.length; at += target.batch) {
    const some = writes.slice(at, at + target.batch);
    const sent = await target.send(
      { id: `put-${entity}-${tag}-${String(at)}`, writes: some },
      never,
    );
    if (sent.kind !== "each") throw new Error(`${side.name}: ${JSON.stringify(sent)}`);
    for (const outcome of sent.outcomes) {
      if (outcome.kind !== "accepted") throw new Error(`${side.name}: ${JSON.stringify(outcome)}`);
      ids.push(outcome.id);
    }
  }
  return ids;
}

/** Whatever the entity refers to is brought across first, where both tools have it. */
async function fillReferences(pair: Pair, run: (kind: EntityName) => Promise<Run>) {
  const { from, to, entity } = pair;
  const own = from.source(objectOf(from, entity).name).references;
  const theirs = to.target(objectOf(to, entity).name, { connection: from.connection.name, flow: byHand, content: null }).references; // prettier-ignore
  const filled: [field: string, ids: readonly string[]][] = [];
  for (const [field, object] of Object.entries(own)) {
    if (theirs[field] === undefined) continue;
    const kind = from.objects.find(({ name }) => name === object)?.entity;
    if (kind === undefined || kind === entity) continue;
    // A short tag: names may have no more than 25 letters in QuickBooks.
    const ids = await put(from, kind, 3, `R${field.slice(0, 3)}`, () => ({}));
    await run(kind);
    filled.push([field, ids]);
  }
  return (n: number): Fields =>
    Object.fromEntries(filled.map(([field, ids]) => [field, ids[n % ids.length] ?? null]));
}

async function readAll(source: Source): Promise<readonly SourceRecord[]> {
  const records = new Map<string, SourceRecord>();
  for await (const page of source.pages(null, { gone: false, signal: never }))
    for (const record of page.records) records.set(record.id, asRead(record));
  return [...records.values()];
}

type Links = ReadonlyMap<string, { key: string; id: string }>;

/** Each record at the source against its record at the target, field by field as far as both hold it. */
async function differences(
  { from, to, entity }: Pair,
  links: Links | undefined,
  all: ReadonlyMap<string, Links>,
): Promise<readonly string[]> {
  const source = from.source(objectOf(from, entity).name);
  const target = to.target(objectOf(to, entity).name, { connection: from.connection.name, flow: byHand, content: null }); // prettier-ignore
  const records = (await readAll(source)).filter(({ id }) => links?.has(id) === true);
  const ids = records.map(({ id }) => links?.get(id)?.id ?? "");
  const there = new Map((await target.read(ids, never)).map((record) => [record.id, record]));
  const { complete } = entityOf(entity);
  const torn = tornFields(to, objectOf(to, entity).name, objectOf(from, entity).fields);
  return records.flatMap((record) => {
    if (record.content.kind !== "live") return [];
    const at = there.get(links?.get(record.id)?.id ?? "");
    if (at === undefined) return [`${record.id} is not there`];
    const wanted = complete(record.content.fields);
    const names = Object.keys(wanted)
      .filter((name) => target.holds.has(name) && name in at.fields)
      .filter((name) => !torn.has(name));
    return names
      .filter((name) => !agree(name, wanted, at.fields, { source, all }))
      .map((name) => `${name}: ${JSON.stringify(wanted[name])} became ${JSON.stringify(at.fields[name])}`); // prettier-ignore
  });
}

function agree(
  name: string,
  wanted: Fields,
  there: Fields,
  { source, all }: { source: Source; all: ReadonlyMap<string, Links> },
): boolean {
  // Each tool tells a file's content by a hash of its own; that they fit is checked as it moves.
  if (name === "content") return true;
  const value = wanted[name];
  if (source.references[name] === undefined || typeof value !== "string")
    return sameValue(value, there[name]);
  const linked = [...all.values()].flatMap((links) => links.get(value)?.id ?? []);
  return linked.length === 0 ? true : linked.includes(String(there[name]));
}

const changeable: readonly string[] = ["path", "notes", "company_name", "industry", "address.city", "name", "title"]; // prettier-ignore

/** Changes one record in the tool; null where nothing of it can be changed afterwards. */
async function changeOne({ from: side, to, entity }: Pair, id: string): Promise<string | null> {
  const object = objectOf(side, entity);
  const { holds } = to.target(objectOf(to, entity).name, {
    connection: side.connection.name,
    flow: byHand,
    content: null,
  });
  const target = side.target(object.name, {
    connection: side.connection.name,
    flow: byHand,
    content: null,
  });
  const records = await readAll(side.source(object.name));
  const record = records.find((one) => one.id === id) ?? records[0];
  const field = changeable.find((name) => target.holds.has(name) && holds.has(name));
  if (record === undefined || field === undefined) return null;
  const [now] = await target.read([record.id], never);
  const before = String(now?.fields[field] ?? "");
  const value = field === "path" ? `/Changed${before}` : `Changed ${before.slice(0, 20)}`;
  const update = {
    kind: "update" as const,
    key: "x",
    hash: "h",
    id: record.id,
    version: now?.version ?? null,
    fields: { [field]: value },
  };
  const sent = await target.send({ id: `change-${entity}`, writes: [update] }, never);
  if (sent.kind !== "each" || sent.outcomes[0]?.kind !== "accepted")
    throw new Error(`${side.name} did not take a change: ${JSON.stringify(sent)}`);
  return record.id;
}

function refusedRecord({ entity, refused }: Pair, referred: (n: number) => Fields): SourceRecord {
  const fields = { ...sample(entity, 60, "Z"), ...referred(0), ...refused };
  return {
    id: "refused-1",
    changedAt: null,
    raw: () => Buffer.from(JSON.stringify(fields)),
    content: { kind: "live", fields, problems: [] },
  };
}
