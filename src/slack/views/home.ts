import type { Role } from "#domain/actor.ts";
import type { ConnectionView, FlowStatus, IncidentView } from "#operations/contract.ts";
import type { KnownBlock } from "@slack/types";
import { actions, button, context, divider, header, section } from "../blocks.ts";
import { many } from "../text/amount.ts";
import { joined, mrkdwn, person } from "../text/markup.ts";
import { when } from "../text/when.ts";
import { flowLine } from "./flow-status.ts";
import { incidentLine } from "./incident-line.ts";

export type HomeData = {
  me: { role: Role; first: boolean };
  flows: readonly FlowStatus[];
  incidents: readonly IncidentView[];
  connections: readonly ConnectionView[];
};

/** Slack takes 100 blocks here; each part keeps to its share. */
const shown = { incidents: 10, flows: 30 };

/** How everything is, what needs a person first, and what to do first for somebody new. */
export function homeView(data: HomeData, now: Temporal.Instant): KnownBlock[] {
  const { flows, connections } = data;
  const first = flows.length === 0 ? ({ style: "primary" } as const) : {};
  return [
    section(mrkdwn`*${overall(data)}*`),
    ...(flows.length === 0 || connections.length === 0 ? firstSteps(data) : []),
    ...needsYou(data, now),
    ...(flows.length > 0 ? flowBlocks(flows, now) : []),
    ...connectionBlocks(connections),
    divider,
    actions(
      connections.length > 1 ? button("Make a flow", "flow-make.new", "new", first) : undefined,
      flows.length > 0 ? button("Run a flow", "command.run", "/sync run") : undefined,
      flows.length > 0 ? button("Map", "command.run", "/sync map") : undefined,
      button("What it can do", "command.overview", "all"),
      button("Health", "command.run", "/tieline health"),
    ),
    context(
      mrkdwn`You are ${data.me.role} here.${data.me.first ? mrkdwn` You are the first, so you may give roles: \`/tieline roles\`.` : ""}`,
    ),
  ];
}

function overall({ flows, incidents }: HomeData): string {
  if (flows.length === 0) return "Nothing runs yet.";
  const running = flows.filter(({ current }) => current !== null).length;
  const busy = running > 0 ? ` ${many(running, "flow")} running now.` : "";
  if (incidents.length === 0)
    return `✓ All is in step: ${many(flows.length, "flow")}, nothing open.${busy}`;
  return `● ${many(incidents.length, "thing")} ${incidents.length === 1 ? "needs" : "need"} a hand.${busy}`;
}

function firstSteps({ connections, me }: HomeData): KnownBlock[] {
  const admin = me.role === "admin";
  if (connections.length === 0)
    return [
      header("What to do first"),
      section(
        mrkdwn`1. Connect a tool.\n2. Connect another one.\n3. Make a flow between them: what goes from where to where.`,
      ),
      admin
        ? actions(button("Connect a tool", "connection.add", "new", { style: "primary" }))
        : context(mrkdwn`Connecting tools takes an admin.`),
    ];
  return [
    header("What to do next"),
    section(
      connections.length === 1
        ? mrkdwn`One tool is connected. A flow needs a second.`
        : mrkdwn`Your tools are connected. Make a flow: it says what goes from where to where.`,
    ),
    ...(admin && connections.length === 1
      ? [actions(button("Connect a tool", "connection.add", "new", { style: "primary" }))]
      : []),
  ];
}

function needsYou({ incidents }: HomeData, now: Temporal.Instant): KnownBlock[] {
  if (incidents.length === 0) return [];
  const rest = incidents.length - shown.incidents;
  return [
    header("Needs you"),
    ...incidents
      .slice(0, shown.incidents)
      .map((view) => incidentLine(view, when(view.incident.openedAt, now), "inspect")),
    ...(rest > 0 ? [context(mrkdwn`And ${rest} more: \`/dlq list\` shows them all.`)] : []),
  ];
}

function flowBlocks(flows: readonly FlowStatus[], now: Temporal.Instant): KnownBlock[] {
  const rest = flows.length - shown.flows;
  return [
    header("Flows"),
    ...flows
      .slice(0, shown.flows)
      .map((status) =>
        section(flowLine(status, now), button("Status", "flow.status", status.flow.name)),
      ),
    ...(rest > 0 ? [context(mrkdwn`And ${rest} more: \`/sync list\` shows them all.`)] : []),
  ];
}

function connectionBlocks(connections: readonly ConnectionView[]): KnownBlock[] {
  if (connections.length === 0) return [];
  const each = connections
    .slice(0, 40)
    .map(({ connection, title, signedIn }) =>
      signedIn
        ? mrkdwn`✓ *${connection.name}*  ${title}`
        : mrkdwn`● *${connection.name}*  ${title}, not signed in${connection.owner === null ? mrkdwn`` : mrkdwn` (${person(connection.owner)})`}`,
    );
  return [header("Connections"), section(joined(each, "\n"))];
}
