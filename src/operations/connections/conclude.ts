import type { Connection } from "#domain/connection.ts";
import type { Health } from "#domain/ports/tools.ts";
import { tell } from "../tell.ts";
import type { World } from "../world.ts";
import { noticesOf } from "./expiry.ts";
import { lookLive } from "./look-live.ts";
import { signedInAgain } from "./signed-in-again.ts";
import { usersOf } from "./view.ts";

/**
 * What came of a credential: whose account it is and what it may do there, in words, and something to look
 * at all the same; or that something is still to be chosen, on the page this token opens.
 */
export type Redeemed =
  | { account: string; can: readonly string[]; note: string | null }
  | { problem: string }
  | { choose: string };

/**
 * Looks at a connection live that somebody has just signed in, says so in Slack, and lets go on what
 * waited for it.
 */
export async function conclude(
  world: World,
  connection: Connection,
  user: string,
  fields: readonly string[],
): Promise<Redeemed> {
  const { name } = connection;
  const health = await lookLive(world, connection);
  const at = world.clock.now();
  await world.audit.append({
    at,
    actor: user,
    operation: "connections.sign-in",
    input: JSON.stringify({ connection: name, fields }),
    outcome: health.ok ? "done" : "failed",
    detail: health.ok ? "" : "kept, but the tool did not accept it",
  });
  const note = health.ok ? await welcome(world, connection, user, health) : null;
  const told = { kind: "signed_in", connection: name, user, at: at.toString() } as const;
  await tell(world, [told, ...noticesOf(name)]);
  return health.ok
    ? { account: health.account, can: health.can, note }
    : { problem: health.problem };
}

/** Lets go on what waited for it; not where it is another account, whose records the flows do not know. */
async function welcome(
  world: World,
  connection: Connection,
  user: string,
  { account }: Extract<Health, { ok: true }>,
): Promise<string | null> {
  const { name } = connection;
  const { account: before } = await world.safe.standing(name);
  const flows = await usersOf(world, connection);
  if (before === null || before === account || flows.length === 0) {
    await world.safe.noteAccount(name, account);
    await signedInAgain(world, connection, user);
    return null;
  }
  return `Before, ${name} was signed in as ${before}, and its flows know the records of that account. If this is not the same, sign in as ${before} again before they run.`;
}
