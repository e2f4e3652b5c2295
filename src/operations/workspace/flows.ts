import { usualGuard, type FlowPlan } from "#domain/flow.ts";
import { flowName } from "#domain/ids.ts";
import { spelledWhere } from "../conditions/judge.ts";
import type { Finding } from "../flows/checks/check.ts";
import { spelled } from "../flows/checks/fields.ts";
import { checked } from "../flows/checks/index.ts";
import { matchOf } from "../flows/checks/match.ts";
import { shapeFaults, type Fault } from "./faults.ts";
import { readEnds, type Between } from "./ends.ts";
import type { Known } from "./known.ts";
import { allowedAt, FlowEntry, nameFault } from "./shape.ts";
import { twoWayFaults, twoWayOf } from "./two-way.ts";
import { triggerFaults, triggerOf, windowFaults, windowOf } from "./trigger.ts";

/** Something to think about that keeps nobody from going on. */
export type Warning = { flow: string; message: string };

/** The flows of a file, and all that is wrong with them; one with faults may be read all the same. */
export function readFlows(
  section: Readonly<Record<string, unknown>>,
  known: Known,
): { read: readonly FlowPlan[]; faults: readonly Fault[]; warnings: readonly Warning[] } {
  const read: FlowPlan[] = [];
  const faults: Fault[] = [];
  const warnings: Warning[] = [];
  const kept = known.existing.filter(({ name }) => !Object.hasOwn(section, name));
  for (const [name, entry] of Object.entries(section)) {
    const result = readFlow(name, entry, known);
    faults.push(...result.faults);
    if (result.between === null) continue;
    const { plan, between } = result;
    for (const { level, path, ...fault } of judge(plan, between, [...read, ...kept], known)) {
      if (level === "error") faults.push({ ...fault, path: ["flows", name, ...path] });
      else warnings.push({ flow: name, message: fault.message });
    }
    read.push(plan);
  }
  return { read, faults, warnings };
}

/** All that the checks find in a flow. */
export function judge(
  plan: FlowPlan,
  between: Between,
  others: readonly FlowPlan[],
  { connections, tools, loads, linked, existing }: Known,
): readonly Finding[] {
  return checked({
    plan,
    between,
    others: others.filter(({ name }) => name !== plan.name),
    load: loads.get(plan.name) ?? null,
    linked: (linked.has(plan.name) && existing.find(({ name }) => name === plan.name)) || null,
    objectAt({ connection, object }) {
      const found = connections.get(connection);
      const facts = found && tools.facts(found.connector);
      return facts?.objects.find(({ name }) => name === object);
    },
  });
}

type ReadFlow = { faults: readonly Fault[] } & (
  { between: Between; plan: FlowPlan } | { between: null }
);

/** What can be told without looking at other flows, but for what the checks find. */
export function readFlow(name: string, entry: unknown, known: Known): ReadFlow {
  const path = ["flows", name];
  const misnamed = nameFault(name);
  const faults: Fault[] = misnamed === null ? [] : [{ path, message: misnamed, atKey: true }];
  const shape = FlowEntry.safeParse(entry);
  if (!shape.success) {
    faults.push(...shapeFaults(shape.error, path, (at) => allowedAt(FlowEntry, at)));
    return { between: null, faults };
  }
  const { between, faults: atEnds } = readEnds(shape.data, known);
  const about = [
    ...triggerFaults(shape.data.trigger, between?.from),
    ...windowFaults(shape.data.window),
    ...deletesFaults(shape.data),
    ...(between === null ? [] : twoWayFaults(shape.data, between)),
    ...atEnds,
  ];
  faults.push(...about.map((fault) => ({ ...fault, path: [...path, ...fault.path] })));
  return between === null
    ? { between, faults }
    : { between, faults, plan: planOf(name, shape.data, between) };
}

const deletesFaults = ({ deletes }: FlowEntry): Fault[] =>
  deletes === "delete"
    ? [
        {
          path: ["deletes"],
          message:
            "no tool lets us delete for good; use archive, or ignore to leave records where they are",
        },
      ]
    : [];

function planOf(name: string, entry: FlowEntry, between: Between): FlowPlan {
  return {
    name: flowName(name),
    from: between.from.end,
    to: between.to.end,
    convert: entry.convert ?? null,
    match: matchOf(entry, between),
    where: spelledWhere(entry.where ?? {}, between.origin.entity),
    map: entry.map ?? {},
    set: spelled(entry.set, between.entity),
    twoWay: twoWayOf(entry),
    pull: entry.pull ?? [],
    leaveOut: entry.leave_out ?? [],
    deletes: entry.deletes === "archive" ? "archive" : "ignore",
    guard: guardOf(entry),
    trigger: triggerOf(entry.trigger),
    window: windowOf(entry.window),
    share: entry.share ?? null,
    channel: entry.channel ?? null,
    owner: entry.owner ?? null,
    about: entry.about ?? "",
  };
}

function guardOf({ guard }: FlowEntry): FlowPlan["guard"] {
  if (guard === "off") return null;
  return {
    changes: guard?.changes ?? usualGuard.changes,
    deletes: guard?.deletes ?? usualGuard.deletes,
  };
}
