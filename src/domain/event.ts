import { entities, entityNames, type EntityName } from "./entities/index.ts";
import { choice, of, text, type Field } from "./entities/field.ts";
import type { Fields } from "./fields.ts";
import type { Json } from "./json.ts";

/** What may become of a record that a flow writes, as others are told of it. */
export type Become = "created" | "changed" | "gone";

/** A kind of thing that happens here and that others may be told of: the type of a CloudEvent. */
export type EventType =
  | `${EntityName}.${Become}`
  | "deal.won"
  | "run.finished"
  | "record.dead_lettered"
  | "connection.broken";

/** What is told of something that happened. `record`, where it is about one, is all that was known of it. */
export type EventData = Readonly<Record<string, Json | Fields>>;

/** `source` and `subject` as CloudEvents have them: where it happened, and to what. */
export type NewEvent = { type: EventType; source: string; subject: string; data: EventData };

export type Event = NewEvent & { id: string; at: Temporal.Instant };

const becomes: readonly Become[] = ["created", "changed", "gone"];

/** Every one there is, those of one entity together. */
export const eventTypes: readonly EventType[] = [
  ...entityNames.flatMap((entity): EventType[] => [
    ...becomes.map((become) => eventOf(entity, become)),
    ...(entity === "deal" ? (["deal.won"] as const) : []),
  ]),
  "run.finished",
  "record.dead_lettered",
  "connection.broken",
];

const known: ReadonlySet<string> = new Set(eventTypes);
export const isEventType = (name: string): name is EventType => known.has(name);

export function eventOf(entity: EntityName, become: Become): EventType {
  return `${entity}.${become}`;
}

/** The kind of record it tells of; null where it tells of something of our own. */
export function entityIn(type: EventType): EntityName | null {
  const [first = ""] = type.split(".");
  return entityNames.find((name) => name === first) ?? null;
}

const ofOurOwn: Readonly<Record<string, Readonly<Record<string, Field>>>> = {
  "run.finished": {
    run: text("Run"),
    flow: text("Flow"),
    status: choice("Status", "done", "failed", "cancelled"),
    read: of("Read", "number"),
    created: of("Created", "number"),
    updated: of("Updated", "number"),
    unchanged: of("Unchanged", "number"),
    filtered: of("Filtered", "number"),
    deleted: of("Deleted", "number"),
    dead_lettered: of("Need a hand", "number"),
    held: of("Held", "number"),
  },
  "record.dead_lettered": {
    flow: text("Flow"),
    connection: text("Connection"),
    object: text("Object"),
    key: text("Record"),
    class: text("Kind of error"),
    code: text("Code"),
    field: text("Field"),
    message: text("What the tool said"),
  },
  "connection.broken": { connection: text("Connection"), problem: text("Problem") },
};

/** Fields that an event of this type may be told by. */
export function eventFields(type: EventType): Readonly<Record<string, Field>> {
  const entity = entityIn(type);
  return entity === null ? (ofOurOwn[type] ?? {}) : entities[entity].fields;
}

/** Their values in one event. */
export const valuesIn = ({ data }: Pick<Event, "data">): Fields =>
  (data["record"] ?? data) as Fields;

/** "a deal is won", as the end of a sentence that begins with "when". */
export function eventText(type: EventType): string {
  const entity = entityIn(type);
  if (type === "deal.won") return "a deal is won";
  if (entity !== null) return becomeText(entities[entity].one, type);
  return sentences[type] ?? type;
}

const sentences: Readonly<Record<string, string>> = {
  "run.finished": "a run is over",
  "record.dead_lettered": "a record could not be written",
  "connection.broken": "a connection needs to be signed in to again",
};

function becomeText(one: string, type: EventType): string {
  const article = /^[aeiou]/.test(one) ? "an" : "a";
  const [, become] = type.split(".");
  return `${article} ${one} is ${become === "created" ? "new" : (become ?? "")}`;
}
