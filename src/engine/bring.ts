import { endText, type End, type Flow } from "#domain/flow.ts";
import type { FlowName, RunId } from "#domain/ids.ts";
import type { Engine } from "#domain/ports/engine.ts";
import type { Run } from "#domain/run.ts";
import type { Claimed } from "./claimed.ts";
import { batches } from "./in-flight.ts";
import { makeLook } from "./look.ts";
import { openPass } from "./pass.ts";
import type { Ports } from "./ports.ts";
import type { Bring } from "./references.ts";
import type { Telling } from "./telling.ts";
import { loadUndecided } from "./undecided.ts";

type Perform = (id: RunId, inside: readonly FlowName[]) => ReturnType<Engine["perform"]>;

/**
 * What a record refers to comes first: a run of the flow that carries it, for these records alone, in the
 * midst of the run that needs them. Where that flow is busy or has to wait, its run is left for later, and
 * who needs it waits as anybody does. `inside` are the flows that are being waited for already. Once `leave` is
 * aborted nobody waits for it any more.
 */
export function makeBring(
  { registry, runs, clock }: Pick<Ports, "registry" | "runs" | "clock">,
  { trigger }: Run,
  inside: readonly FlowName[],
  { perform, left, leave }: { perform: Perform; left: RunId[]; leave: AbortSignal | null },
): Bring {
  return async (from, to, ids) => {
    leave?.throwIfAborted();
    const carrier = await carrierOf(registry, { from, to }, inside);
    if (carrier === undefined) return;
    const { id } = await runs.bring(carrier.name, ids, trigger, clock.now());
    const { again, woken } = await perform(id, inside);
    left.push(...woken, ...(again === null ? [] : [id]));
    leave?.throwIfAborted();
  };
}

/** The flow that brings records from one end to the other, if it is on and nobody waits for it already. */
export async function carrierOf(
  registry: Pick<Ports["registry"], "flows">,
  { from, to }: { from: End; to: End },
  inside: readonly FlowName[],
): Promise<Flow | undefined> {
  return (await registry.flows()).find(
    (flow) =>
      flow.state.kind === "on" &&
      endText(flow.from) === endText(from) &&
      endText(flow.to) === endText(to) &&
      !inside.includes(flow.name),
  );
}

/** So many of what is brought along are read together. */
export const atOnce = 100;

/** The run of the flow that carries them: read one by one, whether they have changed or not. */
export async function bringAlong(
  ports: Ports,
  claimed: Claimed,
  keys: readonly string[],
  telling: Telling,
): Promise<void> {
  if (claimed.way === "back") return;
  const look = makeLook(
    ports,
    claimed,
    await loadUndecided(ports, claimed, claimed.carried.ways[claimed.way].inDoubt),
  );
  const pass = openPass(ports, claimed, telling);
  for (const some of batches(keys, atOnce)) {
    claimed.stop.throwIfAborted();
    const records = await claimed.ends.source.read(some, claimed.stop);
    const { stored } = await pass(await look({ records, checkpoint: null }), undefined);
    await stored;
  }
}
