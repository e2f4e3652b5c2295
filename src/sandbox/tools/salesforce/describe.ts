import { json } from "../http.ts";
import { columnAt, selectionOf, shownRow } from "./columns.ts";
import { type Data, type DataRoute, dataRoute, objectOf } from "./data-route.ts";
import { familyOf, type Field, type Kind, type SObject } from "./fields.ts";
import type { Schema } from "./schema.ts";

const RECENT = 5;

/** What there is: all objects, one object in short, one with all its fields. */
export function describeRoutes(data: Data): DataRoute[] {
  const { organisation, schema } = data;
  return [
    ...dataRoute("GET", "/sobjects", (_request, base) =>
      json(200, {
        encoding: "UTF-8",
        maxBatchSize: 200,
        sobjects: schema.all.map((object) => summary(object, base)),
      }),
    ),
    ...dataRoute("GET", "/sobjects/:object", (request, base) => {
      const object = objectOf(data, request);
      const names = ["Id", "Name"].filter((name) => schema.field(object, name) !== undefined);
      const selection = selectionOf(
        object,
        names.map((name) => columnAt(schema, object, name)),
      );
      const recent = [...organisation.rows(object)]
        .filter((row) => row["IsDeleted"] !== true)
        .sort((a, b) => (String(a["SystemModstamp"]) < String(b["SystemModstamp"]) ? 1 : -1))
        .slice(0, RECENT);
      return json(200, {
        objectDescribe: summary(object, base),
        recentItems: recent.map((row) => shownRow(organisation, selection, row, base)),
      });
    }),
    ...dataRoute("GET", "/sobjects/:object/describe", (request, base) => {
      const object = objectOf(data, request);
      return json(200, {
        ...summary(object, base),
        childRelationships: childrenOf(schema, object),
        fields: schema.fieldsOf(object).map(described),
        recordTypeInfos: [],
        supportedScopes: [{ label: `All ${object.plural.toLowerCase()}`, name: "everything" }],
      });
    }),
  ];
}

function summary({ name, label, plural, prefix, writable }: SObject, base: string) {
  const at = `${base}/sobjects/${name}`;
  return {
    activateable: false,
    createable: writable,
    custom: false,
    customSetting: false,
    deletable: writable,
    deprecatedAndHidden: false,
    feedEnabled: false,
    keyPrefix: prefix,
    label,
    labelPlural: plural,
    layoutable: true,
    mergeable: name === "Contact" || name === "Account",
    mruEnabled: true,
    name,
    queryable: true,
    replicateable: true,
    retrieveable: true,
    searchable: true,
    triggerable: true,
    undeletable: writable,
    updateable: writable,
    urls: { sobject: at, describe: `${at}/describe`, rowTemplate: `${at}/{ID}` },
  };
}

const childrenOf = (schema: Schema, parent: SObject) =>
  schema.all.flatMap((object) =>
    schema.fieldsOf(object).flatMap(({ name, kind }) =>
      kind.type === "reference" && kind.to === parent.name
        ? [
            {
              cascadeDelete: name === "AccountId",
              childSObject: object.name,
              deprecatedAndHidden: false,
              field: name,
              relationshipName: name === "AccountId" ? object.plural : null,
              restrictedDelete: false,
            },
          ]
        : [],
    ),
  );

function described(field: Field) {
  const { name, label, kind } = field;
  const searchable = kind.type !== "textarea" && kind.type !== "address";
  return {
    name,
    label,
    type: kind.type,
    soapType: SOAP[kind.type] ?? "xsd:string",
    length: lengthOf(kind),
    digits: kind.type === "int" ? 8 : 0,
    precision: familyOf[kind.type] === "number" && kind.type !== "int" ? 18 : 0,
    scale: kind.type === "currency" ? 2 : 0,
    createable: field.create,
    updateable: field.update,
    nillable: !field.required && !["id", "boolean"].includes(kind.type),
    defaultedOnCreate: ["OwnerId", "CurrencyIsoCode", "IsDeleted"].includes(name),
    custom: name.endsWith("__c"),
    externalId: field.external,
    unique: field.unique,
    idLookup: field.external || name === "Id",
    nameField: name === "Name",
    autoNumber: name === "OrderNumber",
    calculated: ["ExpectedRevenue", "TotalAmount"].includes(name),
    caseSensitive: false,
    filterable: searchable,
    groupable: searchable,
    sortable: searchable,
    deprecatedAndHidden: false,
    compoundFieldName: null,
    defaultValue: kind.type === "boolean" ? false : null,
    ...choicesOf(kind),
    ...referenceOf(kind),
  };
}

const choicesOf = (kind: Kind) => ({
  restrictedPicklist: kind.type === "picklist" && kind.restricted,
  picklistValues: (kind.type === "picklist" ? kind.values : []).map((value) => ({
    active: true,
    defaultValue: false,
    label: value,
    validFor: null,
    value,
  })),
});

const referenceOf = (kind: Kind) =>
  kind.type === "reference"
    ? { referenceTo: [kind.to], relationshipName: kind.relationship }
    : { referenceTo: [], relationshipName: null };

function lengthOf(kind: Kind): number {
  if ("length" in kind) return kind.length;
  if (kind.type === "picklist") return 255;
  return kind.type === "id" || kind.type === "reference" ? 18 : 0;
}

const SOAP: Partial<Record<Kind["type"], string>> = {
  id: "tns:ID",
  reference: "tns:ID",
  boolean: "xsd:boolean",
  date: "xsd:date",
  datetime: "xsd:dateTime",
  currency: "xsd:double",
  double: "xsd:double",
  percent: "xsd:double",
  int: "xsd:int",
  address: "urn:address",
};
