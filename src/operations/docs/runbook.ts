import { comesTrueByTime } from "#domain/condition.ts";
import { endText, zoneOf, type Flow } from "#domain/flow.ts";
import { windowText } from "#domain/window.ts";
import { wayText } from "#domain/match.ts";
import { conditionLines } from "../conditions/text.ts";
import { publishedText } from "../flows/what-changed.ts";
import { pausedText } from "../flows/paused.ts";
import { percentText } from "../workspace/flow-words.ts";
import { whenText, whoText } from "../when.ts";
import type { Runbook, RunbookPart, RunbookSection } from "./contract.ts";
import type { FlowFacts } from "./facts.ts";
import { failureItems } from "./failures.ts";
import { fieldParts } from "./field-parts.ts";
import { monthParts } from "./month.ts";

/** The runbook of a flow, made from what is there and from nothing else. */
export const runbookOf = (facts: FlowFacts): Runbook => ({
  flow: facts.flow.name,
  title: facts.flow.name,
  sections: [
    section("What it does", ...whatItDoes(facts)),
    section("What triggers it", ...triggers(facts)),
    section("Which fields move, and how", ...fieldParts(facts)),
    section("What happens when something goes wrong", list(failureItems(facts))),
    section("How deletes are seen", ...deletes(facts)),
    section("Who owns it", ...owners(facts)),
    section("Its last thirty days", ...monthParts(facts)),
  ],
});

const section = (title: string, ...parts: RunbookPart[]): RunbookSection => ({ title, parts });
const text = (text: string): RunbookPart => ({ kind: "text", text });
const list = (items: readonly string[]): RunbookPart => ({ kind: "list", items });

function whatItDoes({ flow, from, to, entity }: FlowFacts): RunbookPart[] {
  const one = entity?.one ?? "record";
  const many = entity?.many ?? "records";
  const both = flow.twoWay === null ? "" : " and the other way round";
  return [
    ...(flow.about === "" ? [] : [text(flow.about)]),
    text(
      `It keeps ${from.title} ${flow.from.object} (${endText(flow.from)}) in ${to.title} ${flow.to.object} (${endText(flow.to)})${both}, as ${many}.`,
    ),
    ...(flow.convert === null ? [] : [text(`One kind becomes the other by the conversion ${flow.convert}.`)]), // prettier-ignore
    text(
      flow.match.length === 0
        ? `Each ${one} is told by its id at the source.`
        : `A ${one} that is not linked yet is looked for by ${waysText(flow.match, entity)}. One that is found is linked; where several are, a person chooses; where none is, it is created.`,
    ),
    ...wheres(flow, entity),
    ...(flow.pull.length === 0 ? [] : [text(`What it refers to and is not in ${to.title} yet is brought there first: ${flow.pull.map((name) => entity?.fields[name]?.label ?? name).join(", ")}.`)]), // prettier-ignore
  ];
}

const waysText = (ways: readonly string[], entity: FlowFacts["entity"]): string =>
  ways.map((way) => wayText(way, entity ?? { fields: {} })).join(", then ");

function wheres(flow: Flow, entity: FlowFacts["entity"]): RunbookPart[] {
  const { where } = flow;
  const lines = conditionLines(where, (name) => entity?.fields[name]?.label ?? name);
  if (lines.length === 0) return [];
  const daily = comesTrueByTime(where)
    ? [
        `Time alone brings records into it, so its first run of each day (${zoneOf(flow)}) reads everything.`,
      ]
    : [];
  return [text([`Only those take part of which this is true: ${lines.join("; ")}.`, ...daily].join(" "))]; // prettier-ignore
}

function triggers({ flow, status }: FlowFacts): RunbookPart[] {
  const hours = flow.window === null ? [] : [text(`It reads and writes from ${windowText(flow.window)}; outside these hours a run waits.`)]; // prettier-ignore
  const part = flow.share === null ? [] : [text(`It makes at most ${percentText(flow.share)} of the calls that a tool allows in a day, in any 24 hours; when it has, a run waits.`)]; // prettier-ignore
  const next = status.next === null ? [] : [text(`Next: ${whenText(status.next)}.`)];
  const state = flow.state.kind === "on" ? "It is on." : pausedText(flow);
  return [
    text(startText(flow)),
    ...hours,
    ...part,
    text(`By hand: /sync run ${flow.name}, or npx tieline run ${flow.name}; “full” reads everything again.`), // prettier-ignore
    text(state),
    ...next,
  ];
}

function startText({ trigger, from }: Flow): string {
  switch (trigger.kind) {
    case "manual":
      return "Nothing but a person starts it.";
    case "cron":
      return `It starts by its schedule, ${trigger.cron} (${trigger.zone}).`;
    case "event":
      return `It starts when ${endText(from)} tells that something is new.`;
    case "published":
      return `It starts ${publishedText(trigger)}, among what Tieline itself tells.`;
    default:
      return trigger satisfies never;
  }
}

function deletes({ flow, from, to }: FlowFacts): RunbookPart[] {
  const seen = from.object?.deletes ?? "How deletes are seen is not known any more.";
  const then =
    flow.deletes === "ignore"
      ? `What is deleted in ${from.title} stays in ${to.title} as it is.`
      : `What is deleted in ${from.title} is archived in ${to.title}.`;
  return [text(`${from.title}: ${seen}`), text(then)];
}

function owners({ flow, from, to, channel }: FlowFacts): RunbookPart[] {
  const owner = flow.owner === null ? "Nobody in particular." : `${whoText(flow.owner)}.`;
  const accounts = [
    [flow.from.connection, from.connection?.owner],
    [flow.to.connection, to.connection?.owner],
  ] as const;
  return [
    text(`${owner} Its cards go to ${channel}.`),
    list(
      accounts.flatMap(([name, who]) => (who == null ? [] : [`The connection ${name} is ${whoText(who)}’s.`])), // prettier-ignore
    ),
  ];
}
