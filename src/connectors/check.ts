import { isSystemic, MappingBroken, NotPermitted } from "#domain/errors.ts";
import type { Health } from "#domain/ports/tools.ts";
import type { Log } from "#domain/ports/world.ts";
import type { Connector, ConnectorObject } from "./connector.ts";
import { getAt, textOf } from "./json/path.ts";
import type { OpenConnection } from "./open-connection.ts";
import type { Manifest } from "./manifest/manifest.ts";
import { openReader } from "./read/reader.ts";

/** Asks the tool whose account this is, and for one record of each object. */
export async function checkConnection(
  connector: Connector,
  { line, shared, title, country }: OpenConnection,
  signal: AbortSignal,
): Promise<Health> {
  const { manifest } = connector;
  try {
    const reply = await line.read(connector.check(shared), signal);
    if (!reply.ok) return { ok: false, problem: `${title}: ${reply.verdict.message}` };
    const account = textOf(getAt(manifest.check.account)(reply.answer.body)) ?? title;
    const looks: Look[] = [];
    for (const [name, object] of connector.objects)
      looks.push(await lookAt(name, object, { line, shared, title, country }, signal));
    const can = looks.flatMap((look) => ("can" in look ? look.can : []));
    const denied = looks.find((look) => "denied" in look);
    if (can.length === 0 && denied !== undefined) throw denied.denied;
    return { ok: true, account, can, limits: limitsSentence(manifest) };
  } catch (error) {
    if (isSystemic(error)) return { ok: false, problem: error.message };
    throw error;
  }
}

/** What can be done with an object, or why it cannot be read where not every account has it. */
type Look = { can: string } | { denied: NotPermitted | MappingBroken };

async function lookAt(
  name: string,
  { plan, write }: ConnectorObject,
  { line, shared, title, country }: OpenConnection,
  signal: AbortSignal,
): Promise<Look> {
  const variables = { ...shared, columns: [...plan.columns] };
  const reader = openReader({ title, country, line, shared: variables, log: quiet });
  const { pager } = plan.list;
  const place = pager?.first ?? {};
  try {
    await reader.page({ ...plan.list, size: 1 }, place, { ...pager?.variables(place) }, signal);
    return { can: write === null ? `read ${name}` : `read and write ${name}` };
  } catch (error) {
    const optional = plan.spec.optional === true;
    if (optional && (error instanceof NotPermitted || error instanceof MappingBroken))
      return { denied: error };
    throw error;
  }
}

const quiet: Log = { info() {}, warn() {}, error() {} };

/** "At most 100 requests in 10 s, 5 in 1 s for search." */
function limitsSentence({ limits }: Manifest): string {
  const usual = new Set(limits.usual);
  const parts = Object.entries(limits.buckets).map(
    ([name, { calls, per }]) =>
      `${String(calls)} in ${String(per / 1000)} s${usual.has(name) ? "" : ` for ${name}`}`,
  );
  return parts.length === 0 ? "No limits are known." : `At most ${parts.join(", ")}.`;
}
