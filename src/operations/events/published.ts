import { eventOf, type EventType } from "#domain/event.ts";
import type { End, FlowPlan } from "#domain/flow.ts";
import type { ObjectFacts } from "#domain/ports/connector-facts.ts";

/** What a flow can come to tell by itself, whoever listens. */
export function publishedBy(
  { from, to, twoWay, deletes }: FlowPlan,
  objectAt: (end: End) => ObjectFacts | undefined,
): readonly EventType[] {
  const written = twoWay === null ? [to] : [to, from];
  return [
    ...new Set(written.flatMap((end) => writtenTo(objectAt(end), deletes))),
    "run.finished",
    "record.dead_lettered",
    "connection.broken",
  ];
}

function writtenTo(object: ObjectFacts | undefined, deletes: FlowPlan["deletes"]): EventType[] {
  if (object === undefined) return [];
  const { entity, fields } = object;
  const isWon = entity === "deal" && fields.includes("status");
  return [
    eventOf(entity, "created"),
    eventOf(entity, "changed"),
    ...(deletes === "ignore" ? [] : [eventOf(entity, "gone")]),
    ...(isWon ? (["deal.won"] as const) : []),
  ];
}
