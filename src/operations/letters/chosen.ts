import type { DeadLetter } from "#domain/dead-letter.ts";
import { Mistake } from "#domain/errors.ts";
import type { LetterFilter } from "#domain/ports/dead-letters.ts";
import { z } from "zod";
import { findFlow, findIncident, findLetter } from "../find.ts";
import { letterField } from "../input.ts";
import type { World } from "../world.ts";

/** What one press of a button may take on; the rest is there for the next. */
const most = 10_000;
const page = 500;

export type Choice = {
  letters?: readonly string[] | undefined;
  incident?: string | undefined;
  flow?: string | undefined;
};

export const lettersField = z.array(letterField).min(1).max(most).describe("ids of dead letters");

/** The dead letters meant, in whatever state where they were named one by one, else the open ones. */
export async function chosen(world: World, choice: Choice): Promise<readonly DeadLetter[]> {
  const { letters, incident, flow, ...rest } = choice;
  const ways = [letters, incident, flow].filter((way) => way !== undefined);
  if (ways.length !== 1 || Object.keys(rest).length > 0)
    throw new Mistake("Say which: dead letters, an incident or a flow, and only one of these.", {
      usage: true,
    });
  if (letters !== undefined)
    return Promise.all([...new Set(letters)].map((id) => findLetter(world, id)));
  return allOpen(world, await scope(world, { incident, flow }));
}

/** Where the dead letters of an incident or a flow are looked for. @throws Mistake when it is not there */
export async function scope(
  world: World,
  { incident, flow }: Pick<Choice, "incident" | "flow">,
): Promise<Partial<LetterFilter>> {
  if (incident !== undefined) return { incident: (await findIncident(world, incident)).id };
  return { flow: (await findFlow(world, flow ?? "")).name };
}

async function allOpen({ letters }: World, about: Partial<LetterFilter>): Promise<DeadLetter[]> {
  const found: DeadLetter[] = [];
  const states = ["open"] as const;
  for (;;) {
    const last = found.at(-1);
    const after = last === undefined ? {} : { after: last.id };
    const more = await letters.list({ ...about, ...after, states, limit: page });
    found.push(...more);
    if (more.length < page || found.length >= most) return found.slice(0, most);
  }
}
