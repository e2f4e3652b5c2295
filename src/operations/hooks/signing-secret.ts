import type { Connection } from "#domain/connection.ts";
import { Mistake } from "#domain/errors.ts";
import type { ConnectorFacts, CredentialForm } from "#domain/ports/connector-facts.ts";
import type { World } from "../world.ts";

/** What a tool signs its messages with, and a person has to copy from it: one more thing to give on a page. */
export const secretField = "signing_secret";

/** Undefined where nothing is asked for, or there is no address yet that it would belong to. */
export async function signingForm(
  { hooks }: Pick<World, "hooks">,
  { name }: Connection,
  facts: ConnectorFacts,
): Promise<CredentialForm | undefined> {
  const asks = facts.hooks?.asks ?? null;
  if (asks === null || (await hooks.addressOf(name)) === undefined) return undefined;
  return {
    name: secretField,
    about: `What ${facts.title} signs its messages to us with, so that they can be believed.`,
    fields: [{ name: secretField, label: asks, secret: true, optional: false, brought: false }],
    browser: false,
    scopes: [],
  };
}

/** Keeps it beside those known before: while a tool replaces its secret, messages come signed by either. */
export async function keepSigningSecret(
  world: World,
  { connection, user, secret }: { connection: Connection; user: string; secret: string },
): Promise<void> {
  const address = await world.hooks.addressOf(connection.name);
  if (address === undefined || !(await world.hooks.learn(address, secret, "be_further")))
    throw new Mistake("The address it belongs to was renewed meanwhile; copy the new one to the tool first.", { usage: true }); // prettier-ignore
  await world.audit.append({
    at: world.clock.now(),
    actor: user,
    operation: "hooks.signing-secret",
    input: JSON.stringify({ connection: connection.name }),
    outcome: "done",
    detail: "",
  });
}
