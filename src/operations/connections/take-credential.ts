import type { Connection, Renewed } from "#domain/connection.ts";
import type { Health } from "#domain/ports/tools.ts";
import { tell } from "../tell.ts";
import type { World } from "../world.ts";
import { noticesOf } from "./expiry.ts";
import { lookLive } from "./look-live.ts";
import { signedInAgain } from "./signed-in-again.ts";
import { usersOf } from "./view.ts";

/** `can`: what the credential may do there, in words. `note`: something to look at all the same. */
export type Redeemed =
  { account: string; can: readonly string[]; note: string | null } | { problem: string };

type Given = {
  connection: Connection;
  /** Who gave it. */
  user: string;
  renewed: Renewed;
  /** What the sign-in said about the connection. */
  settings: Connection["settings"];
  /** Values that stay where the connection says they are, instead of being kept. */
  references: Connection["credential"];
};

/**
 * Keeps a credential a person gave, looks at the connection live and brings Slack up to date. Whatever
 * the connection was before (its name, its flows and what they remember) stays.
 */
export async function takeCredential(world: World, given: Given): Promise<Redeemed> {
  const { connection, user, renewed, settings, references } = given;
  const { name } = connection;
  const kept = Object.entries(renewed.secret).filter(
    ([field]) => !Object.hasOwn(references, field),
  );
  const fields = fieldsOf(world, connection).filter((field) => kept.some(([one]) => one === field));
  const signed: Connection = {
    ...connection,
    settings: { ...connection.settings, ...settings },
    credential: {
      ...references,
      ...Object.fromEntries(fields.map((field) => [field, { kind: "kept" } as const])),
    },
  };
  const before = await world.safe.standing(name);
  await world.safe.keep(name, { ...renewed, secret: Object.fromEntries(kept) });
  await world.registry.save({ connections: [signed], flows: [] });

  const health = await lookLive(world, signed);
  await world.audit.append({
    at: world.clock.now(),
    actor: user,
    operation: "connections.sign-in",
    input: JSON.stringify({ connection: name, fields }),
    outcome: health.ok ? "done" : "failed",
    detail: health.ok ? "" : "kept, but the tool did not accept it",
  });
  const note = health.ok ? await welcome(world, signed, user, health, before.account) : null;
  const at = world.clock.now().toString();
  await tell(world, [{ kind: "signed_in", connection: name, user, at }, ...noticesOf(name)]);
  return health.ok
    ? { account: health.account, can: health.can, note }
    : { problem: health.problem };
}

/** Every value that some way of signing in may hold. */
const fieldsOf = ({ tools }: World, { connector }: Connection): readonly string[] => [
  ...new Set(
    (tools.facts(connector)?.credentials ?? []).flatMap(({ fields }) =>
      fields.map(({ name }) => name),
    ),
  ),
];

/** Lets go on what waited for it; not where it is another account, whose records the flows do not know. */
async function welcome(
  world: World,
  connection: Connection,
  user: string,
  { account }: Extract<Health, { ok: true }>,
  before: string | null,
): Promise<string | null> {
  const { name } = connection;
  const flows = await usersOf(world, connection);
  if (before === null || before === account || flows.length === 0) {
    await world.safe.noteAccount(name, account);
    await signedInAgain(world, connection, user);
    return null;
  }
  return `Before, ${name} was signed in as ${before}, and its flows know the records of that account. If this is not the same, sign in as ${before} again before they run.`;
}
