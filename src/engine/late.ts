import { payload } from "#domain/dead-letter.ts";
import type { RunId } from "#domain/ids.ts";
import type { Claimed } from "./claimed.ts";
import type { Ports } from "./ports.ts";
import { makeReferences } from "./references.ts";
import { us, waitingIn, wokenAlready } from "./wake.ts";

/**
 * What a run left waiting may have arrived between its look and its dead letter, which whoever brought it
 * could not see yet: those are tried again. One whose reference is not there still is left alone, so this
 * comes to rest.
 */
export async function tryLate(
  ports: Pick<Ports, "references" | "letters" | "incidents" | "runs" | "clock">,
  { run, flow, ends, way }: Pick<Claimed, "run" | "flow" | "ends" | "way">,
): Promise<readonly RunId[]> {
  const { runs, clock } = ports;
  if ((await runs.get(run.id))?.counts.deadLettered === 0) return [];
  // One that this run did not come to is left to people, or it would be tried without end.
  const refer = makeReferences(ports.references, { flow, ends });
  let woken = false;
  for await (const some of waitingIn(ports, flow)) {
    const letters = some.filter((letter) => letter.way === way && letter.run === run.id);
    const referred = await refer(letters.map(payload));
    const ids = letters.filter((_, index) => referred[index]?.kind === "known").map(({ id }) => id);
    if (ids.length === 0) continue;
    await runs.retry(flow.name, ids, us, clock.now());
    woken = true;
  }
  return woken ? wokenAlready(ports) : [];
}
