import type { Entity } from "#domain/entities/entity.ts";
import type { Flow } from "#domain/flow.ts";
import type { FlowFigures } from "#domain/ports/settings.ts";
import type { FieldMove, FlowStatus } from "../contract.ts";
import { moveOf } from "../flows/moves.ts";
import type { Place, Surroundings } from "../surroundings.ts";

/** All that a runbook is made from. */
export type FlowFacts = {
  flow: Flow;
  status: FlowStatus;
  from: Place;
  to: Place;
  /** What the records are at the target; null where its connector is gone. */
  entity: Entity | null;
  /** Empty where the two ends hold different kinds of record. */
  moves: readonly FieldMove[];
  /** Of the last thirty days; null where it did not run. */
  figures: FlowFigures | null;
  /** Where its cards go. */
  channel: string;
  now: Temporal.Instant;
};

export function factsOf(
  status: FlowStatus,
  around: Surroundings,
  about: Pick<FlowFacts, "figures" | "now"> & { usualChannel: string },
): FlowFacts {
  const { flow } = status;
  const [from, to] = [around.at(flow.from), around.at(flow.to)];
  const entity = around.entity(flow);
  const { object } = from;
  const moves =
    object === null || entity === null || flow.convert !== null
      ? []
      : (to.object?.fields ?? []).map((field) => moveOf(field, flow, object, entity));
  return {
    flow,
    status,
    from,
    to,
    entity,
    moves,
    figures: about.figures,
    channel: flow.channel ?? about.usualChannel,
    now: about.now,
  };
}
