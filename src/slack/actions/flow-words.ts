import { entityOf } from "#domain/entities/index.ts";
import { eventFields } from "#domain/event.ts";
import type { FlowPlan } from "#domain/flow.ts";
import type { ObjectFacts } from "#domain/ports/connector-facts.ts";
import type { FlowProblem, FlowWords } from "#operations/contract.ts";
import { conditionsIn } from "#operations/conditions/line.ts";
import { flowWords } from "#operations/workspace/flow-words.ts";
import { startedBy } from "../views/flow-form/starts.ts";
import type { Values } from "./action.ts";

type Read = { ok: true; words: FlowWords } | { ok: false; errors: Record<string, string> };

/**
 * What the second page says, in the words of the workspace file. What it does not ask for stays as the
 * flow has it.
 */
export function wordsFrom(
  values: Values,
  ends: { from: string; to: string; convert: string; source: ObjectFacts },
  flow: FlowPlan | null,
): Read {
  const where = conditionsIn(values["where"] ?? "", entityOf(ends.source.entity).fields);
  const such = suchIn(values);
  const hours = hoursIn(values["hours"] ?? "");
  if (typeof where === "string") return { ok: false, errors: { where } };
  if (typeof such === "string") return { ok: false, errors: { such } };
  if (typeof hours === "string") return { ok: false, errors: { hours } };
  if (lacksTimes(values))
    return { ok: false, errors: { own: "Please say when, or choose one of the times above." } };
  const zone = (values["zone"] ?? "UTC").trim();
  return {
    ok: true,
    words: {
      ...notAsked(flow),
      ...endsIn(ends),
      where,
      trigger: such ?? triggerIn(values, zone),
      ...matchIn(values),
      ...pullIn(values, flow),
      ...directionIn(values, flow),
      ...(hours !== null && { window: { ...hours, zone } }),
      ...channelIn(values, flow?.channel ?? null),
      ...given(values, ["deletes", "share", "owner", "about"]),
    },
  };
}

const lacksTimes = (values: Values): boolean => values["start"] === "own" && !filled(values, "own");

const endsIn = ({ from, to, convert }: { from: string; to: string; convert: string }) => ({
  from,
  to,
  ...(convert !== "" && { convert }),
});

/** What a flow does that the page does not ask about. */
function notAsked(flow: FlowPlan | null): Record<string, unknown> {
  const words = Object.entries(flow === null ? {} : flowWords(flow));
  const asked = ["match", "where", "window", "share", "pull", "channel", "owner", "about"];
  return Object.fromEntries(words.filter(([name]) => !asked.includes(name)));
}

/** Fields with a rule of their own keep it. */
function directionIn({ direction, truth = "" }: Values, flow: FlowPlan | null): object {
  if (direction === undefined) return {};
  if (direction !== "both") return { two_way: false, truth: "source" };
  const rule = truth === "" ? "ask" : truth;
  const own = flow?.twoWay?.fields ?? {};
  return { two_way: true, truth: Object.keys(own).length === 0 ? rule : { ...own, default: rule } };
}

/** Where nothing is chosen, what is made is new; where nothing was asked, nothing is said. */
const matchIn = ({ match }: Values): { match?: readonly string[] } =>
  match === undefined ? {} : { match: match === "" ? [] : match.split(",") };

/** Where it was not asked, it stays. */
function pullIn({ pull }: Values, flow: FlowPlan | null): { pull?: readonly string[] } {
  const names = pull === undefined ? (flow?.pull ?? []) : pull === "none" ? [] : pull.split(",");
  return names.length === 0 ? {} : { pull: names };
}

const given = (values: Values, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    names.filter((name) => filled(values, name)).map((name) => [name, (values[name] ?? "").trim()]),
  );

const filled = (values: Values, name: string): boolean => (values[name] ?? "").trim() !== "";

/** A channel that was given by its name stays where none is chosen. */
function channelIn(values: Values, had: string | null): { channel?: string } {
  if (filled(values, "channel")) return { channel: values["channel"] ?? "" };
  return had?.startsWith("#") === true ? { channel: had } : {};
}

function triggerIn(values: Values, zone: string): unknown {
  const start = values["start"] ?? "manual";
  if (start === "manual" || start === "event") return start;
  return { cron: start === "own" ? (values["own"] ?? "").trim() : start, zone };
}

/** The event it starts on, and on which of them; null where it starts otherwise, a text says what is wrong. */
function suchIn(values: Values): object | null | string {
  const event = startedBy(values["start"] ?? "");
  if (event === null) return null;
  const where = conditionsIn(values["such"] ?? "", eventFields(event));
  return typeof where === "string" ? where : { event, where };
}

/** "22:00-06:00", "22 to 6"; null where nothing is said, a text where it is no such thing. */
function hoursIn(text: string): { from: string; to: string } | null | string {
  if (text.trim() === "") return null;
  const found = /^(\d{1,2})(?:[:.h](\d{2}))?\s*(?:-|–|to)\s*(\d{1,2})(?:[:.h](\d{2}))?$/i.exec(
    text.trim(),
  );
  const time = (hour = "", minute = "00"): string | null =>
    Number(hour) < 24 && Number(minute) < 60 ? `${hour.padStart(2, "0")}:${minute}` : null;
  const from = found && time(found[1], found[2]);
  const to = found && time(found[3], found[4]);
  return from && to ? { from, to } : "Please write it as 22:00-06:00.";
}

const blocks: Readonly<Record<string, string>> = {
  match: "match",
  two_way: "direction",
  truth: "truth",
  where: "where",
  trigger: "own",
  window: "hours",
  share: "share",
  pull: "pull",
  deletes: "deletes",
  channel: "channel",
  owner: "owner",
  about: "about",
};

const blockOf = (field: string, shown: Values): string | undefined =>
  field === "trigger" && startedBy(shown["start"] ?? "") !== null ? "such" : blocks[field];

/** What the checks say, each at its input where it has one. */
export function atInputs(
  problems: readonly FlowProblem[],
  shown: Values,
): { errors: Record<string, string>; rest: readonly string[] } {
  const errors: Record<string, string> = {};
  const rest: string[] = [];
  for (const { field, message } of problems) {
    const block = field === null ? undefined : blockOf(field, shown);
    if (block === undefined || !(block in shown)) rest.push(message);
    else errors[block] ??= message;
  }
  return { errors, rest };
}
