import { memoryOutside } from "../../support/memory/outside.ts";
import { makeEgress } from "#connectors/egress.ts";
import { loadManifests } from "#connectors/manifest/load.ts";
import { makeTools } from "#connectors/tools.ts";
import type { Fields } from "#domain/fields.ts";
import type { EntityName } from "#domain/entities/index.ts";
import type { Target, Tools } from "#domain/ports/tools.ts";
import type { Write } from "#domain/record.ts";
import { tools as simulated } from "#sandbox/tools/index.ts";
import { kept, sample } from "../acceptance/samples.ts";
import type { ToolName } from "../acceptance/tool.ts";
import { openDoor } from "../watching/door.ts";
import {
  connectionTo,
  folder,
  generous,
  memoryVault,
  never,
  quickClock,
  silent,
} from "../world.ts";

/** One request as it went out, with what came back; bodies as they were read from JSON. */
export type Recorded = {
  method: string;
  /** With its query. */
  path: string;
  sent: unknown;
  status: number;
  answer: unknown;
};

/** Every request of a session with each object of a tool: looked at, read, found, written, archived, watched. */
export async function recordedSession(name: ToolName): Promise<readonly Recorded[]> {
  const recorded: Recorded[] = [];
  await using tool = await simulated[name]({ folder: null, limits: false, seed: 120 });
  await using egress = makeEgress({ allow: { loopback: true, cidrs: [] } });
  const clock = quickClock();
  const outside = memoryOutside(clock);
  const tools = makeTools({
    program: "this",
    manifests: (await loadManifests([folder])).manifests,
    vault: memoryVault(tool.credential),
    apps: { find: () => Promise.resolve(undefined) },
    allowance: generous(clock),
    ...outside,
    clock,
    log: silent,
    egress: {
      ...egress,
      async send(request) {
        const incoming = await egress.send(request);
        const { method, url, body } = request;
        recorded.push({
          method,
          path: url.slice(tool.base_url.length),
          sent: body === null ? undefined : JSON.parse(String(body)),
          status: incoming.status,
          answer: JSON.parse(incoming.body.toString()),
        });
        return incoming;
      },
    },
  });
  const { settings } = tool;
  const connection = connectionTo(name, tool.base_url, { settings });
  await tools.check(connection, never);
  const { workspace_gid } = settings;
  const chosen: Record<string, string> = workspace_gid === undefined ? {} : { workspace_gid };
  for (const known of [{}, chosen]) await tools.choices({ ...connection, settings: known }, never);
  for (const { name: object, entity } of tools.facts(name)?.objects ?? []) {
    const source = tools.source(connection, object);
    let checkpoint = null;
    for await (const page of source.pages(null, { gone: true, signal: never }))
      checkpoint = page.checkpoint;
    for await (const page of source.pages(checkpoint, { gone: true, signal: never })) void page;
    await writeAndFind(tools.target(connection, object), entity);
  }
  await using door = await openDoor({ tools, hooks: outside.hooks }, connection);
  for (const one of await tools.watching.wanted(connection, watched(tools, name), never)) {
    const { token, address } = await outside.hooks.further(connection.name, clock.now());
    const at = { url: door.urlOf(token), address };
    const hook = await tools.watching.make(connection, one, at, never);
    await tools.watching.prolong(connection, one, hook, never);
    await tools.watching.end(connection, one, hook, never);
  }
  return recorded;
}

const watched = (tools: Tools, name: ToolName): readonly string[] =>
  tools.facts(name)?.hooks?.watched ?? [];

async function writeAndFind(target: Target, entity: EntityName): Promise<void> {
  const send = async (write: Write): Promise<string> => {
    const sent = await target.send({ id: `${entity}-${write.kind}-${write.key}`, writes: [write] }, never); // prettier-ignore
    const outcome = sent.kind === "each" ? sent.outcomes[0] : undefined;
    if (outcome?.kind !== "accepted") throw new Error(JSON.stringify(sent));
    return outcome.id;
  };
  const fields = (n: number): Fields => kept(sample(entity, n, "K"), target.holds);
  const id = await send({ kind: "create", key: "1", hash: "h", fields: fields(0) });
  const [record] = await target.read([id], never);
  const version = record?.version ?? null;
  await send({ kind: "update", key: "2", hash: "h", id, version, fields: fields(1) });
  const blank = Object.fromEntries(
    Object.keys(fields(1)).flatMap((name) => (target.needs.includes(name) ? [] : [[name, null]])),
  );
  if (Object.keys(blank).length > 0)
    await send({ kind: "update", key: "3", hash: "h", id, version, fields: blank });
  for (const field of target.searchable)
    await target.find(field, [String(fields(1)[field]), "nobody@example.com"], never);
  await send({ kind: "archive", key: "4", id, version });
}
