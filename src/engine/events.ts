import { eventOf, type Become, type EventData, type NewEvent } from "#domain/event.ts";
import type { Fields } from "#domain/fields.ts";
import { endText } from "#domain/flow.ts";
import { hubName } from "#domain/hub.ts";
import type { Link } from "#domain/link.ts";
import type { Claimed } from "./claimed.ts";
import { isNews, type Fate, type Item } from "./item.ts";

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
      return [became(claimed, item, "created", fate.link.id), ...won(claimed, item, fate.link)];
    case "updated":
      return [became(claimed, item, "changed", fate.link.id), ...won(claimed, item, fate.link)];
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
  return about(claimed, type, id, { ...placesOf(claimed, item, id), record: recordOf(item) });
}

/** Once: what was won when it was last written here is not won again. */
function won(claimed: Claimed, item: Item, { id }: Link): NewEvent[] {
  const isDeal = claimed.ends.entity.to === "deal";
  if (!isDeal || item.fields["status"] !== "won") return [];
  if (item.known.link?.base["status"] === "won") return [];
  const data = { ...placesOf(claimed, item, id), record: recordOf(item) };
  return [about(claimed, "deal.won", id, data)];
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
  source: flow.to.connection === hubName ? `/${endText(flow.to)}` : `/flows/${flow.name}`,
  subject,
  data,
});

/** Where it came from and where it is now. */
const placesOf = ({ flow }: Claimed, { key }: Item, id: string): EventData => ({
  flow: flow.name,
  from: { connection: flow.from.connection, object: flow.from.object, id: key },
  to: { connection: flow.to.connection, object: flow.to.object, id },
});

const recordOf = ({ content, fields }: Item): Fields => ({ ...content.wide, ...fields });
