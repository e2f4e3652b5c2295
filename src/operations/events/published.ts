import { eventOf, type EventType } from "#domain/event.ts";
import type { End, FlowPlan } from "#domain/flow.ts";
import { hubName } from "#domain/hub.ts";
import type { ObjectFacts } from "#domain/ports/connector-facts.ts";

/** What a flow can come to tell by itself, whoever listens. */
export function publishedBy(
  { from, to, twoWay, deletes }: FlowPlan,
  objectAt: (end: End) => ObjectFacts | undefined,
): readonly EventType[] {
  const written = twoWay === null ? [to] : [to, from];
  const dealsPass = [to, from].some((end) => hasDeals(objectAt(end)));
  return [
    ...new Set(written.flatMap((end) => writtenTo(objectAt(end), deletes))),
    // What comes out of the hub was told of as it came in.
    ...(dealsPass && from.connection !== hubName ? (["deal.won"] as const) : []),
    "run.finished",
    "record.dead_lettered",
    "connection.broken",
  ];
}

const hasDeals = (object: ObjectFacts | undefined): boolean =>
  object?.entity === "deal" && object.fields.includes("status");

function writtenTo(object: ObjectFacts | undefined, deletes: FlowPlan["deletes"]): EventType[] {
  if (object === undefined) return [];
  const { entity } = object;
  return [
    eventOf(entity, "created"),
    eventOf(entity, "changed"),
    ...(deletes === "ignore" ? [] : [eventOf(entity, "gone")]),
  ];
}
