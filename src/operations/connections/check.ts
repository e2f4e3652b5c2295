import type { Connection } from "#domain/connection.ts";
import { Mistake, SignInAgain } from "#domain/errors.ts";
import { z } from "zod";
import { findConnection } from "../find.ts";
import { connectionField } from "../input.ts";
import { operation } from "../operation.ts";
import { isUnsettled, settle, unsettledProblem } from "./choosing.ts";
import { lookLive } from "./look-live.ts";
import type { World } from "../world.ts";
import { connectionView } from "./view.ts";

export const connectionsCheck = operation("connections.check", {
  title: "Checking a connection",
  needs: "operator",
  audited: "never",
  input: z.strictObject({ connection: connectionField }),
  told: ({ connection }) => ({ connection }),

  async run({ connection: name }, { world }) {
    const { connection, problem } = await settled(world, await findConnection(world, name));
    const health =
      problem === null ? await lookLive(world, connection) : ({ ok: false, problem } as const);
    // What fails there belongs to how it is, and is told by its own card.
    if (world.tools.facts(connection.connector)?.hooks?.failures?.come === "asked")
      await world.queue.add({ kind: "failures" });
    return { ...(await connectionView(world, connection)), health };
  },
});

/** What there is only one of at the tool nobody has to say. */
async function settled(world: World, connection: Connection) {
  if (!isUnsettled(world, connection)) return { connection, problem: null };
  try {
    const found = await settle(world, connection);
    return { ...found, problem: unsettledProblem(world, found.connection, found.open) };
  } catch (error) {
    // The look that follows says so, and what to do about it.
    if (error instanceof SignInAgain || error instanceof Mistake)
      return { connection, problem: null };
    throw error;
  }
}
