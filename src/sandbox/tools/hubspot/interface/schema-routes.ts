import { json, type Route } from "../../http.ts";
import type { Access } from "../access/access.ts";
import { notFound } from "../errors.ts";
import { objectTypes } from "../objects/index.ts";
import type { ObjectType } from "../objects/object-type.ts";
import { owners } from "../owners.ts";
import { type Pipeline, pipelines } from "../pipelines.ts";
import { DECLARED, type Kind } from "../records/property-kinds.ts";
import { forSchema, OWNERS } from "../access/scopes.ts";

const AT = "2025-01-08T09:00:00.000Z";

/** Under `/crm/{what}/2026-09`, `/crm/{what}/2026-03` and `/crm/v3/{what}`. */
const everyVersion = (what: string): string[] => [
  `/crm/${what}/2026-09`,
  `/crm/${what}/2026-03`,
  `/crm/v3/${what}`,
];

/** What the portal's objects are made of: properties, pipelines, owners. */
export function schemaRoutes(access: Access): Route[] {
  const reading = (
    path: string,
    anyOf: readonly string[],
    answer: (params: Record<string, string>) => unknown,
  ): Route => ({
    method: "GET",
    path,
    handle(request) {
      access.need(request, anyOf);
      const found = answer(request.params);
      if (found === undefined) throw notFound();
      return json(200, found);
    },
  });
  const perObject = objectTypes.flatMap((type) => {
    const anyOf = forSchema(type);
    const fields = fieldsOf(type);
    const own = pipelines[type.name];
    return [type.name, type.singular, type.typeId].flatMap((name) => [
      ...everyVersion("properties").flatMap((base) => [
        reading(`${base}/${name}`, anyOf, () => ({ results: fields })),
        reading(`${base}/${name}/:property`, anyOf, ({ property }) =>
          fields.find((field) => field.name === property),
        ),
      ]),
      ...(own === undefined ? [] : everyVersion("pipelines")).flatMap((base) => [
        reading(`${base}/${name}`, anyOf, () => ({ results: (own ?? []).map(told) })),
        reading(`${base}/${name}/:pipeline`, anyOf, ({ pipeline }) =>
          (own ?? []).map(told).find(({ id }) => id === pipeline),
        ),
      ]),
    ]);
  });
  return [
    ...perObject,
    ...everyVersion("owners").flatMap((base) => [
      reading(base, [OWNERS], () => ({ results: owners })),
      reading(`${base}/:id`, [OWNERS], ({ id }) => owners.find((owner) => owner.id === id)),
    ]),
  ];
}

const fieldsOf = (type: ObjectType) =>
  Object.entries(type.properties).map(([name, kind]) => {
    const [declared, fieldType] = declaredAs(kind);
    return {
      name,
      label: name,
      type: declared,
      fieldType,
      groupName: `${type.singular}information`,
      options: "options" in kind ? kind.options.map(choice) : [],
      modificationMetadata: { readOnlyValue: kind.kind === "read_only" },
      hasUniqueValue: type.unique.some((unique) => unique.name === name),
    };
  });

const choice = (value: string, displayOrder: number) => ({
  label: value,
  value,
  displayOrder,
  hidden: false,
});

const declaredAs = (kind: Kind): [string, string] =>
  kind.kind === "read_only" ? [kind.type, "text"] : DECLARED[kind.kind];

const told = ({ id, label, stages }: Pipeline, displayOrder: number) => ({
  id,
  label,
  displayOrder,
  createdAt: AT,
  updatedAt: AT,
  archived: false,
  stages: stages.map((stage, order) => ({
    ...stage,
    displayOrder: order,
    createdAt: AT,
    updatedAt: AT,
    archived: false,
  })),
});
