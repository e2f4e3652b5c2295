import { endText, type Flow, type FlowPlan } from "#domain/flow.ts";
import { flowName } from "#domain/ids.ts";
import { nearest } from "../nearest.ts";
import { shapeFaults, type Fault } from "./faults.ts";
import { readEnds, type Between } from "./ends.ts";
import type { Known } from "./known.ts";
import { fieldFaults, matchOf, spelled } from "./flow-fields.ts";
import { allowedAt, FlowEntry, nameFault } from "./shape.ts";
import { twoWayFaults, twoWayOf } from "./two-way.ts";
import { triggerFaults, triggerOf } from "./trigger.ts";

/** The flows of a file, and all that is wrong with them; one with faults may be read all the same. */
export function readFlows(
  section: Readonly<Record<string, unknown>>,
  known: Known,
): { read: readonly FlowPlan[]; faults: readonly Fault[] } {
  const read: FlowPlan[] = [];
  const faults: Fault[] = [];
  for (const [name, entry] of Object.entries(section)) {
    const result = readFlow(name, entry, known);
    faults.push(...result.faults);
    if (result.plan === null) continue;
    faults.push(...duplicateFaults(result.plan, read, known.existing, section));
    read.push(result.plan);
  }
  return { read, faults };
}

function readFlow(
  name: string,
  entry: unknown,
  known: Known,
): { plan: FlowPlan | null; faults: Fault[] } {
  const path = ["flows", name];
  const misnamed = nameFault(name);
  const faults: Fault[] = misnamed === null ? [] : [{ path, message: misnamed, atKey: true }];
  const shape = FlowEntry.safeParse(entry);
  if (!shape.success) {
    faults.push(...shapeFaults(shape.error, path, (at) => allowedAt(FlowEntry, at)));
    return { plan: null, faults };
  }
  const ends = readEnds(shape.data, known);
  const about = [
    ...triggerFaults(shape.data.trigger, ends.between?.from),
    ...deletesFaults(shape.data, ends.between?.to),
    ...ends.faults,
  ];
  if (ends.between !== null)
    about.push(...fieldFaults(shape.data, ends.between), ...twoWayFaults(shape.data, ends.between));
  faults.push(...about.map((fault) => ({ ...fault, path: [...path, ...fault.path] })));
  if (ends.between === null) return { plan: null, faults };
  return { plan: planOf(name, shape.data, ends.between), faults };
}

function deletesFaults(entry: FlowEntry, to: Between["to"] | undefined): Fault[] {
  const message = deletesProblem(entry, to);
  return message === null ? [] : [{ path: ["deletes"], message }];
}

function deletesProblem({ deletes }: FlowEntry, to: Between["to"] | undefined): string | null {
  if (deletes === "delete")
    return "no tool lets us delete for good; use archive, or ignore to leave records where they are";
  return deletes === "archive" && to?.object.archives === false
    ? `${to.title} ${to.object.name} cannot be archived; use ignore to leave records where they are`
    : null;
}

function planOf(name: string, entry: FlowEntry, between: Between): FlowPlan {
  const guard = entry.guard ?? null;
  return {
    name: flowName(name),
    from: between.from.end,
    to: between.to.end,
    match: matchOf(entry, between),
    where: spelled(entry.where, between),
    map: entry.map ?? {},
    set: spelled(entry.set, between),
    twoWay: twoWayOf(entry),
    deletes: entry.deletes === "archive" ? "archive" : "ignore",
    guard: guard && { changes: guard.changes ?? 0.25, deletes: guard.deletes ?? 5 },
    trigger: triggerOf(entry.trigger),
    channel: entry.channel ?? null,
    owner: entry.owner ?? null,
    about: entry.about ?? "",
  };
}

/** Two flows with the same ends would write the same records twice. */
function duplicateFaults(
  plan: FlowPlan,
  read: readonly FlowPlan[],
  existing: readonly Flow[],
  section: Readonly<Record<string, unknown>>,
): Fault[] {
  const kept = existing.filter(({ name }) => name !== plan.name && !Object.hasOwn(section, name));
  const twin = [...read, ...kept].find(
    ({ from, to }) => endText(from) === endText(plan.from) && endText(to) === endText(plan.to),
  );
  if (twin === undefined) return [];
  const similar = nearest(plan.name, [twin.name]) === null ? "" : " (a new name makes a new flow)";
  const message = `${twin.name} already brings ${endText(plan.from)} to ${endText(plan.to)}${similar}`;
  return [{ path: ["flows", plan.name], message, atKey: true }];
}
