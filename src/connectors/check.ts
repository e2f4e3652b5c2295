import { isSystemic } from "#domain/errors.ts";
import type { Health } from "#domain/ports/tools.ts";
import type { Connector } from "./connector.ts";
import { getAt, textOf } from "./json/path.ts";
import type { OpenConnection } from "./open-connection.ts";
import type { Manifest } from "./manifest/manifest.ts";
import { openReader } from "./read/reader.ts";
import { unset } from "./write/compile-write.ts";

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
    const can: string[] = [];
    for (const [name, { plan, write }] of connector.objects) {
      const reader = openReader({
        title,
        country,
        line,
        shared: { ...shared, columns: [...plan.columns] },
        log: { info() {}, warn() {}, error() {} },
      });
      const { pager } = plan.list;
      const place = pager?.first ?? {};
      await reader.page({ ...plan.list, size: 1 }, place, { ...pager?.variables(place) }, signal);
      const writes = write !== null && unset(write, shared).length === 0;
      can.push(writes ? `read and write ${name}` : `read ${name}`);
    }
    return { ok: true, account, can, limits: limitsSentence(manifest) };
  } catch (error) {
    if (isSystemic(error)) return { ok: false, problem: error.message };
    throw error;
  }
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
