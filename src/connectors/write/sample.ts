import { entityOf, isEntityName } from "#domain/entities/index.ts";
import type { FieldKind } from "#domain/entities/entity.ts";
import type { Fields, Value } from "#domain/fields.ts";
import type { Json } from "#domain/json.ts";
import type { Variables } from "../manifest/template.ts";
import type { ObjectPlan } from "../read/compile-object.ts";
import { parseJson } from "../json/lossless.ts";
import { changeNames } from "./change-names.ts";
import type { WritePlan } from "./compile-write.ts";

const kinds = ["create", "update", "archive"] as const;

/** An event of this name as it would be sent, about a record nobody has; null where it is none of this object's. */
export function sampleOf(
  plan: ObjectPlan,
  write: WritePlan,
  event: string,
  shared: Variables,
): Json | null {
  for (const call of write.calls)
    for (const kind of kinds) {
      const about: Variables = { ...shared, key: "1001", id: "1001", change: changeNames[kind], request: "evt_sample", n: "1" }; // prettier-ignore
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
  if (type.kind === "text") return label;
  if (type.kind === "choice") return type.of[0] ?? label;
  if (type.kind === "boolean") return true;
  if (type.kind !== "lines") return plain[type.kind];
  const parts = Object.entries(type.fields);
  return [Object.fromEntries(parts.map(([name, part]) => [name, plain[part.type.kind] ?? part.label]))]; // prettier-ignore
}

const plain: Readonly<Partial<Record<FieldKind["kind"], string>>> = {
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
