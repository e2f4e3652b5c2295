import type { DeadLetter } from "#domain/dead-letter.ts";
import type { Flow } from "#domain/flow.ts";
import type { RunId } from "#domain/ids.ts";
import type { Ports } from "./ports.ts";
import { waiting } from "./problems.ts";

const most = 1000;
/** Who tries again what waited. */
export const us = "Tieline";

/**
 * What a run has brought may be what others wait for, however it ended: the dead letters between the same
 * two connections that lack a reference are tried again. A run that created nothing wakes nobody, so this
 * comes to rest.
 */
export async function wakeAfter(
  { registry, letters, runs, clock }: Pick<Ports, "registry" | "letters" | "runs" | "clock">,
  id: RunId,
): Promise<readonly RunId[]> {
  const run = await runs.get(id);
  const flow = run && (await registry.flow(run.flow));
  if (flow === undefined || run?.counts.created === 0) return [];
  const between = (other: Flow): boolean => connections(other) === connections(flow);
  const started: RunId[] = [];
  for (const other of (await registry.flows()).filter(between)) {
    const ids = (await waitingIn({ letters }, other)).map((letter) => letter.id);
    const again = ids.length === 0 ? undefined : await runs.retry(other.name, ids, us, clock.now());
    if (again !== undefined) started.push(again.id);
  }
  return started;
}

/** The open dead letters of a flow that lack a reference. */
export const waitingIn = async (
  { letters }: Pick<Ports, "letters">,
  { name }: Pick<Flow, "name">,
): Promise<readonly DeadLetter[]> =>
  (await letters.list({ flow: name, states: ["open"], limit: most })).filter(
    ({ problem }) => problem.code === waiting,
  );

/** Those that were woken before, by a worker that may have died before it could say so. */
export const wokenAlready = async ({ runs }: Pick<Ports, "runs">): Promise<readonly RunId[]> =>
  (await runs.unfinished())
    .filter(
      ({ state, trigger }) =>
        state.kind === "queued" && trigger.kind === "person" && trigger.by === us,
    ) // prettier-ignore
    .map(({ id }) => id);

/** The two connections of a flow, whichever way it goes. */
const connections = ({ from, to }: Flow): string =>
  [from.connection, to.connection].sort().join(" ");
