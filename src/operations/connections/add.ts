import type { Connection } from "#domain/connection.ts";
import { Mistake } from "#domain/errors.ts";
import { hubName } from "#domain/hub.ts";
import { connectionName, namePattern, nameRule } from "#domain/ids.ts";
import type { ConnectorFacts } from "#domain/ports/connector-facts.ts";
import { z } from "zod";
import { unknown } from "../find.ts";
import { connectorField, line, optional } from "../input.ts";
import { listed } from "../nearest.ts";
import { operation } from "../operation.ts";
import type { World } from "../world.ts";
import { connectionFaults, described } from "./rules.ts";
import { connectionView, usersOf } from "./view.ts";

const values = z.record(z.string().max(100), z.string().max(2000));

export const connectionsAdd = operation("connections.add", {
  title: "Adding a connection",
  needs: "admin",
  audited: "always",
  input: z.strictObject({
    name: z.string().trim().regex(namePattern).describe(nameRule),
    connector: connectorField,
    baseUrl: optional(line("a web address, such as http://127.0.0.1:4101", 500)),
    settings: optional(values.describe("names of settings with their values")),
    credential: optional(values.describe("names of values, each with env:NAME or file:NAME")),
  }),
  told: ({ name, settings = {}, credential = {} }) => ({
    name,
    settings: Object.keys(settings).length,
    credential: Object.keys(credential).length,
  }),

  async run({ name, connector: typed, ...given }, { world, actor }) {
    const connector = typed.toLowerCase();
    const facts = world.tools.facts(connector);
    if (facts === undefined) {
      const names = world.tools.catalogue().map((known) => known.name);
      throw unknown("connector", typed, names);
    }
    const existing = await sameTool(world, name, connector);
    const usual = existing === undefined ? world.about.usualBaseUrl(connector) : null;
    if (given.baseUrl === undefined && usual !== null) given.baseUrl = usual;
    if (name === hubName)
      throw new Mistake("The hub is there already; choose another name.", { usage: true });
    const [fault] = connectionFaults(given, facts, existing);
    if (fault !== undefined) throw new Mistake(`${upper(fault.message)}.`, { usage: true });

    if (actor.kind === "slack" && leadsElsewhere(given.baseUrl, facts, world.about))
      throw new Mistake(
        `From Slack a connection leads to ${facts.title} itself (${listed([...facts.hosts])}). Another base address is set by whoever hosts me: as base_url in a workspace file, with \`npx tieline apply\`.`,
        { usage: true },
      );

    const connection = described(connectionName(name), facts, given, existing);
    const owner = connection.owner ?? (actor.kind === "slack" ? actor.user : null);
    await world.registry.save({ connections: [{ ...connection, owner }], flows: [] });
    return connectionView(world, { ...connection, owner });
  },
});

/**
 * Whoever may name an address and a credential of this machine may send the one to the other: in Slack
 * an address is the tool's own, or this machine's where that is allowed.
 */
function leadsElsewhere(
  baseUrl: string | undefined,
  { hosts }: ConnectorFacts,
  { loopback }: World["about"],
): boolean {
  if (baseUrl === undefined) return false;
  const { hostname } = new URL(baseUrl);
  return (
    !hosts.includes(hostname) && !(loopback && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname))
  );
}

/** What is there under this name; another tool's is replaced, but not under flows that use it. */
async function sameTool(
  world: World,
  name: string,
  connector: string,
): Promise<Connection | undefined> {
  const existing = await world.registry.connection(connectionName(name));
  if (existing === undefined || existing.connector === connector) return existing;
  const flows = await usersOf(world, existing);
  if (flows.length === 0) return undefined;
  throw new Mistake(
    `${name} is a connection of ${existing.connector}, and ${listed(flows)} ${flows.length === 1 ? "uses" : "use"} it. Choose another name.`,
    { usage: true },
  );
}

const upper = (text: string): string =>
  text.charAt(0).toUpperCase() + text.slice(1).replace(/\.$/, "");
