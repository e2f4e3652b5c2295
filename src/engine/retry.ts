import type { DeadLetterId } from "#domain/ids.ts";
import { carryOut } from "./carry-out.ts";
import type { Claimed } from "./claimed.ts";
import { batches } from "./in-flight.ts";
import type { Ports } from "./ports.ts";
import { makeRetrySome } from "./retry-some.ts";
import type { Telling } from "./telling.ts";

const atOnce = 100;

/**
 * Writes the dead letters of the run. What people have decided between two sides is carried out as well.
 * @throws systemic errors, Stopped, Fenced
 */
export async function retry(
  ports: Ports,
  claimed: Claimed,
  ids: readonly DeadLetterId[],
  telling: Telling,
): Promise<void> {
  if (claimed.flow.twoWay !== null) await carryOut(ports, claimed, telling);
  const retrySome = makeRetrySome(ports, claimed, telling);
  for (const some of batches(ids, atOnce)) {
    claimed.stop.throwIfAborted();
    const letters = inOrder(some, await ports.letters.those(some));
    // One that is open again was tried by an earlier claim of this run, or by a sync meanwhile.
    const waiting = letters.filter(
      ({ state, way }) => state.kind === "retrying" && way === claimed.way,
    );
    if (waiting.length > 0) await retrySome(waiting);
  }
}

export const inOrder = <Letter extends { id: DeadLetterId }>(
  ids: readonly DeadLetterId[],
  letters: readonly Letter[],
): readonly Letter[] => {
  const byId = new Map(letters.map((letter) => [letter.id, letter]));
  return ids.flatMap((id) => byId.get(id) ?? []);
};
