import { payload, type DeadLetter } from "#domain/dead-letter.ts";
import type { Entity } from "#domain/entities/entity.ts";
import type { Flow } from "#domain/flow.ts";
import type { LetterLine } from "../contract.ts";
import { lookAround } from "../surroundings.ts";
import type { World } from "../world.ts";

/** Dead letters with what to call their records. */
export async function letterLines(
  world: World,
  letters: readonly DeadLetter[],
): Promise<readonly LetterLine[]> {
  if (letters.length === 0) return [];
  const [around, flows] = await Promise.all([lookAround(world), world.registry.flows()]);
  const byName = new Map<string, Flow>(flows.map((flow) => [flow.name, flow]));
  return letters.map((letter) => {
    const flow = byName.get(letter.flow);
    return { letter, title: titleOf(letter, flow ? around.entity(flow) : null) };
  });
}

export const titleOf = (letter: DeadLetter, entity: Entity | null): string =>
  entity?.title(payload(letter)) ?? letter.key;
