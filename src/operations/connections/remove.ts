import type { Connection } from "#domain/connection.ts";
import { Mistake } from "#domain/errors.ts";
import { z } from "zod";
import { findConnection } from "../find.ts";
import { connectionField } from "../input.ts";
import { listed } from "../nearest.ts";
import { operation } from "../operation.ts";
import { tellIncidents } from "../tell.ts";
import type { World } from "../world.ts";
import { usersOf } from "./view.ts";
import { endWatches } from "./watches.ts";

const patienceMs = 8000;

export const connectionsRemove = operation("connections.remove", {
  title: "Removing a connection",
  needs: "admin",
  audited: "always",
  input: z.strictObject({ connection: connectionField }),
  told: ({ connection }) => ({ connection }),

  async run({ connection }, { world }) {
    const found = await findConnection(world, connection);
    const { name } = found;
    const revoke = await revocationOf(world, found);
    const failing = (await world.incidents.open()).filter(
      (incident) => incident.flow === null && incident.connection === name,
    );
    if ((await usersOf(world, found)).length === 0) await endWatches(world, found);
    if (!(await world.registry.removeConnection(name)))
      throw new Mistake(
        `${name} is used by ${listed(await usersOf(world, found))}; nothing was removed. Its flows need another connection first.`,
      );
    await tellIncidents(world, failing);
    const revoked = revoke === undefined ? null : await revoke(AbortSignal.timeout(patienceMs));
    const title = world.tools.facts(found.connector)?.title ?? found.connector;
    return { name, title, revoked };
  },
});

/**
 * How its sign-in is ended at the tool. Not where another connection is of the same account: ending one
 * may end both.
 */
async function revocationOf(world: World, connection: Connection) {
  const { registry, safe, tools } = world;
  if (tools.facts(connection.connector) === undefined) return undefined;
  const { account } = await safe.standing(connection.name);
  for (const other of await registry.connections()) {
    if (other.name === connection.name || other.connector !== connection.connector) continue;
    if ((await safe.standing(other.name)).account === account) return undefined;
  }
  return tools.revoking(connection);
}
