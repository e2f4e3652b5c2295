import type { Graph } from "@viz-js/viz";
import type { FlowMap, MapFlow, MapPlace } from "./contract.ts";

const ink = "#3b3a39";
const quiet = "#8a8886";
const alarm = "#b3261e";
/** Metrics that Graphviz knows, and near those of the font that the picture is drawn with. */
const font = "Helvetica";

type Engine = "twopi" | "neato" | "dot";
type Edge = NonNullable<Graph["edges"]>[number];

/** What Graphviz is to draw: around what stands in the middle, else from left to right. */
export function graphOf(map: FlowMap): { graph: Graph; engine: Engine } {
  const { places, flows, pattern } = map;
  const nodes = places.map((place) => nodeOf(place, place.name === pattern.center));
  const engine = engineFor(map);
  const graphAttributes = { bgcolor: "white", pad: 0.3, ...layouts[engine] };
  const look = {
    directed: true,
    nodeAttributes: { fontname: font, fontcolor: ink },
    edgeAttributes: { fontname: font, fontcolor: ink, fontsize: 11, color: ink, arrowsize: 0.8 },
  };
  if (engine === "dot") {
    const turned = turnedIn(map);
    const edges = flows.map((flow) => edgeOf(flow, turned.has(flow)));
    return { engine, graph: { ...look, graphAttributes, nodes, edges } };
  }
  const pairs = pairsIn(flows);
  return {
    engine,
    graph: {
      ...look,
      graphAttributes: { ...graphAttributes, ...(pattern.center && { root: pattern.center }) },
      nodes: [...nodes, ...pairs.map(stopOf)],
      edges: pairs.flatMap(halvesOf),
    },
  };
}

/** Rings need spokes on all sides, and nothing beside them: else they make a tower that nobody can read. */
function engineFor({ flows, pattern: { center, kind } }: FlowMap): Engine {
  const through = pairsIn(flows).filter(({ one, other }) => [one, other].includes(center ?? ""));
  if (through.length < 3) return "dot";
  return kind === "hub_and_spoke" ? "twopi" : "neato";
}

const layouts = {
  twopi: { ranksep: 1.5, overlap: false, splines: true },
  neato: { overlap: "prism", sep: "+20", splines: true, start: 1 },
  dot: { rankdir: "LR", nodesep: 0.5, ranksep: 0.6 },
} as const;

const nodeOf = ({ name, title, trouble }: MapPlace, inTheMiddle: boolean) => ({
  name,
  attributes: {
    label: [title, ...(title.toLowerCase() === name ? [] : [name]), ...wordsOf(trouble)].join("\n"),
    shape: "box",
    style: "rounded,filled",
    margin: "0.2,0.12",
    fontsize: 14,
    fillcolor: inTheMiddle ? "#dbe8f2" : "#f5f3f0",
    color: trouble === null ? quiet : alarm,
    penwidth: inTheMiddle ? 2.5 : 1.2,
  },
});

/** Of two spokes that would stand on the same side of the middle, the second is laid from it. */
function turnedIn({ flows, pattern: { center } }: FlowMap): ReadonlySet<MapFlow> {
  const spokes = flows.filter(({ from, to }) => [from.connection, to.connection].includes(center ?? "")); // prettier-ignore
  const comesIn = ({ to }: MapFlow): boolean => to.connection === center;
  const outer = (flow: MapFlow) => (comesIn(flow) ? flow.from : flow.to).connection;
  const [, second, third] = Map.groupBy(spokes, outer).values();
  const sides = new Set(spokes.map(comesIn));
  return new Set(third === undefined && sides.size === 1 ? second : []);
}

const edgeOf = (flow: MapFlow, turned: boolean): Edge => ({
  tail: (turned ? flow.to : flow.from).connection,
  head: (turned ? flow.from : flow.to).connection,
  attributes: {
    label: labelOf(flow),
    dir: flow.twoWay ? "both" : turned ? "back" : "forward",
    ...(flow.trouble === null ? {} : broken),
  },
});

/** All flows between two connections, whichever way they go. */
type Pair = { one: string; other: string; flows: readonly MapFlow[] };

const pairsIn = (flows: readonly MapFlow[]): Pair[] =>
  [...Map.groupBy(flows, ({ from, to }) => [from.connection, to.connection].sort().join(" "))].map(
    ([ends, flows]) => {
      const [one = "", other = ""] = ends.split(" ");
      return { one, other, flows };
    },
  );

/** Around a middle, words beside a line would lie on others: there they are a stop on the way. */
const stopOf = (pair: Pair) => ({
  name: stopName(pair),
  attributes: {
    label: pair.flows.map(labelOf).join("\n"),
    shape: "plaintext",
    margin: "0.06,0.03",
    width: 0,
    height: 0,
    fontsize: 11,
    ...(hasTrouble(pair) ? { fontcolor: alarm } : {}),
  },
});

function halvesOf(pair: Pair): Edge[] {
  const { one, other, flows } = pair;
  const into = (end: string) => flows.some(({ to, twoWay }) => twoWay || to.connection === end);
  const line = hasTrouble(pair) ? broken : {};
  const name = stopName(pair);
  return [
    { tail: name, head: one, attributes: { dir: into(one) ? "forward" : "none", ...line } },
    { tail: name, head: other, attributes: { dir: into(other) ? "forward" : "none", ...line } },
  ];
}

/** No connection has a name with a space. */
const stopName = ({ one, other }: Pair): string => `${one} ${other}`;
const hasTrouble = ({ flows }: Pair): boolean => flows.some(({ trouble }) => trouble !== null);

/** A state is a word first; the line only helps to find it. */
const labelOf = ({ name, on, trouble, open }: MapFlow): string =>
  [
    name,
    ...(on === null ? [] : [`on ${on}`]),
    ...wordsOf(trouble),
    ...(open > 0 ? [`${open} need a hand`] : []),
  ].join("\n");

const broken = { style: "dashed", color: alarm, fontcolor: alarm };

const wordsOf = (trouble: string | null): string[] => (trouble === null ? [] : [trouble]);
