import type { Where } from "#domain/condition.ts";
import { eventText } from "#domain/event.ts";
import type { Value } from "#domain/fields.ts";
import { endText, type FlowPlan, type Trigger } from "#domain/flow.ts";
import type { Truth } from "#domain/truth.ts";
import { valueText } from "#domain/value-text.ts";
import { windowText } from "#domain/window.ts";
import { conditionLines } from "../conditions/text.ts";
import { percentText } from "../workspace/flow-words.ts";
import { listed } from "../nearest.ts";

/** What is new in a version, in a sentence without its full stop. */
export function whatChanged(before: FlowPlan | null, now: FlowPlan): string {
  if (before === null) return `Made: ${endText(now.from)} to ${endText(now.to)}`;
  const parts = aspects.flatMap(({ name, text }) => {
    const [was, is] = [text(before), text(now)];
    return was === is ? [] : [`${name} ${was} → ${is}`];
  });
  const sentence = parts.join("; ");
  return sentence === "" ? "Nothing" : sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

type Aspect = { name: string; text(plan: FlowPlan): string };

const aspects: readonly Aspect[] = [
  { name: "from", text: ({ from }) => endText(from) },
  { name: "to", text: ({ to }) => endText(to) },
  { name: "made by", text: ({ convert }) => convert ?? "nothing: it stays what it is" },
  { name: "matched by", text: ({ match }) => words(match) },
  { name: "only where", text: ({ where }) => wheres(where) },
  { name: "filled from", text: ({ map }) => pairs(map, "from") },
  { name: "always", text: ({ set }) => pairs(set, "is") },
  { name: "left out", text: ({ leaveOut }) => words(leaveOut) },
  { name: "brought along", text: ({ pull }) => words(pull) },
  { name: "both ways", text: ({ twoWay }) => (twoWay === null ? "no" : truthText(twoWay)) },
  { name: "what is gone:", text: ({ deletes }) => deletes },
  {
    name: "guard",
    text: ({ guard }) =>
      guard === null ? "none" : `${percentText(guard.changes)}, ${guard.deletes}`,
  },
  { name: "starts", text: ({ trigger }) => triggerText(trigger) },
  { name: "hours", text: ({ window }) => (window === null ? "all day" : windowText(window)) },
  {
    name: "share of a day's calls",
    text: ({ share }) => (share === null ? "all there are" : percentText(share)),
  },
  { name: "channel", text: ({ channel }) => channel ?? "the workspace's own" },
  { name: "owner", text: ({ owner }) => owner ?? "nobody" },
  { name: "about", text: ({ about }) => (about === "" ? "nothing" : `“${about}”`) },
];

const words = (all: readonly string[]): string => (all.length === 0 ? "nothing" : listed(all, 12));

const wheres = (where: Where): string => words(conditionLines(where, (name) => name).toSorted());

function pairs(values: Readonly<Record<string, Value>>, between: string): string {
  if (Object.keys(values).length === 0) return "nothing";
  const sorted = Object.entries(values).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return listed(
    sorted.map(([name, value]) => `${name} ${between} ${valueText(value) || "(empty)"}`),
    12,
  );
}

const truthText = (truth: Truth): string =>
  [truth.default, ...Object.entries(truth.fields).map(([field, rule]) => `${field} ${rule}`)].join(", "); // prettier-ignore

export function triggerText(trigger: Trigger): string {
  switch (trigger.kind) {
    case "manual":
      return "by hand";
    case "event":
      return "on events";
    case "published":
      return publishedText(trigger);
    case "cron":
      return `at ${trigger.cron}, ${trigger.zone}`;
    default:
      return trigger satisfies never;
  }
}

/** "when a deal is won, where currency is EUR" */
export function publishedText({ event, where }: Extract<Trigger, { kind: "published" }>): string {
  const condition = Object.keys(where).length === 0 ? "" : `, where ${wheres(where)}`;
  return `when ${eventText(event)} (${event})${condition}`;
}
