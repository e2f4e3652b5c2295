import type { Connection } from "#domain/connection.ts";
import type { Failure } from "#domain/failure.ts";
import type { Json } from "#domain/json.ts";
import type { Log } from "#domain/ports/world.ts";
import type { Variables } from "../manifest/template.ts";
import type { OpenConnection } from "../open-connection.ts";
import type { Place } from "../paging/paging.ts";
import type { List } from "../read/list.ts";
import { openReader, type Reader } from "../read/reader.ts";
import type { FailuresPlan } from "./compile.ts";

/** More than that nobody looks through; the causes are among them. */
const most = 1000;

/**
 * All failures that a tool has now. Null where they are sent instead, or a setting that asking needs is
 * not given. Systemic errors are thrown.
 */
export async function askFailures(
  plan: FailuresPlan,
  connection: Connection,
  { title, country, line, shared }: OpenConnection,
  { log, signal }: { log: Log; signal: AbortSignal },
): Promise<readonly Failure[] | null> {
  const { list, spec } = plan;
  if (list === null || spec.needs.some((name) => !shared[name])) return null;
  const reader = openReader({ title, country, line, shared, log });
  const found: Failure[] = [];
  for await (const told of toldIn(plan, list, reader, signal)) {
    const failure = plan.isOver(told) ? null : plan.read(told, connection);
    if (failure !== null) found.push(failure);
    if (found.length >= most) break;
  }
  return found;
}

/** Each with what it was asked for beside it, as `parent`. */
async function* toldIn(
  plan: FailuresPlan,
  list: List,
  reader: Reader,
  signal: AbortSignal,
): AsyncIterable<Json> {
  const { parents } = list;
  if (parents === null) return yield* recordsIn(list, reader, {}, signal);
  for await (const parent of recordsIn(parents, reader, {}, signal)) {
    const id = parents.idOf(parent);
    if (id === null || plan.hasNone(parent)) continue;
    for await (const told of recordsIn(list, reader, { parent: id }, signal))
      if (typeof told === "object" && told !== null) yield { ...told, parent };
  }
}

async function* recordsIn(
  list: List,
  reader: Reader,
  variables: Variables,
  signal: AbortSignal,
): AsyncIterable<Json> {
  for (let place: Place | null = list.pager?.first ?? {}; place !== null;) {
    const answer = await reader.pageIfThere(list, place, variables, signal);
    if (answer === null) return;
    const records = list.entries(answer.body).flatMap(({ record }) => record ?? []);
    yield* records;
    const seen = { body: answer.body ?? null, records: records.map(() => ({ id: "", changedAt: null })) }; // prettier-ignore
    place = list.pager?.next(place, seen) ?? null;
  }
}
