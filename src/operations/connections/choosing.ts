import type { Connection } from "#domain/connection.ts";
import { isSystemic, Mistake, SignInAgain } from "#domain/errors.ts";
import type { Choosable, Choice } from "#domain/ports/choices.ts";
import { listed } from "../nearest.ts";
import type { World } from "../world.ts";

const patienceMs = 20_000;
/** Each round may make others askable: a workspace its projects. */
const rounds = 5;

const isBlank = ({ settings }: Connection, name: string): boolean =>
  (settings[name] ?? "").trim() === "";

/** Whether something is missing that can be chosen, and that the tool needs. */
export const isUnsettled = ({ tools }: World, connection: Connection): boolean =>
  (tools.facts(connection.connector)?.settings ?? []).some(
    ({ name, optional, chosen }) => !optional && chosen === true && isBlank(connection, name),
  );

/** What can be chosen now; nothing where the tool does not answer, or cannot be asked. @throws SignInAgain */
export async function choicesNow(
  { tools }: World,
  connection: Connection,
): Promise<readonly Choosable[]> {
  try {
    return await tools.choices(connection, AbortSignal.timeout(patienceMs));
  } catch (error) {
    if (error instanceof SignInAgain) throw error;
    const isLate = error instanceof Error && error.name === "TimeoutError";
    if (isSystemic(error) || isLate || error instanceof Mistake) return [];
    throw error;
  }
}

/**
 * Takes what the tool leaves no choice about, and tells what is left to choose. A setting that nobody
 * needs is nobody's only choice.
 */
export async function settle(
  world: World,
  connection: Connection,
): Promise<{ connection: Connection; open: readonly Choosable[] }> {
  let settled = connection;
  for (let round = 0; ; round += 1) {
    const open = await choicesNow(world, settled);
    const only = open.flatMap(({ settings: [chosen], choices: [one, ...others], optional }) =>
      chosen === undefined || one === undefined || others.length > 0 || optional
        ? []
        : [withChoice(chosen.name, one)],
    );
    if (only.length === 0 || round === rounds) return { connection: settled, open };
    settled = { ...settled, settings: Object.assign({}, settled.settings, ...only) };
    await world.registry.save({ connections: [settled], flows: [] });
  }
}

/** The settings that a choice says. */
export const withChoice = (name: string, { value, also }: Choice): Connection["settings"] => ({
  [name]: value,
  ...also,
});

/** What to do about a connection of which something is still to be chosen; null where nothing is. */
export function unsettledProblem(
  world: World,
  connection: Connection,
  open: readonly Choosable[],
): string | null {
  if (!isUnsettled(world, connection)) return null;
  const [first] = open.filter(({ optional }) => !optional);
  const chosen = first?.settings[0];
  if (first === undefined || chosen === undefined) return null;
  const names = first.choices.map(({ value, label }) => `${value} (${label})`);
  const none = first.problem ?? "The tool has none that it could be.";
  const which = names.length === 0 ? none : `It can be ${listed(names)}.`;
  return `${connection.name} has no ${chosen.name} (${chosen.label}) yet. ${which} Choose it on the page that Reconnect opens, or write it into the settings.`;
}
