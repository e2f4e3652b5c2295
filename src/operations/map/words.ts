import type { FlowMap, MapFlow, MapPlace } from "./contract.ts";

/** All that the picture shows, for whoever cannot see it. */
export function mapText({ places, flows, pattern }: FlowMap): string {
  const { center } = pattern;
  const middle = center === null ? "" : `, with ${center} in the middle`;
  return [
    `Map of ${places.length} connections and ${flows.length} flows${middle}.`,
    ...places.map(placeText),
    ...flows.map(flowText),
  ].join(" ");
}

const placeText = ({ name, title, trouble }: MapPlace): string =>
  `${name} is ${title}${trouble === null ? "" : `: ${trouble}`}.`;

export const flowText = ({ name, from, to, twoWay, event, on, trouble, open }: MapFlow): string => {
  const parts = [
    `${name} goes from ${from.connection}/${from.object} to ${to.connection}/${to.object}`,
    ...(twoWay ? ["both ways"] : []),
    ...(event ? [on === null ? "on events" : `on ${on}`] : []),
    ...(trouble === null ? [] : [trouble]),
    ...(open > 0 ? [`${open} records need a hand`] : []),
  ];
  return `${parts.join(", ")}.`;
};
