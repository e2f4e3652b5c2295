import type { DeadLetter } from "#domain/dead-letter.ts";
import type { Flow } from "#domain/flow.ts";
import type { DeadLetterId, RunId } from "#domain/ids.ts";
import type { Ports } from "./ports.ts";
import { waiting } from "./problems.ts";

const atOnce = 1000;
/** Who tries again what waited. */
export const us = "Tieline";

/**
 * What a run has brought may be what others wait for, however it ended: the dead letters between the same
 * two connections that lack a reference are tried again. A run that linked nothing new wakes nobody, so this
 * comes to rest.
 */
export async function wakeAfter(
  {
    registry,
    runs,
    clock,
    ...ports
  }: Pick<Ports, "registry" | "letters" | "incidents" | "runs" | "clock">,
  id: RunId,
): Promise<readonly RunId[]> {
  const run = await runs.get(id);
  const flow = run && (await registry.flow(run.flow));
  if (flow === undefined || run?.arrived !== true) return [];
  const between = (other: Flow): boolean => connections(other) === connections(flow);
  const started: RunId[] = [];
  for (const other of (await registry.flows()).filter(between))
    for await (const some of waitingIn(ports, other)) {
      const ids = some.map((letter) => letter.id);
      const again = await runs.retry(other.name, ids, us, clock.now());
      if (again !== undefined) started.push(again.id);
    }
  return started;
}

/**
 * All open dead letters of a flow that lack a reference, oldest first, some at a time. They are found by
 * their incidents, so that nobody walks through a million others; one that has none yet is of a run that
 * is under way, which looks for itself once it is over.
 */
export async function* waitingIn(
  { letters, incidents }: Pick<Ports, "letters" | "incidents">,
  { name }: Pick<Flow, "name">,
): AsyncGenerator<readonly DeadLetter[]> {
  for (const { id: incident, subject } of await incidents.open(name)) {
    if (subject.kind !== "cause" || subject.problem.code !== waiting) continue;
    for (let after: DeadLetterId | undefined; ;) {
      const about = { incident, states: ["open"] as const, limit: atOnce };
      const page: readonly DeadLetter[] = await letters.list(after === undefined ? about : { ...about, after }); // prettier-ignore
      if (page.length > 0) yield page;
      after = page.at(-1)?.id;
      if (page.length < atOnce || after === undefined) break;
    }
  }
}

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
