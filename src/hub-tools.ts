import type { Connection } from "#domain/connection.ts";
import type { EntityName } from "#domain/entities/index.ts";
import { isEntityName } from "#domain/entities/index.ts";
import { Mistake } from "#domain/errors.ts";
import { onceSure, type Grip } from "#domain/grip.ts";
import { hubConnection, hubFacts, hubName } from "#domain/hub.ts";
import type { Hub } from "#domain/ports/hub.ts";
import type { Registry } from "#domain/ports/registry.ts";
import type { Target, Tools } from "#domain/ports/tools.ts";

/** The tools, and our own database as one more of them. */
export function withHub(hub: Hub, tools: Tools): Tools {
  const isHub = ({ connector }: Connection): boolean => connector === hubName;
  const entityIn = (object: string): EntityName => {
    if (isEntityName(object)) return object;
    throw new Mistake(`The hub has no object ${object}; it has ${hubFacts.objects.map(({ name }) => name).join(", ")}.`); // prettier-ignore
  };
  return {
    ...tools,
    facts: (connector) => (connector === hubName ? hubFacts : tools.facts(connector)),
    builtIn: (connector) =>
      connector === hubName ? { facts: hubFacts, reach: nowhere } : tools.builtIn(connector),
    choices: (connection, signal) =>
      isHub(connection) ? Promise.resolve([]) : tools.choices(connection, signal),
    async check(connection, signal) {
      if (!isHub(connection)) return tools.check(connection, signal);
      const can = hubFacts.objects.map(({ name }) => `read and write ${name}`);
      const about = { account: "Our own database", limits: "No limits are known." };
      return { ok: true, can, ...about, scopes: null, samples: [] };
    },
    source: (connection, object, sharing, lane) =>
      isHub(connection)
        ? hub.source(entityIn(object))
        : tools.source(connection, object, sharing, lane),
    target: (connection, object, origin, terms) =>
      isHub(connection)
        ? held(hub.target(entityIn(object), origin?.connection ?? connection.name), terms?.grip)
        : tools.target(connection, object, origin, terms),
    allotment: (connection, object) =>
      isHub(connection) ? unlimited : tools.allotment(connection, object),
    link: (connection, object, id) =>
      isHub(connection) ? null : tools.link(connection, object, id),
  };
}

/** Nothing is written by whom another has taken the flow from. */
const held = (target: Target, grip: Grip | undefined): Target => ({
  ...target,
  send: (...given) => onceSure(grip, () => target.send(...given)),
});

/** Nobody limits how we use our own database. */
const unlimited = { reads: 100, finds: 100, writes: 100, perMinute: null, leftToday: null };
const nowhere = { hosts: [], pages: [], scopes: [] };

/** The registry, in which the hub is found by its name like any connection. */
export const withHubConnection = (registry: Registry): Registry => ({
  ...registry,
  connection: (name) =>
    name === hubConnection.name ? Promise.resolve(hubConnection) : registry.connection(name),
});
