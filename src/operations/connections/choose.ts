import type { Connection } from "#domain/connection.ts";
import { Mistake, SignInAgain } from "#domain/errors.ts";
import type { Choosable } from "#domain/ports/choices.ts";
import { looksSecret } from "#domain/looks-secret.ts";
import type { World } from "../world.ts";
import { choicesNow, isUnsettled, settle, withChoice } from "./choosing.ts";
import { conclude, type Redeemed } from "./conclude.ts";
import { openInvitation, over } from "./invitation.ts";

const longest = 500;

/**
 * Takes what a person chose on a one-time page, or typed where the tool lists nothing. Where more can be
 * chosen then, that comes next, on the same page; else the page is used up and the connection looked at.
 * @throws Mistake when the link is over, or something that is needed is missing
 */
export async function chooseSettings(
  world: World,
  token: string,
  values: Readonly<Record<string, string>>,
): Promise<Redeemed> {
  const invited = await openInvitation(world, token);
  if (invited === undefined) throw new Mistake(over);
  const { connection, user } = invited;
  const open = await choicesNow(world, connection).catch((error: unknown) => {
    if (error instanceof SignInAgain) throw new Mistake(error.message);
    throw error;
  });
  const said = Object.assign({}, ...open.map((one) => chosenOf(one, values))) as typeof values;
  const chosen: Connection = { ...connection, settings: { ...connection.settings, ...said } };
  await world.registry.save({ connections: [chosen], flows: [] });
  const settled = (await settle(world, chosen)).connection;
  if (isUnsettled(world, settled) && Object.keys(said).length > 0) return { choose: token };
  if ((await world.invitations.redeem(token, world.clock.now())) === undefined)
    throw new Mistake(over);
  return conclude(world, settled, user, Object.keys(said));
}

/** What was said of one setting and those that go with it. @throws Mistake */
function chosenOf(
  { settings, choices, optional }: Choosable,
  values: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const given = Object.fromEntries(
    settings.flatMap(({ name }) => {
      const value = (values[name] ?? "").trim();
      return value === "" ? [] : [[name, value]];
    }),
  );
  const [first] = settings;
  if (first === undefined || (optional && Object.keys(given).length === 0)) return {};
  const choice = choices.find(({ value }) => value === given[first.name]);
  if (choice !== undefined) return withChoice(first.name, choice);
  for (const { name, label } of settings) {
    const value = given[name];
    if (value === undefined) throw new Mistake(`Please choose: ${label}.`, { usage: true });
    if (value.length > longest || looksSecret(value))
      throw new Mistake(`That is no ${label}.`, { usage: true });
  }
  return given;
}
