import type { Parcel } from "#domain/delivery.ts";
import type { Event } from "#domain/event.ts";
import type { Fields } from "#domain/fields.ts";
import type { Json } from "#domain/json.ts";
import type { Write, WriteRequest } from "#domain/record.ts";
import type { Connector, ConnectorObject } from "../connector.ts";
import type { Variables } from "../manifest/template.ts";
import type { Prepared } from "../request/prepare.ts";
import { changeNames, changes } from "../write/change-names.ts";
import { encode } from "../write/send.ts";

/** What is delivered as a request; a text says why it cannot be worded. */
export function worded(
  connector: Connector,
  shared: Variables,
  parcel: Parcel,
  isAsked: boolean,
): Prepared | string {
  const { tells, manifest } = connector;
  if (parcel.kind === "written") return ofWrite(connector, shared, parcel);
  const { event } = parcel;
  if (isAsked) return asAsked(connector, shared, event);
  return tells?.({ ...shared, ...wordsOf(event) }) ?? `${manifest.title} takes no events of ours`;
}

/** What a flow wrote, as it was written. */
function ofWrite(
  { objects, manifest }: Connector,
  shared: Variables,
  { object, request }: { object: string; request: WriteRequest },
): Prepared | string {
  const [write] = request.writes;
  const found = objects.get(object);
  if (write === undefined || found === undefined)
    return `${manifest.title} has no object ${object} any more`;
  const worded = requestOf(found, shared, { id: request.id, write, change: changeNames[write.kind] }); // prettier-ignore
  return worded ?? `${object} takes no such record any more`;
}

/**
 * As whoever asked for events of this name gets those that flows write: a Zap is built on what one looks
 * like. What no object has a name for has words of its own.
 */
function asAsked(
  { objects, webhooks, manifest }: Connector,
  shared: Variables,
  event: Event,
): Prepared | string {
  for (const object of objects.values())
    for (const [change, kind] of changes)
      if (namesIt(object, event.type, change)) {
        const write = writeOf(event, kind);
        const request = requestOf(object, shared, { id: event.id, write, change });
        if (request !== null) return request;
      }
  const words = { ...shared, ...wordsOf({ ...event, data: withoutNulls(event.data) }) };
  return webhooks?.asked?.(words) ?? `${manifest.title} has no words for ${event.type}`;
}

const namesIt = ({ write }: ConnectorObject, type: string, change: string): boolean =>
  write?.calls.some((call) => call.event?.({ change }) === type) ?? false;

function writeOf({ subject: key, data }: Event, kind: Write["kind"]): Write {
  const fields = (data["record"] ?? {}) as Fields;
  const about = { key, id: key, version: null, hash: "" };
  return kind === "archive" ? { kind, ...about } : { kind, ...about, fields };
}

function requestOf(
  { plan, write: writing }: ConnectorObject,
  shared: Variables,
  { id: request, write, change }: { id: string; write: Write; change: string },
): Prepared | null {
  const call = writing?.calls.find(({ takes }) => takes.has(write.kind));
  const encoded = encode(plan, write, shared);
  if (call === undefined || !encoded.ok) return null;
  const variables = { ...shared, ...encoded.variables, change, request, n: "1" };
  const item = call.item(write.kind, variables);
  return call.prepare({ ...variables, item, items: [item] });
}

/** What the placeholders of `tells` stand for. */
const wordsOf = ({ id, type, source, subject, data, at }: Event) => ({
  request: id,
  type,
  place: source,
  subject,
  time: at.toString(),
  data: data as Json,
});

const withoutNulls = (data: Event["data"]): Event["data"] =>
  Object.fromEntries(Object.entries(data).filter(([, value]) => value !== null));
