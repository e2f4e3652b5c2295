import type { Connection } from "#domain/connection.ts";
import { isSystemic } from "#domain/errors.ts";
import type { Health } from "#domain/ports/tools.ts";
import type { World } from "../world.ts";

const patienceMs = 20_000;

/** Looks at a connection live; a tool that does not answer is an answer too. */
export async function lookLive(
  { tools }: Pick<World, "tools">,
  connection: Connection,
): Promise<Health> {
  if (tools.facts(connection.connector) === undefined)
    return { ok: false, problem: `There is no connector ${connection.connector} any more.` };
  const patience = AbortSignal.timeout(patienceMs);
  try {
    return await tools.check(connection, patience);
  } catch (error) {
    if (isSystemic(error)) return { ok: false, problem: error.message };
    if (patience.aborted)
      return { ok: false, problem: `It did not answer within ${patienceMs / 1000} seconds.` };
    throw error;
  }
}
