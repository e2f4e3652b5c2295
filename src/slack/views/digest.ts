import type { DayFigures, FlowFigures } from "#domain/ports/settings.ts";
import type { ConnectionView, Digest, IncidentView } from "#operations/contract.ts";
import type { KnownBlock } from "@slack/types";
import { button, context, header, section } from "../blocks.ts";
import { message, type Message, type Picture } from "../message.ts";
import { count, duration, many, percent } from "../text/amount.ts";
import { joined, lines, mrkdwn } from "../text/markup.ts";
import { moment } from "../text/when.ts";
import { endingWords } from "./expiry.ts";
import { incidentLine } from "./incident-line.ts";

/** Beyond so many a person opens App Home. */
const shown = { incidents: 8, ending: 8, flows: 12 };

/** The daily digest: what needs a person first, then how it went. Flows that had nothing to do get one line. */
export function digestMessage(digest: Digest): Message {
  const { at, incidents, ending, flows, quiet } = digest;
  const busy = flows.filter(({ runs }) => runs > 0);
  const needs = incidents.slice(0, shown.incidents).map(needsYou);
  const rest = incidents.length - shown.incidents;
  const before: KnownBlock[] = [
    header(`Integrations · ${day(digest)}`),
    ...(incidents.length === 0 && ending.length === 0
      ? [section(mrkdwn`Nothing needs you.`)]
      : needs),
    ...(rest > 0 ? [context(mrkdwn`And ${rest} more: \`/dlq list\` shows them all.`)] : []),
    ...ending.slice(0, shown.ending).map((view) => renewal(view, at)),
  ];
  const after: KnownBlock[] = [
    section(overall(busy)),
    ...(busy.length > 0 ? [section(lines(...busy.slice(0, shown.flows).map(flowLine)))] : []),
    ...(quiet.length > 0 ? [context(mrkdwn`Quiet: ${quiet.join(", ").slice(0, 1500)}`)] : []),
  ];
  return message([...before, ...after], picture(digest.days, before.length));
}

function day({ at, settings }: Digest): string {
  const there = at.toZonedDateTimeISO(settings.digest.zone);
  return there.toLocaleString("en-GB", { weekday: "long", day: "numeric", month: "long" });
}

const needsYou = (view: IncidentView): KnownBlock =>
  incidentLine(view, moment(view.incident.openedAt), "inspect");

const renewal = (view: ConnectionView, now: Temporal.Instant): KnownBlock =>
  section(
    mrkdwn`● *Sign in again*: ${endingWords(view, now)}.`,
    button("Renew", "connection.invite", view.connection.name),
  );

function overall(flows: readonly FlowFigures[]) {
  if (flows.length === 0) return mrkdwn`No flow ran in the last 24 hours.`;
  const sum = (of: (figures: FlowFigures) => number) =>
    flows.reduce((all, one) => all + of(one), 0);
  const records = sum((flow) => flow.records);
  const failures = sum((flow) => flow.deadLettered);
  const parts = [
    mrkdwn`${many(flows.length, "flow")} ran ${many(
      sum((flow) => flow.runs),
      "time",
    )}`,
    mrkdwn`${percent(records - failures, records)} went through`,
    mrkdwn`${many(records, "record")}`,
    mrkdwn`${sum((flow) => flow.written)} written`,
    ...slowest(flows),
  ];
  return joined(parts, " · ");
}

function slowest(flows: readonly FlowFigures[]) {
  const slow = flows
    .filter(({ p95Ms }) => p95Ms !== null)
    .toSorted((a, b) => (b.p95Ms ?? 0) - (a.p95Ms ?? 0))[0];
  return slow?.p95Ms ? [mrkdwn`slowest ${duration(slow.p95Ms)} (${slow.flow})`] : [];
}

function flowLine({ flow, runs, failedRuns, records, deadLettered, medianMs, p95Ms }: FlowFigures) {
  const parts = [
    mrkdwn`*${flow}*  ${percent(records - deadLettered, records)} of ${many(records, "record")}`,
    ...(deadLettered > 0 ? [mrkdwn`${deadLettered} need a hand`] : []),
    mrkdwn`${many(runs, "run")}${failedRuns > 0 ? `, ${count(failedRuns)} failed` : ""}`,
    ...(medianMs === null ? [] : [mrkdwn`median ${duration(medianMs)}`]),
    ...(p95Ms === null ? [] : [mrkdwn`95 % within ${duration(p95Ms)}`]),
  ];
  return joined(parts, " · ");
}

/** The chart, and the same in words for whoever cannot see it. */
function picture(days: readonly DayFigures[], at: number): Picture | null {
  const totals = new Map<string, { records: number; failures: number }>();
  for (const { flow, records, failures } of days) {
    const sum = totals.get(flow) ?? { records: 0, failures: 0 };
    totals.set(flow, { records: sum.records + records, failures: sum.failures + failures });
  }
  const said = [...totals].filter(([, { records }]) => records > 0);
  if (said.length === 0) return null;
  const each = said.map(
    ([flow, { records, failures }]) =>
      `${flow} ${many(records, "record")}, ${many(failures, "failure")}`,
  );
  return {
    kind: "chart",
    days,
    at,
    alt: `Chart of the last 14 days. ${each.join("; ")}.`.slice(0, 1900),
  };
}
