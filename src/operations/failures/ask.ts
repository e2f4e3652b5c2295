import type { Connection } from "#domain/connection.ts";
import { isSystemic, MappingBroken, Mistake, NotPermitted, SignInAgain } from "#domain/errors.ts";
import type { Failure } from "#domain/failure.ts";
import type { World } from "../world.ts";
import { reportFailures } from "./report.ts";

const patienceMs = 60_000;

/** Asks the tools that tell failures only when they are asked. */
export async function askForFailures(world: World): Promise<void> {
  for (const connection of await world.registry.connections()) {
    const how = world.tools.facts(connection.connector)?.hooks?.failures?.come;
    if (how !== "asked") continue;
    const failures = await failuresAt(world, connection);
    if (failures !== null) await reportFailures(world, connection.name, failures, "are_over");
  }
}

/** Null where the tool cannot say just now, or is not asked: what is known stays as it is. */
async function failuresAt(
  { tools }: World,
  connection: Connection,
): Promise<readonly Failure[] | null> {
  const patience = AbortSignal.timeout(patienceMs);
  try {
    return await tools.failures(connection, patience);
  } catch (error) {
    if (needsAPerson(error)) return [cannotAsk(connection, error.message)];
    if (isSystemic(error) || patience.aborted) return null;
    throw error;
  }
}

const needsAPerson = (error: unknown): error is Error =>
  error instanceof SignInAgain ||
  error instanceof NotPermitted ||
  error instanceof MappingBroken ||
  error instanceof Mistake;

/** Whoever counts on hearing of failures hears that they cannot be heard of. */
const cannotAsk = ({ name }: Connection, message: string): Failure => ({
  event: `ours:asking:${name}`,
  automation: { id: "ours", name: "asking for failures" },
  step: null,
  message,
  page: null,
});
