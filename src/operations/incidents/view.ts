import type { Flow } from "#domain/flow.ts";
import type { FlowIncident, Incident } from "#domain/incident.ts";
import { wayText } from "#domain/match.ts";
import { bulkOf, type Run } from "#domain/run.ts";
import type { FlowIncidentView, HeldApproval, IncidentView, LetterLine } from "../contract.ts";
import { ownerFlow } from "../find.ts";
import { lastOver } from "../flows/status.ts";
import { letterLines } from "../letters/line.ts";
import { nextStart } from "../schedules.ts";
import { lookAround, type Surroundings } from "../surroundings.ts";
import type { World } from "../world.ts";
import { approvalView } from "../approvals/view.ts";
import { heldKindName } from "../held/held.ts";
import { likelyFix } from "./fix.ts";
import { outsideIncidentView } from "./outside-view.ts";

const samplesShown = 5;

/** An incident with all that its card says. */
export const incidentView = (world: World, incident: Incident): Promise<IncidentView> =>
  incident.flow === null ? outsideIncidentView(world, incident) : flowIncidentView(world, incident);

async function flowIncidentView(world: World, incident: FlowIncident): Promise<FlowIncidentView> {
  const [flow, around] = await Promise.all([ownerFlow(world, incident.flow), lookAround(world)]);
  const [last, retry, samples] = await Promise.all([
    lastOver(world, flow),
    bulkRetryOf(world, incident),
    samplesOf(world, incident),
  ]);
  const toolTitle = whoSaidIt(incident, flow, around);
  const first = samples.find(({ letter }) => letter.state.kind === "open");
  return {
    incident,
    flow,
    toolTitle,
    fix: likelyFix(incident, {
      tool: toolTitle,
      from: around.at(isBack(incident) ? flow.to : flow.from).title,
      flow: flow.name,
      match: matchText(flow, around),
    }),
    last,
    retry,
    next: flow.state.kind === "on" ? nextStart(flow.trigger, world.clock.now()) : null,
    firstLetter: first?.letter.id ?? null,
    samples,
    link: linkOf(world, flow, around, samples[0]),
    held: await heldBy(world, incident),
  };
}

/** One that went through or was cancelled needs no word: the records say how they are. */
async function bulkRetryOf(
  { runs }: World,
  { id, flow, openedAt }: FlowIncident,
): Promise<Run | null> {
  const concerns = (run: Run): boolean => {
    const bulk = bulkOf(run);
    return run.flow === flow && bulk !== null && (bulk.incident ?? id) === id;
  };
  const underWay = (await runs.unfinished()).find(concerns);
  if (underWay !== undefined) return underWay;
  const newest = (await runs.list({ flow, limit: 20 })).find(concerns);
  const since = newest && Temporal.Instant.compare(newest.queuedAt, openedAt) >= 0;
  return since && newest.state.kind === "failed" ? newest : null;
}

/** What people are asked, or were asked last, about a run that the guard holds. */
async function heldBy(world: World, { flow, subject }: FlowIncident): Promise<HeldApproval | null> {
  if (subject.kind !== "systemic" || subject.error !== "Held") return null;
  const approval = await world.approvals.latest(heldKindName, flow);
  if (approval === undefined) return null;
  const view = await approvalView(world, approval);
  const { about } = view;
  return about.kind === "held" ? { ...view, about } : null;
}

const isBack = ({ subject }: Incident): boolean =>
  subject.kind === "cause" && subject.way === "back";

/** "e-mail": the field by which a record is looked for first. */
function matchText(flow: Flow, around: Surroundings): string {
  const [field = "name"] = flow.match;
  return wayText(field, around.entity(flow) ?? { fields: {} });
}

async function samplesOf(
  world: World,
  { id, subject }: FlowIncident,
): Promise<readonly LetterLine[]> {
  if (subject.kind !== "cause") return [];
  return letterLines(world, await world.letters.list({ incident: id, limit: samplesShown }));
}

/** A systemic failure names its tool in its sentence; where it does not, it is the one written to. */
function whoSaidIt({ subject }: FlowIncident, flow: Flow, around: Surroundings): string {
  const { from, to } = around.titles(flow);
  if (subject.kind === "cause")
    return (subject.direction === "write") === (subject.way !== "back") ? to : from;
  const named = (text: string) => subject.message.includes(text);
  if (named(to) || named(flow.to.connection)) return to;
  return named(from) || named(flow.from.connection) ? from : to;
}

function linkOf(
  { tools }: World,
  flow: Flow,
  around: Surroundings,
  sample: LetterLine | undefined,
): IncidentView["link"] {
  const from = sample?.letter.way === "back" ? flow.to : flow.from;
  const { connection, title } = around.at(from);
  if (sample === undefined || connection === null) return null;
  const url = tools.link(connection, from.object, sample.letter.key);
  return url === null ? null : { url, title };
}
