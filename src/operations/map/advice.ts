import { hubName } from "#domain/hub.ts";
import type { Pattern } from "./pattern.ts";

/** Which pattern a team is in, in a sentence. */
export function patternText(pattern: Pattern): string {
  const { kind, center, flows, throughCenter, onEvents } = pattern;
  const middle = middleOf(center);
  switch (kind) {
    case "none":
      return "No flow joins anything yet.";
    case "point_to_point":
      return `Point-to-point: ${all(flows, "go", "goes")} straight from one tool to another.`;
    case "hub_and_spoke":
      return `Hub-and-spoke: ${all(flows, "go", "goes")} through ${middle}${onEvents > 0 ? `, ${onEvents} of them on events` : ""}.`;
    case "event_driven":
      return `Event-driven: ${all(flows, "start", "starts")} when a tool tells that something changed.`;
    case "mixed": {
      const parts = [
        ...(throughCenter > 0 ? [`${throughCenter} through ${middle}`] : []),
        ...(flows > throughCenter ? [`${flows - throughCenter} straight from tool to tool`] : []),
      ];
      const events = onEvents > 0 ? `; ${onEvents} of all start on events` : "";
      return `Mixed: of ${plural(flows, "flow")}, ${parts.join(" and ")}${events}.`;
    }
    default:
      return kind satisfies never;
  }
}

const middleOf = (center: string | null): string =>
  center === null || center === hubName ? "the hub" : `${center}, which is your hub`;

/** What the number of tools advises, with the team's own numbers. */
export function adviceText({ kind, center, tools, pairs, allPairs }: Pattern): string {
  if (kind === "none" || tools < 2) return "With one tool there is nothing to choose between yet.";
  const sums = `${tools} tools joined each with each are ${plural(allPairs, "pair")}, through a hub ${plural(tools, "spoke")}.`;
  if (kind === "hub_and_spoke")
    return allPairs > tools
      ? `${sums} Staying with the hub is right for this size: the next tool is one spoke more, not ${tools} pairs.`
      : `${sums} At this size direct flows would do as well; the hub pays off from the fourth tool on.`;
  const now = `${plural(pairs, "pair")} ${pairs === 1 ? "is" : "are"} joined directly now.`;
  if (center !== null)
    return `${sums} ${now} ${pairs === 1 ? "It" : "They"} could go through ${middleOf(center)} as well, with the spokes that are there.`;
  if (tools <= 3) return `${sums} ${now} At this size direct flows are the simplest.`;
  return pairs >= tools
    ? `${sums} ${now} A hub would be fewer: move to it flow by flow, with ${tools} spokes in the end.`
    : `${sums} ${now} That is fewer than the spokes, so direct flows are fine; from ${plural(tools, "pair")} on a hub is fewer.`;
}

const plural = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;

/** "all 4 flows go", "the one flow goes". */
const all = (count: number, many: string, one: string): string =>
  count === 1 ? `the one flow ${one}` : `all ${count} flows ${many}`;
