import { hubName } from "#domain/hub.ts";

type Joined = { from: { connection: string }; to: { connection: string }; event: boolean };

/** How a team's tools are joined, in numbers that they can check. */
export type Pattern = {
  kind: "none" | "point_to_point" | "hub_and_spoke" | "event_driven" | "mixed";
  /** What stands in the middle: the hub, or a connection that does its work; null where nothing does. */
  center: string | null;
  /** Tools that take part in a flow, without what stands in the middle. */
  tools: number;
  /** Of these, two and two that are joined directly. */
  pairs: number;
  /** As many as there could be: n(n-1)/2. */
  allPairs: number;
  flows: number;
  throughCenter: number;
  onEvents: number;
};

/** From three partners on, a connection that every flow touches is the hub of a team. */
const partnersOfAHub = 3;

export function patternOf(flows: readonly Joined[]): Pattern {
  const center = centerOf(flows);
  const through = flows.filter((flow) => center !== null && touches(flow, center));
  const direct = flows.filter((flow) => !through.includes(flow));
  const tools = new Set(flows.flatMap(endsOf).filter((name) => name !== center)).size;
  const pairs = new Set(direct.map((flow) => endsOf(flow).toSorted().join(" "))).size;
  const onEvents = flows.filter(({ event }) => event).length;
  const counts = { flows: flows.length, throughCenter: through.length, onEvents };
  return {
    kind: kindOf(counts, direct),
    center,
    tools,
    pairs,
    allPairs: (tools * (tools - 1)) / 2,
    ...counts,
  };
}

type Counts = Pick<Pattern, "flows" | "throughCenter" | "onEvents">;

function kindOf(
  { flows, throughCenter, onEvents }: Counts,
  direct: readonly Joined[],
): Pattern["kind"] {
  if (flows === 0) return "none";
  if (throughCenter === flows) return "hub_and_spoke";
  if (throughCenter > 0) return "mixed";
  if (onEvents === flows) return "event_driven";
  return direct.some(({ event }) => event) ? "mixed" : "point_to_point";
}

function centerOf(flows: readonly Joined[]): string | null {
  if (flows.some((flow) => touches(flow, hubName))) return hubName;
  const [first] = flows;
  const candidates = first === undefined ? [] : endsOf(first);
  const found = candidates.find((name) => {
    const partners = new Set(flows.flatMap(endsOf).filter((other) => other !== name));
    return partners.size >= partnersOfAHub && flows.every((flow) => touches(flow, name));
  });
  return found ?? null;
}

const endsOf = ({ from, to }: Joined): string[] => [from.connection, to.connection];
const touches = (flow: Joined, name: string): boolean => endsOf(flow).includes(name);
