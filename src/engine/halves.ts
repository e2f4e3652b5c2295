import type { Flow } from "#domain/flow.ts";
import type { Ends } from "#domain/ports/tools.ts";
import type { Claimed } from "./claimed.ts";
import { inOurNames } from "./in-our-names.ts";
import { partnersOf, renamed } from "./names.ts";
import type { Ports } from "./ports.ts";

/** What the two halves of a run see differently. */
export type Direction = Pick<Claimed, "way" | "flow" | "ends" | "own">;

/** One way of a run: the same pass with the ends as it sees them, and the links seen from its source. */
export type Half = { ports: Ports; direction: Direction };

/** The halves of a run in their order: there, and in a two-way flow back. */
export function halvesOf(
  ports: Ports,
  flow: Flow,
  ends: Ends & { back: Ends | null },
): readonly Half[] {
  const { back } = ends;
  if (flow.twoWay === null || back === null)
    return [{ ports, direction: { way: "there", flow, ends, own: null } }];
  const source = inOurNames(back.target, partnersOf(flow));
  const turnedPorts = { ...ports, ledger: { ...ports.ledger.back, back: ports.ledger } };
  return [
    { ports, direction: { way: "there", flow, ends, own: source } },
    {
      ports: turnedPorts,
      direction: {
        way: "back",
        flow: mirrored(flow),
        ends: { ...back, target: source },
        own: ends.target,
      },
    },
  ];
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
