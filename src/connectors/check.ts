import type { Connection } from "#domain/connection.ts";
import { entityOf, isEntityName } from "#domain/entities/index.ts";
import { isSystemic, MappingBroken, NotPermitted } from "#domain/errors.ts";
import type { SourceRecord } from "#domain/record.ts";
import type { Log } from "#domain/ports/world.ts";
import type { Health, Sample, ScopesFound } from "#domain/ports/tools.ts";
import {
  type About,
  asSentence,
  deniedProblem,
  problemOf,
  scopesProblem,
} from "./check-problem.ts";
import type { Connector } from "./connector.ts";
import { getAt, textOf } from "./json/path.ts";
import type { Manifest } from "./manifest/manifest.ts";
import type { OpenConnection } from "./open-connection.ts";
import type { List } from "./read/list.ts";
import { openReader, type Reader } from "./read/reader.ts";
import { recordsOf } from "./read/records.ts";
import { walkThrough } from "./read/walk.ts";
import { throwSystemic } from "./request/systemic.ts";
import type { Answer } from "./request/line.ts";
import { unset } from "./write/compile-write.ts";

/** Asks the tool whose account this is, what it lets us do, and for one record of each object. */
export async function checkConnection(
  connector: Connector,
  connection: Connection,
  open: OpenConnection,
  signal: AbortSignal,
): Promise<Health> {
  const { manifest } = connector;
  const about: About = { connection, manifest };
  try {
    const answer = await whoseAccount(connector, connection, open, signal);
    const scopes = answer === null ? null : await scopesOf(manifest, open, answer);
    const missing = scopesProblem(open.scopes.needed, scopes?.has ?? null, about);
    if (missing !== null) return { ok: false, problem: missing };
    const looks = await Promise.all(
      [...connector.objects.keys()].map((name) => firstOf(name, connector, open, signal)),
    );
    const samples = looks.filter((look) => "title" in look);
    const denied = deniedProblem(deniedIn(connector, looks), open.scopes.needed, about);
    if (denied !== null) return { ok: false, problem: denied };
    return {
      ok: true,
      account: await accountOf(manifest, open, answer, signal),
      can: samples.map(({ object }) =>
        isWritten(connector, object, open) ? `read and write ${object}` : `read ${object}`,
      ),
      limits: limitsSentence(manifest),
      scopes,
      samples,
    };
  } catch (error) {
    if (isSystemic(error)) return { ok: false, problem: problemOf(error, about) };
    throw error;
  }
}

/** Null where the tool cannot be asked. @throws NotPermitted and the other systemic errors */
async function whoseAccount(
  { check, manifest }: Connector,
  { credential }: Connection,
  { line, shared, title }: OpenConnection,
  signal: AbortSignal,
): Promise<Answer | null> {
  const { where } = manifest.check ?? {};
  if (check === null || (where !== undefined && credential[where] === undefined)) return null;
  const reply = await line.read(check(shared), signal);
  if (reply.ok) return reply.answer;
  throwSystemic(title, reply.verdict);
  // Whatever a tool calls it, what is not there for this credential is not open to it.
  throw new NotPermitted(`${title}: ${reply.verdict.message}`);
}

/** As the tool says; of an address that says nothing, where it is. */
async function accountOf(
  { check, title }: Manifest,
  { place }: OpenConnection,
  answer: Answer | null,
  signal: AbortSignal,
): Promise<string> {
  if (answer === null || check === undefined) return (await place(signal)) ?? title;
  return textOf(getAt(check.account)(answer.body)) ?? title;
}

/** What the credential may do, by the tool's answer or by what it was given with. */
async function scopesOf(
  { check }: Manifest,
  { scopes }: OpenConnection,
  { body }: Answer,
): Promise<ScopesFound> {
  const found = check?.scopes === undefined ? undefined : getAt(check.scopes)(body);
  const listed = Array.isArray(found) ? found.map((one) => textOf(one) ?? "") : textOf(found);
  const has =
    typeof listed === "string" ? listed.split(/[\s,]+/) : (listed ?? (await scopes.granted()));
  if (has === null || (has.length === 0 && scopes.needed.length === 0)) return null;
  // A way of signing in that cannot ask for scopes gets what it gets.
  const more = scopes.needed.length === 0 ? [] : has.filter((one) => !scopes.needed.includes(one));
  return { has, more };
}

type Denied = { object: string; denied: string };

/** One record of an object by its title, or why the credential may not read it. */
async function firstOf(
  object: string,
  { objects }: Connector,
  { title, country, line, shared }: OpenConnection,
  signal: AbortSignal,
): Promise<Sample | Denied> {
  const found = objects.get(object);
  const list = found?.plan.list ?? null;
  // What is sent to us cannot be asked for.
  if (found === undefined || list === null) return { object, title: null };
  const { plan } = found;
  const variables = { ...shared, columns: [...plan.columns] };
  const reader = openReader({ title, country, line, shared: variables, log: quiet });
  try {
    const answer = await firstPage(list, reader, signal);
    const [record] = answer === null ? [] : recordsOf(plan, list, answer, { country });
    return { object, title: record === undefined ? null : titleOf(plan.spec.entity, record) };
  } catch (error) {
    const isAbsent = plan.spec.optional === true && error instanceof MappingBroken;
    if (error instanceof NotPermitted || isAbsent)
      return { object, denied: asSentence(error.message) };
    throw error;
  }
}

/** What is missed: not an object that some accounts do not have, as long as there is another. */
function deniedIn({ objects }: Connector, looks: readonly (Sample | Denied)[]): readonly Denied[] {
  const denied = looks.filter((look) => "denied" in look);
  const required = denied.filter(({ object }) => objects.get(object)?.plan.spec.optional !== true);
  return required.length > 0 || denied.length < looks.length ? required : denied;
}

/** Some objects can be written only once a setting says more than reading needs. */
function isWritten({ objects }: Connector, object: string, { shared }: OpenConnection): boolean {
  const write = objects.get(object)?.write ?? null;
  return write !== null && unset(write, shared).length === 0;
}

/** Null for one that is there no more. */
function titleOf(entity: string, { id, content }: SourceRecord): string | null {
  if (content.kind === "gone") return null;
  const title = isEntityName(entity) ? entityOf(entity).title(content.fields) : null;
  return title ?? id;
}

const quiet: Log = { info() {}, warn() {}, error() {} };

/** Of a list that is asked for each parent, the first parent's; where there is no parent, that is all. */
async function firstPage(whole: List, reader: Reader, signal: AbortSignal): Promise<Answer | null> {
  const list = { ...whole, size: 1 };
  const walk = walkThrough(list, reader);
  const first = await walk.first(signal);
  if (first === null) return null;
  const { place, variables } = walk.at(first);
  return reader.page(list, place, variables, signal);
}

/** "At most 100 requests in 10 s, 5 in 1 s for search." */
function limitsSentence({ limits }: Manifest): string {
  const usual = new Set(limits.usual);
  const parts = Object.entries(limits.buckets).map(
    ([name, { calls, per }]) =>
      `${String(calls)} in ${String(per / 1000)} s${usual.has(name) ? "" : ` for ${name}`}`,
  );
  return parts.length === 0 ? "No limits are known." : `At most ${parts.join(", ")}.`;
}
