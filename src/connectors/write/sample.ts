import { entityOf, isEntityName } from "#domain/entities/index.ts";
import type { FieldKind } from "#domain/entities/entity.ts";
import { eventFields, type EventType } from "#domain/event.ts";
import type { Fields, Value } from "#domain/fields.ts";
import type { Json } from "#domain/json.ts";
import type { Variables } from "../manifest/template.ts";
import type { ObjectPlan } from "../read/compile-object.ts";
import { parseJson } from "../json/lossless.ts";
import type { Prepare } from "../request/prepare.ts";
import { changes } from "./change-names.ts";
import type { WritePlan } from "./compile-write.ts";

/** An event of this name as it would be sent, about a record nobody has; null where it is none of this object's. */
export function sampleOf(
  plan: ObjectPlan,
  write: WritePlan,
  event: string,
  shared: Variables,
): Json | null {
  for (const call of write.calls)
    for (const [change, kind] of changes) {
      const about: Variables = { ...shared, key: "1001", id: "1001", change, request: "evt_sample", n: "1" }; // prettier-ignore
      if (!call.takes.has(kind) || call.event?.(about) !== event) continue;
      const record = sampleFields(plan);
      const encoded = plan.fields.encode(record, { fresh: true, empty: plan.spec.empty, shared });
      const fields = "problem" in encoded || kind === "archive" ? {} : encoded.native;
      const item = call.item(kind, { ...about, fields, record: record as Json });
      const { body } = call.prepare({ ...about, fields, record: record as Json, item, items: [item] }); // prettier-ignore
      return typeof body === "string" ? parseJson(body) : {};
    }
  return null;
}

/** The same of an event that tells of no record: what it says of something of our own. */
export function sampleOfOwn(asked: Prepare, event: EventType, shared: Variables): Json {
  const data = Object.entries(eventFields(event)).map(([name, { type, label }]) => [name, sampleValue(type, label)]); // prettier-ignore
  const about = { request: "evt_sample", type: event, place: "/flows/sample", subject: "1001", time: plain.instant }; // prettier-ignore
  const { body } = asked({ ...shared, ...about, data: Object.fromEntries(data) as Json });
  return typeof body === "string" ? parseJson(body) : {};
}

function sampleFields({ spec, fields }: ObjectPlan): Fields {
  if (!isEntityName(spec.entity)) return {};
  const entity = entityOf(spec.entity);
  return Object.fromEntries(
    fields.names.flatMap((name): [string, Value][] => {
      const field = entity.fields[name];
      const value = field === undefined ? undefined : sampleValue(field.type, field.label);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** What cannot be made up is left out. */
function sampleValue(type: FieldKind, label: string): Value | undefined {
  if (type.kind !== "lines") return type.kind === "content" ? undefined : samplePlain(type, label);
  const parts = Object.entries(type.fields);
  return [Object.fromEntries(parts.map(([name, part]) => [name, samplePlain(part.type, part.label)]))]; // prettier-ignore
}

function samplePlain(
  type: Exclude<FieldKind, { kind: "lines" | "content" }>,
  label: string,
): string | boolean {
  if (type.kind === "text") return label;
  if (type.kind === "choice") return type.of[0] ?? label;
  if (type.kind === "boolean") return true;
  return plain[type.kind];
}

const plain = {
  email: "ada@example.com",
  phone: "+33170189900",
  url: "https://example.com",
  country: "FR",
  currency: "EUR",
  number: "1",
  money: "129.00",
  date: "2026-11-23",
  instant: "2026-11-23T09:41:00Z",
  reference: "1000",
};
