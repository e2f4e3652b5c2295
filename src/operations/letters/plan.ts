import { Mistake } from "#domain/errors.ts";
import type { End, Flow } from "#domain/flow.ts";
import type { Incident } from "#domain/incident.ts";
import { z } from "zod";
import { findFlow, findIncident } from "../find.ts";
import { flowField, incidentField, optional } from "../input.ts";
import { operation } from "../operation.ts";
import { lookAround, type Surroundings } from "../surroundings.ts";
import type { World } from "../world.ts";
import type { RetryPlan } from "./contract.ts";

export const lettersPlan = operation("letters.plan", {
  title: "Planning a retry",
  needs: "operator",
  audited: "never",
  input: z.strictObject({ incident: optional(incidentField), flow: optional(flowField) }),
  told: (input) => input,
  run: (input, { world }) => planFor(world, input),
});

/** Calls and minutes are told of all, so all are counted; nobody has as many as this. */
const mostPlanned = 1_000_000_000;

/** @throws Mistake where neither an incident of a flow nor a flow is meant */
export async function planFor(
  world: World,
  about: { incident?: string | undefined; flow?: string | undefined },
): Promise<RetryPlan> {
  const incident = about.incident === undefined ? null : await findIncident(world, about.incident);
  if (incident?.flow === null)
    throw new Mistake("There are no records to this: it happened at the tool.");
  const flow = await findFlow(world, incident?.flow ?? about.flow ?? "");
  const only = incident === null ? null : incident.id;
  const where = only === null ? { flow: flow.name } : { incident: only };
  const [open, undecided, around] = await Promise.all([
    world.letters.count({ ...where, states: ["open"] }, mostPlanned),
    inDoubt(world, flow, only),
    lookAround(world),
  ]);
  const records = Math.max(0, open - undecided);
  return {
    flow: flow.name,
    incident: only,
    records,
    undecided,
    titles: around.titles(flow),
    ...effort(world, around, waysOf(flow, incident), records),
  };
}

const waysOf = (flow: Flow, incident: Incident | null): { from: End; to: End } =>
  incident?.subject.kind === "cause" && incident.subject.way === "back"
    ? { from: flow.to, to: flow.from }
    : flow;

/** Whether it was written already only a person can see, record by record. */
async function inDoubt({ incidents }: World, flow: Flow, only: string | null): Promise<number> {
  return (await incidents.open(flow.name))
    .filter(({ id, subject }) => {
      const doubtful = subject.kind === "cause" && subject.problem.class === "ambiguous_write";
      return doubtful && (only === null || only === id);
    })
    .reduce((sum, { open }) => sum + open, 0);
}

function effort(
  { tools }: World,
  around: Surroundings,
  { from, to }: { from: End; to: End },
  records: number,
): Pick<RetryPlan, "calls" | "minutes" | "left" | "short"> {
  const calls = (atOnce: number): number => (atOnce === 0 ? 0 : Math.ceil(records / atOnce));
  const sides = [from, to].flatMap((end) => {
    const { connection, title } = around.at(end);
    if (connection === null) return [];
    const { reads, finds, writes, perMinute, leftToday } = tools.allotment(connection, end.object);
    const needed = end === from ? calls(reads) : calls(finds) + calls(writes);
    const minutes = perMinute === null ? null : needed / perMinute;
    return { title, needed, minutes, leftToday };
  });
  const minutes = sides.flatMap((side) => side.minutes ?? []);
  const short = sides.find(({ needed, leftToday }) => leftToday !== null && leftToday < needed);
  return {
    calls: sides.reduce((sum, { needed }) => sum + needed, 0),
    minutes: minutes.length === 0 ? null : Math.max(1, Math.ceil(Math.max(...minutes))),
    left: sides.flatMap(({ title: tool, leftToday }) =>
      leftToday === null ? [] : [{ tool, calls: leftToday }],
    ),
    short: short === undefined ? null : { tool: short.title, calls: short.leftToday ?? 0 },
  };
}
