import type { Flow } from "#domain/flow.ts";
import type { OpenFlow } from "#domain/ports/open-flow.ts";
import type { Ends } from "#domain/ports/tools.ts";
import type { Claimed } from "./claimed.ts";
import { inOurNames } from "./in-our-names.ts";
import { partnersOf, renamed } from "./names.ts";
import type { Ports } from "./ports.ts";
import { spokeLedger } from "./spoke-ledger.ts";

/** What the two halves of a run see differently. */
export type Direction = Pick<Claimed, "way" | "flow" | "ends" | "own" | "spoke">;

/** One way of a run: the same pass with the ends as it sees them, and the links seen from its source. */
export type Half = { ports: Ports; direction: Direction };

type Opened = Awaited<ReturnType<OpenFlow>>;

/** The halves of a run in their order: there, and in a two-way flow back. */
export function halvesOf(ports: Ports, flow: Flow, ends: Opened): readonly Half[] {
  const { back, spoke } = ends;
  if (spoke !== undefined) return [spokeHalf(ports, flow, ends, spoke)];
  if (flow.twoWay === null || back === null)
    return [{ ports, direction: { way: "there", flow, ends, own: null, spoke: null } }];
  const source = inOurNames(back.target, partnersOf(flow));
  const turnedPorts = { ...ports, ledger: { ...ports.ledger.back, back: ports.ledger } };
  return [
    { ports, direction: { way: "there", flow, ends, own: source, spoke: null } },
    {
      ports: turnedPorts,
      direction: {
        way: "back",
        flow: mirrored(flow),
        ends: { ...back, target: source },
        own: ends.target,
        spoke: null,
      },
    },
  ];
}

/**
 * What was changed on both sides goes to the hub, which knows whose it is; it never goes from there over
 * what nobody has read yet.
 */
function spokeHalf(
  ports: Ports,
  flow: Flow,
  ends: Ends,
  { own, ...spoke }: NonNullable<Opened["spoke"]>,
): Half {
  const { holds } = ends.target;
  const unwritable = { holds, searchable: [], find: () => Promise.resolve([]) };
  const truth = spoke.heading === "in" ? "source" : "target";
  return {
    ports: { ...ports, ledger: spokeLedger(ports.ledger, spoke.counters) },
    direction: {
      way: "there",
      flow: { ...flow, twoWay: { default: truth, fields: {} } },
      ends,
      own: own === null ? unwritable : inOurNames(own, partnersOf(flow)),
      spoke,
    },
  };
}

/** The same flow from its target to its source, all in the names of the target's fields. */
function mirrored(flow: Flow): Flow {
  const { atTarget } = partnersOf(flow);
  return {
    ...flow,
    from: flow.to,
    to: flow.from,
    where: renamed(flow.where, atTarget),
    map: {},
    set: {},
  };
}
