import type { Connection } from "#domain/connection.ts";
import type { Outsiders } from "#domain/ports/hooks.ts";
import { isAtOneOf, isLoopback } from "../auth/hosts.ts";
import type { Connector } from "../connector.ts";
import type { Egress } from "../egress.ts";
import { openTells } from "../events/tell.ts";
import { askFailures } from "../failures/ask.ts";
import type { OpenConnection } from "../open-connection.ts";
import { sampleOf } from "../write/sample.ts";
import { makeReceive, type ReceiveWorld } from "./receive.ts";

/** What those outside send us, and what they may ask to be told. */
export const openOutsiders = (
  connectorOf: (connection: Connection) => Connector,
  openOf: (connection: Connection) => OpenConnection,
  world: ReceiveWorld & { egress: Egress },
): Outsiders => ({
  ...openTells(connectorOf, openOf, () => world.clock.now()),
  receive: makeReceive(connectorOf, openOf, world),

  mayBeTold(connection, address) {
    const hosts = connectorOf(connection).manifest.webhooks?.subscriptions?.hosts ?? [];
    const url = URL.parse(address);
    if (url === null || !(isAtOneOf(url, hosts) || isLoopback(url))) return false;
    return world.egress.refusalOf(url) === null;
  },

  async failures(connection, signal) {
    const plan = connectorOf(connection).failures;
    if (plan === null) return null;
    return askFailures(plan, connection, openOf(connection), { log: world.log, signal });
  },

  sample(connection, event) {
    const { objects, manifest } = connectorOf(connection);
    const shared = { ...connection.settings, api_version: manifest.api_version };
    const samples = [...objects.values()].map(({ plan, write }) =>
      write === null ? null : sampleOf(plan, write, event, shared),
    );
    return samples.filter((sample) => sample !== null);
  },
});
