import type { Connection } from "#domain/connection.ts";
import { isEventType } from "#domain/event.ts";
import type { Outsiders } from "#domain/ports/hooks.ts";
import type { Subscriptions } from "#domain/ports/subscriptions.ts";
import { isAtOneOf, isLoopback } from "../auth/hosts.ts";
import type { Connector } from "../connector.ts";
import type { Egress } from "../egress.ts";
import { openTells } from "../events/tell.ts";
import { askFailures } from "../failures/ask.ts";
import type { OpenConnection } from "../open-connection.ts";
import { sampleOf, sampleOfOwn } from "../write/sample.ts";
import { makeReceive, type ReceiveWorld } from "./receive.ts";

/** What those outside send us, and what they may ask to be told. */
export const openOutsiders = (
  connectorOf: (connection: Connection) => Connector,
  openOf: (connection: Connection) => OpenConnection,
  world: ReceiveWorld & { egress: Egress; subscriptions: Subscriptions },
): Outsiders => ({
  ...openTells(connectorOf, openOf, world),
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
    const { objects, manifest, webhooks } = connectorOf(connection);
    const shared = { ...connection.settings, api_version: manifest.api_version };
    const samples = [...objects.values()]
      .map(({ plan, write }) => (write === null ? null : sampleOf(plan, write, event, shared)))
      .filter((sample) => sample !== null);
    const asked = webhooks?.asked ?? null;
    if (samples.length > 0 || asked === null || !isEventType(event)) return samples;
    return [sampleOfOwn(asked, event, shared)];
  },
});
