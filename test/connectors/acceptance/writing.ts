import type { EntityName } from "#domain/entities/index.ts";
import { isBlank, sameValue, type Fields } from "#domain/fields.ts";
import type { Sent, Write, WriteOutcome } from "#domain/record.ts";
import { expect } from "vitest";
import { never } from "../world.ts";
import { kept, sample } from "./samples.ts";
import type { Tried } from "./tool.ts";

/** What a writing test needs to know of an object. */
export type Written = {
  tried: Tried;
  object: string;
  entity: EntityName;
  /** Fields besides the sample's: references, and what this tool takes only in its own way. */
  also: Fields;
  /** A field that can be changed afterwards, with two values. */
  change: { field: string; to: string };
  /** Fields with which the tool refuses a record. */
  refused: Fields;
};

let requests = 0;

const fieldsFor = ({ tried, object, entity, also }: Written, n: number, tag: string): Fields =>
  kept({ ...sample(entity, n, tag), ...also }, tried.target(object).holds);

const createOf = (about: Written, n: number, tag: string): Write => ({
  kind: "create",
  key: `${tag}-${String(n)}`,
  hash: "h",
  fields: fieldsFor(about, n, tag),
});

/** Sends writes as the engine does: no more at once than the tool takes. */
async function send(
  about: Written,
  writes: readonly Write[],
  id?: string,
): Promise<WriteOutcome[]> {
  const target = about.tried.target(about.object);
  const outcomes: WriteOutcome[] = [];
  for (let at = 0; at < writes.length; at += target.batch) {
    const some = writes.slice(at, at + target.batch);
    const sent = await target.send({ id: id ?? `r-${String((requests += 1))}`, writes: some }, never); // prettier-ignore
    outcomes.push(...(await eachOf(about, some, sent)));
  }
  return outcomes;
}

/** A batch refused whole is halved, as the engine does. */
async function eachOf(
  about: Written,
  writes: readonly Write[],
  sent: Sent,
): Promise<WriteOutcome[]> {
  if (sent.kind === "each") return [...sent.outcomes];
  if (sent.kind === "unknown") throw new Error(`nobody knows what became of it: ${sent.reason}`);
  const half = Math.ceil(writes.length / 2);
  return [
    ...(await send(about, writes.slice(0, half))),
    ...(await send(about, writes.slice(half))),
  ];
}

const idOf = (outcome: WriteOutcome | undefined): string => {
  if (outcome?.kind !== "accepted") throw new Error(`not accepted: ${JSON.stringify(outcome)}`);
  return outcome.id;
};

async function readBack(about: Written, ids: readonly string[]) {
  const found = await about.tried.target(about.object).read(ids, never);
  return ids.map((id) => found.find((record) => record.id === id));
}

/** Whether a record read back is the one written, field by field; the field's name where it is not. */
const differences = (wrote: Fields, read: Fields): readonly string[] =>
  Object.keys(wrote).filter((name) => !sameValue(wrote[name], read[name]));

/** What is created can be read again, each value as it was. */
export async function creates(about: Written): Promise<void> {
  const writes = [0, 1, 2, 3, 4].map((n) => createOf(about, n, "C"));
  const ids = (await send(about, writes)).map(idOf);
  const read = await readBack(about, ids);
  for (const [index, record] of read.entries()) {
    const write = writes[index];
    if (write?.kind !== "create" || record === undefined) throw new Error("not found again");
    expect(differences(write.fields, record.fields)).toEqual([]);
  }
}

/** An update changes what it names and nothing else. */
export async function updates(about: Written): Promise<void> {
  const [id] = (await send(about, [createOf(about, 5, "U")])).map(idOf);
  const [before] = await readBack(about, [id ?? ""]);
  const { field, to } = about.change;
  const fields = { [field]: to };
  const update: Write = { kind: "update", key: "k", hash: "h", id: id ?? "", version: before?.version ?? null, fields }; // prettier-ignore
  idOf((await send(about, [update]))[0]);
  const [after] = await readBack(about, [id ?? ""]);
  expect(after?.fields[field]).toBe(to);
  const others = Object.keys(before?.fields ?? {}).filter((name) => name !== field);
  const changed = others.filter((name) => !sameValue(before?.fields[name], after?.fields[name]));
  expect(changed.filter((name) => !follows(name, field))).toEqual([]);
}

/** A whole name follows its parts or its path, and a balance its total. */
const follows = (name: string, field: string): boolean =>
  (name === "name" && (field.endsWith("_name") || field === "path")) ||
  name === "modified" ||
  name === "balance";

/** The same request twice, or the same record by its key, leaves one record. */
export async function upsertsOnce(about: Written): Promise<void> {
  const target = about.tried.target(about.object);
  const write = createOf(about, 6, "T");
  const first = idOf((await send(about, [write], "same-request"))[0]);
  if (target.repeat === "request_id" || target.repeat === "upsert") {
    const second = idOf((await send(about, [write], "same-request"))[0]);
    expect(second).toBe(first);
    return;
  }
  if (write.kind !== "create") return;
  const key = target.searchable.find((name) => !isBlank(write.fields[name]));
  if (key === undefined) throw new Error("no field to look it up by");
  await about.tried.world.clock.sleep(target.lagMs, never);
  // The simulated index is behind by a moment of the real clock.
  if (target.lagMs > 0) await new Promise((resolve) => setTimeout(resolve, 300));
  const [found] = await target.find(key, [String(write.fields[key])], never);
  expect(found?.map((record) => record.id)).toEqual([first]);
}

/** What is archived is not there any more. */
export async function archives(about: Written): Promise<void> {
  const [id] = (await send(about, [createOf(about, 7, "A")])).map(idOf);
  const [before] = await readBack(about, [id ?? ""]);
  const archive: Write = {
    kind: "archive",
    key: "k",
    id: id ?? "",
    version: before?.version ?? null,
  };
  idOf((await send(about, [archive]))[0]);
  expect(await readBack(about, [id ?? ""])).toEqual([undefined]);
}

/** One bad record among good ones is refused in the tool's own words, and the others are written. */
export async function refusesOne(about: Written): Promise<void> {
  const good = [8, 9].map((n) => createOf(about, n, "P"));
  const bad = createOf(about, 10, "P");
  if (bad.kind !== "create") return;
  const writes = [good[0], { ...bad, fields: { ...bad.fields, ...about.refused } }, good[1]];
  const outcomes = await send(about, writes as Write[]);
  expect(outcomes.map(({ kind }) => kind)).toEqual(["accepted", "rejected", "accepted"]);
  const refusal = outcomes[1];
  if (refusal?.kind !== "rejected") return;
  expect(refusal.problem.message.length).toBeGreaterThan(5);
  expect(refusal.problem.message).not.toMatch(/^The tool answered/);
}

/** Creates one and tells its id, for objects that others refer to. */
export async function makeOne(about: Omit<Written, "change" | "refused">): Promise<string> {
  const all = { ...about, change: { field: "", to: "" }, refused: {} };
  return idOf((await send(all, [createOf(all, 20, "R")]))[0]);
}
