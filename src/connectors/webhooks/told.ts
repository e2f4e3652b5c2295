import type { Json } from "#domain/json.ts";
import type { Told } from "#domain/ports/inbox.ts";
import { jsonText } from "../json/lossless.ts";
import { getAt, textOf } from "../json/path.ts";
import type { InboxSpec } from "../manifest/read-spec.ts";
import { compileTime, type ObjectPlan } from "../read/compile-object.ts";
import { compileGone } from "../read/list.ts";
import { badIdOf } from "../read/records.ts";

/** What an event says of a record of this object; null where it says no record, or no id of one. */
export type ReadEvent = (event: Json) => Told | null;

const longestEventId = 512;

/** From an inbox a linter has seen. */
export function compileInbox(plan: ObjectPlan, spec: InboxSpec): ReadEvent {
  const recordAt = getAt(spec.record);
  const idAt = spec.id === undefined ? null : getAt(spec.id);
  const eventAt = spec.event === undefined ? null : getAt(spec.event);
  const timeOf = compileTime(spec.at);
  const isGone = compileGone(spec.gone);

  const idOf = (event: Json, record: Json | undefined): string | null =>
    textOf(idAt?.(event)) ?? (record === undefined ? null : plan.idOf(record));

  return (event) => {
    const record = recordAt(event);
    const gone = isGone(event);
    const id = idOf(event, record);
    if (id === null || badIdOf(id) !== null || !(gone || isRecord(record))) return null;
    return {
      event: textOf(eventAt?.(event))?.slice(0, longestEventId) || null,
      record: id,
      at: instantIn(timeOf(event)),
      gone,
      content: gone ? "{}" : jsonText(record ?? {}),
    };
  };
}

const isRecord = (value: Json | undefined): boolean =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A time that is none is as good as no time said. */
function instantIn(text: string | null): Temporal.Instant | null {
  try {
    return text === null ? null : Temporal.Instant.from(text);
  } catch {
    return null;
  }
}
