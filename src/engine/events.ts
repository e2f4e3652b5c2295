import { eventOf, type Become, type EventData, type NewEvent } from "#domain/event.ts";
import { endText } from "#domain/flow.ts";
import { hubName } from "#domain/hub.ts";
import type { Claimed } from "./claimed.ts";
import { isNews, type Fate, type Item } from "./item.ts";
import { wideOf } from "./open.ts";

type Entry = { item: Item; fate: Fate };

/** What is to be told of a page; nothing, at no cost, where nobody waits for anything. */
export async function eventsOf(
  claimed: Claimed,
  entries: readonly Entry[],
): Promise<readonly NewEvent[]> {
  const wanted = await claimed.wanted();
  if (wanted.size === 0) return [];
  return entries.flatMap((entry) => ofEntry(claimed, entry)).filter(({ type }) => wanted.has(type));
}

function ofEntry(claimed: Claimed, { item, fate }: Entry): NewEvent[] {
  switch (fate.kind) {
    case "created":
      return [became(claimed, item, "created", fate.link.id)];
    case "updated":
      return [became(claimed, item, "changed", fate.link.id)];
    case "deleted":
      return [became(claimed, item, "gone", item.known.link?.id ?? item.key)];
    case "dead":
      return isNews(item) ? [deadLettered(claimed, item, fate)] : [];
    case "held":
    case "unchanged":
    case "filtered":
    case "merged":
      return [];
    default:
      return fate satisfies never;
  }
}

function became(claimed: Claimed, item: Item, become: Become, id: string): NewEvent {
  const type = eventOf(claimed.ends.entity.to, become);
  return about(claimed, type, id, { ...placesOf(claimed, item, id), record: wideOf(item) });
}

function deadLettered(
  claimed: Claimed,
  item: Item,
  { direction, problem }: Extract<Fate, { kind: "dead" }>,
): NewEvent {
  const { flow } = claimed;
  const end = direction === "read" ? flow.from : flow.to;
  const { class: kind, code, field, message } = problem;
  return about(claimed, "record.dead_lettered", item.key, {
    flow: flow.name,
    connection: end.connection,
    object: end.object,
    key: item.key,
    class: kind,
    code,
    field,
    message,
  });
}

const about = (
  { flow }: Claimed,
  type: NewEvent["type"],
  subject: string,
  data: EventData,
): NewEvent => ({
  type,
  source: sourceOf(flow),
  subject,
  data,
});

/** Where what a flow tells of happened. */
export const sourceOf = ({ name, to }: Claimed["flow"]): string =>
  to.connection === hubName ? `/${endText(to)}` : `/flows/${name}`;

/** Where it came from and where it is now. */
export const placesOf = ({ flow }: Claimed, { key }: Item, id: string): EventData => ({
  flow: flow.name,
  from: { connection: flow.from.connection, object: flow.from.object, id: key },
  to: { connection: flow.to.connection, object: flow.to.object, id },
});
