import type { Fields } from "#domain/fields.ts";
import type { Problem } from "#domain/problem.ts";
import { makeWorld, person, type World } from "../support/memory/world.ts";
import { perform } from "./performing.ts";

export const sameName: Problem = {
  class: "rejected",
  field: "name",
  code: "6240",
  message: "Duplicate Name Exists",
};

/** A flow whose target has refused these. */
export async function withLetters(names: readonly string[]): Promise<World> {
  const world = makeWorld();
  for (const name of names) world.source.put(name, person(name));
  world.target.refuse = ({ name }) => (names.includes(String(name)) ? sameName : null);
  await perform(world);
  return world;
}

export const retryAll = async (world: World) =>
  perform(world, { kind: "retry", letters: world.openLetters() });

/** What a person makes of the dead letter of a key. */
export async function correct(world: World, key: string, fields: Fields): Promise<void> {
  const letter = world.letters().find((each) => each.key === key);
  if (letter === undefined) throw new Error(`no letter of ${key}`);
  await world.ports.letters.edit(
    letter.id,
    letter.version,
    { ...letter.fields, ...fields },
    { at: world.clock.now(), by: "U1", what: "corrected" },
  );
}
