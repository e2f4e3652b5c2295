import type { Flow } from "#domain/flow.ts";
import type { RunId } from "#domain/ids.ts";
import type { Run } from "#domain/run.ts";
import type { Ports } from "./ports.ts";
import { waiting } from "./problems.ts";

const most = 1000;

/**
 * What a run has brought may be what others wait for: the dead letters between the same two connections
 * that lack a reference are tried again. A run that created nothing wakes nobody, so this comes to rest.
 */
export async function wakeWaiting(
  { registry, letters, runs, clock }: Pick<Ports, "registry" | "letters" | "runs" | "clock">,
  flow: Flow,
  { counts }: Run,
): Promise<readonly RunId[]> {
  if (counts.created === 0) return [];
  const between = (other: Flow): boolean => connections(other) === connections(flow);
  const started: RunId[] = [];
  for (const other of (await registry.flows()).filter(between)) {
    const open = await letters.list({ flow: other.name, states: ["open"], limit: most });
    const ids = open.filter(({ problem }) => problem.code === waiting).map(({ id }) => id);
    const run = ids.length === 0 ? undefined : await runs.retry(other.name, ids, "Tieline", clock.now()); // prettier-ignore
    if (run !== undefined) started.push(run.id);
  }
  return started;
}

/** The two connections of a flow, whichever way it goes. */
const connections = ({ from, to }: Flow): string =>
  [from.connection, to.connection].sort().join(" ");
