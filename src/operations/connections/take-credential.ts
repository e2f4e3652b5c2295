import type { Connection, Renewed } from "#domain/connection.ts";
import { SignInAgain } from "#domain/errors.ts";
import type { World } from "../world.ts";
import { isUnsettled, settle } from "./choosing.ts";
import { conclude, type Redeemed } from "./conclude.ts";

const minutes = 10;

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
 * Keeps a credential a person gave. Whatever the connection was before (its name, its flows and what they
 * remember) stays. Where something is to be chosen from what the tool has, that comes next.
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
  const isNew = (await world.safe.standing(name)).account === null;
  await world.safe.keep(name, { ...renewed, secret: Object.fromEntries(kept) });
  await world.registry.save({ connections: [signed], flows: [] });

  const settled = await settledOrNot(world, signed, isNew);
  if (!settled.ask) return conclude(world, settled.connection, user, fields);
  const at = world.clock.now();
  await world.audit.append({
    at,
    actor: user,
    operation: "connections.sign-in",
    input: JSON.stringify({ connection: name, fields }),
    outcome: "done",
    detail: "kept; what it works with is still to be chosen",
  });
  const expires = at.add({ minutes });
  return { choose: await world.invitations.create(name, user, expires) };
}

/**
 * Whether the person is to be asked: for what is needed, and the first time for anything there is to
 * choose. A credential that the tool does not accept is told by the look that follows.
 */
async function settledOrNot(
  world: World,
  signed: Connection,
  isNew: boolean,
): Promise<{ connection: Connection; ask: boolean }> {
  if (!isNew && !isUnsettled(world, signed)) return { connection: signed, ask: false };
  try {
    const { connection, open } = await settle(world, signed);
    const some = open.some(({ choices, optional }) => !optional || choices.length > 0);
    return { connection, ask: some };
  } catch (error) {
    if (error instanceof SignInAgain) return { connection: signed, ask: false };
    throw error;
  }
}

/** Every value that some way of signing in may hold. */
const fieldsOf = ({ tools }: World, { connector }: Connection): readonly string[] => [
  ...new Set(
    (tools.facts(connector)?.credentials ?? []).flatMap(({ fields }) =>
      fields.map(({ name }) => name),
    ),
  ),
];
