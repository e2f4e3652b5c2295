import type { Claimed } from "./claimed.ts";
import { makeLook } from "./look.ts";
import { owed } from "./owed.ts";
import { openPass, type Pass } from "./pass.ts";
import type { Ports } from "./ports.ts";
import type { Telling } from "./telling.ts";
import { loadUndecided } from "./undecided.ts";

/**
 * Brings the records that are owed to the other side, whether they have changed or not. Hardly ever are
 * there any, so nothing is made ready before the first. @throws systemic errors, Stopped, Fenced
 */
export async function carryOut(ports: Ports, claimed: Claimed, telling: Telling): Promise<void> {
  let ready: { look: ReturnType<typeof makeLook>; pass: Pass } | null = null;
  for await (const records of owed(ports, claimed)) {
    ready ??= {
      look: makeLook(
        ports,
        claimed,
        await loadUndecided(ports, claimed, claimed.carried.ways[claimed.way].inDoubt),
      ),
      pass: openPass(ports, claimed, telling),
    };
    const { stored } = await ready.pass(await ready.look({ records, checkpoint: null }), undefined);
    await stored;
  }
}
