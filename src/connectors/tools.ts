import type { Connection } from "#domain/connection.ts";
import { Mistake } from "#domain/errors.ts";
import type { Hints } from "#domain/ports/hints.ts";
import type { Hooks } from "#domain/ports/hooks.ts";
import type { Inbox } from "#domain/ports/inbox.ts";
import type { Apps } from "#domain/ports/sign-in.ts";
import type { Subscriptions } from "#domain/ports/subscriptions.ts";
import type { Allowance, Sharing } from "#domain/ports/allowance.ts";
import type { Terms } from "#domain/ports/lane.ts";
import type { Tools, Vault } from "#domain/ports/tools.ts";
import type { Clock, Log } from "#domain/ports/world.ts";
import { checkConnection } from "./check.ts";
import { choicesFor } from "./choices/choices-for.ts";
import { compileConnector, type Connector } from "./connector.ts";
import { openDoors } from "./doors.ts";
import type { Egress } from "./egress.ts";
import { linkTo } from "./link.ts";
import type { Manifest } from "./manifest/manifest.ts";
import { openConnection, type OpenConnection } from "./open-connection.ts";
import { renamesOf } from "./column-names.ts";
import type { Variables } from "./manifest/template.ts";
import { allotmentOf } from "./allotment.ts";
import { compileObject, type ObjectPlan } from "./read/compile-object.ts";
import { openHintedSource } from "./read/hinted-source.ts";
import { openInboxSource } from "./read/inbox-source.ts";
import { makeSharedLines } from "./request/share.ts";
import { openTree } from "./read/open-tree.ts";
import { openReader } from "./read/reader.ts";
import { openSource } from "./read/source.ts";
import { describe, judge, readRegistered, type LeftOut, type Registered } from "./registered.ts";
import { openOutsiders } from "./webhooks/outsiders.ts";
import { openWatching } from "./webhooks/watching.ts";
import { unset } from "./write/compile-write.ts";
import { openTarget } from "./write/target.ts";
import { writeWith } from "./write/upserts.ts";

export type ToolsParts = {
  manifests: readonly Manifest[];
  /** What tells this program from another version of it, which may understand a record otherwise. */
  program: string;
  vault: Vault;
  apps: Pick<Apps, "find">;
  allowance: Allowance;
  inbox: Inbox;
  hints: Hints;
  hooks: Hooks;
  subscriptions: Subscriptions;
  clock: Clock;
  log: Log;
  egress: Egress;
};

/** An object as a connection has it, whose settings say how columns and stages are called there. */
function planFor({ manifest }: Connector, { spec }: ObjectPlan, settings: Variables): ObjectPlan {
  const texts = new Map(Object.entries(settings).flatMap(([name, text]) => typeof text === "string" ? [[name, text] as const] : [])); // prettier-ignore
  const renames = renamesOf(spec, Object.fromEntries(texts));
  return compileObject(manifest, spec, renames, (name) => texts.get(name) ?? name);
}

const asConnected = (connector: Connector, { shared }: OpenConnection): Connector => ({
  ...connector,
  objects: new Map(
    [...connector.objects].map(([name, { plan, write }]) => [
      name,
      { plan: planFor(connector, plan, shared), write },
    ]),
  ),
});

export type ReloadableTools = Tools & {
  /** Replaces what is registered, which goes before ours of the same name. Returns what cannot be used. */
  register(registered: readonly Registered[]): readonly LeftOut[];
};

/** Every connector there is a manifest for. */
export function makeTools({ manifests, program, ...world }: ToolsParts): ReloadableTools {
  const builtIn = new Map(
    manifests.map((manifest) => [manifest.connector, compileConnector(manifest)]),
  );
  let connectors = new Map(builtIn);
  const open = new Map<string, { as: string; by: Connector; connection: OpenConnection }>();

  const connectorOf = ({ connector, name }: Connection): Connector => {
    const found = connectors.get(connector);
    if (found === undefined)
      throw new Mistake(
        `The connection ${name} uses the connector ${connector}, which is not here.`,
      );
    return found;
  };

  /**
   * One line a connection, so that its flows share the limits; a changed connection, or one whose
   * connector was changed, gets a new one.
   */
  const openOf = (connection: Connection): OpenConnection => {
    const as = JSON.stringify(connection);
    const by = connectorOf(connection);
    const known = open.get(connection.name);
    if (known?.as === as && known.by === by) return known.connection;
    const opened = openConnection(by, connection, world);
    open.set(connection.name, { as, by, connection: opened });
    return opened;
  };

  const sharedLine = makeSharedLines(world);
  const openFor = (
    connection: Connection,
    { sharing, lane, grip }: { sharing: Sharing | null } & Terms,
  ): OpenConnection => {
    const usual = openOf(connection);
    const held = grip === undefined ? usual.line : usual.line.holding(grip);
    const opened = { ...usual, line: lane === undefined ? held : held.within(lane) };
    if (sharing === null) return opened;
    return { ...opened, line: sharedLine({ ...opened, connection: connection.name }, sharing) };
  };

  const objectOf = (
    connection: Connection,
    object: string,
    sharing: Sharing | null,
    terms: Terms = {},
  ) => {
    const connector = connectorOf(connection);
    const known = connector.objects.get(object);
    if (known === undefined)
      throw new Mistake(
        `${connector.manifest.title} has no object ${object}; it has ${[...connector.objects.keys()].join(", ")}.`,
      );
    const opened = openFor(connection, { sharing, ...terms });
    const found = { ...known, plan: planFor(connector, known.plan, opened.shared) };
    const shared = { ...opened.shared, columns: [...found.plan.columns] };
    const reader = openReader({ ...opened, shared, log: world.log });
    const { tree } = found.plan;
    const folders = tree === null ? null : openTree({ ...found.plan, tree }, { reader, shared, line: opened.line }); // prettier-ignore
    return { ...found, reader, shared, opened, connector, tree: folders };
  };

  return {
    ...openDoors(connectorOf, world),
    ...openOutsiders(connectorOf, openOf, world),
    watching: openWatching(connectorOf, openOf, world),
    catalogue: () => [...connectors.values()].map(({ facts }) => facts),
    facts: (connector) => connectors.get(connector)?.facts,
    builtIn(connector) {
      const ours = builtIn.get(connector);
      return ours && describe(ours);
    },
    judge,
    register(registered) {
      const { connectors: read, leftOut } = readRegistered(registered);
      const next = new Map([...builtIn, ...read]);
      // Not ours instead: what somebody approved is not exchanged for something else.
      for (const { connector } of leftOut) next.delete(connector);
      connectors = next;
      return leftOut;
    },
    async choices(connection, signal) {
      const { manifest, choices } = connectorOf(connection);
      if (choices.length === 0) return [];
      const opened = openConnection(connectorOf(connection), connection, world, "some");
      return choicesFor({ manifest, plans: choices }, connection, opened, signal);
    },
    async check(connection, signal) {
      try {
        const opened = openOf(connection);
        const connector = asConnected(connectorOf(connection), opened);
        return await checkConnection(connector, connection, opened, signal);
      } catch (error) {
        if (error instanceof Mistake) return { ok: false, problem: error.message };
        throw error;
      }
    },
    source(connection, object, sharing = null, lane) {
      const { plan, reader, tree, connector, opened } = objectOf(connection, object, sharing, {
        lane,
      });
      const { list } = plan;
      const end = { connection: connection.name, object };
      if (list !== null) {
        const decoding = JSON.stringify([program, connector.manifest, object, opened.shared, reader.country]); // prettier-ignore
        const source = openSource({ ...plan, list }, reader, world.clock, { tree, decoding });
        return connector.told.has(object) ? openHintedSource(source, { hints: world.hints, end }) : source; // prettier-ignore
      }
      return openInboxSource(plan, { inbox: world.inbox, end, country: reader.country });
    },
    target(connection, object, origin, terms) {
      const { plan, write, reader, opened, connector, tree, ...found } = objectOf(
        connection,
        object,
        origin?.sharing ?? null,
        terms,
      );
      if (write === null)
        throw new Mistake(`${connector.manifest.title} ${object} can be read, but not written.`);
      for (const name of unset(write, found.shared))
        throw new Mistake(`The connection ${connection.name} has no ${name} (${connector.manifest.settings[name]?.label ?? name}), without which ${connector.manifest.title} ${object} can be read, but not written.`); // prettier-ignore
      const { classify } = connector;
      const shared = { ...found.shared, flow: origin?.flow };
      const content = origin?.content ?? null;
      const { line, tellAll } = opened;
      return openTarget({ plan, write: writeWith(write, shared), reader, line, tellAll, classify, clock: world.clock, shared, tree, content, tells: connector.tells !== null }); // prettier-ignore
    },
    allotment(connection, object) {
      const { connector, opened, ...found } = objectOf(connection, object, null);
      return allotmentOf(connector.manifest, found, opened);
    },
    link(connection, object, id) {
      const connector = connectors.get(connection.connector);
      return connector === undefined ? null : linkTo(connector, connection, object, id);
    },
  };
}
