import type { Flow } from "#domain/flow.ts";
import { isOver, type Run } from "#domain/run.ts";
import type { Incident } from "#domain/incident.ts";
import type { FlowStatus } from "../contract.ts";
import { nextStart } from "../schedules.ts";
import { lookAround, type Surroundings } from "../surroundings.ts";
import type { World } from "../world.ts";
import { toldText } from "./told.ts";

type Seen = {
  around: Surroundings;
  unfinished: readonly Run[];
  incidents: readonly Incident[];
  at: Temporal.Instant;
};

/** How these flows stand now. */
export async function statuses(
  world: World,
  flows: readonly Flow[],
): Promise<readonly FlowStatus[]> {
  const [around, unfinished, incidents] = await Promise.all([
    lookAround(world),
    world.runs.unfinished(),
    world.incidents.open(),
  ]);
  const seen = { around, unfinished, incidents, at: world.clock.now() };
  return Promise.all(flows.map((flow) => status(world, flow, seen)));
}

/** How this flow stands now. */
export async function statusOf(world: World, flow: Flow): Promise<FlowStatus> {
  const [status] = await statuses(world, [flow]);
  if (status === undefined) throw new Error("one flow has one status");
  return status;
}

async function status(world: World, flow: Flow, seen: Seen): Promise<FlowStatus> {
  const [last, openLetters] = await Promise.all([
    lastOver(world, flow),
    world.letters.count({ flow: flow.name }),
  ]);
  const current = seen.unfinished.filter((run) => run.flow === flow.name);
  return {
    flow,
    current: current.find(({ work }) => work.kind === "sync") ?? current[0] ?? null,
    last,
    openLetters,
    incidents: seen.incidents.filter((incident) => incident.flow === flow.name),
    next: flow.state.kind === "on" ? nextStart(flow.trigger, seen.at) : null,
    titles: seen.around.titles(flow),
    told: await toldText(world, flow),
  };
}

/** The newest run that is over: a sync if there is one among the newest, else a retry. */
export async function lastOver({ runs }: Pick<World, "runs">, flow: Flow): Promise<Run | null> {
  const over = (await runs.list({ flow: flow.name, limit: 20 })).filter(({ state }) =>
    isOver(state),
  );
  return over.find(({ work }) => work.kind === "sync") ?? over[0] ?? null;
}
