import { invalidEmail, invalidLength, invalidString, unsupportedProperty } from "./errors.ts";

export type Values = Record<string, unknown>;

export type Field =
  | { kind: "text"; max: number }
  | { kind: "name"; max: number }
  | { kind: "email"; max: number }
  | { kind: "flag" }
  | { kind: "number" }
  | { kind: "object"; fields: Record<string, Field> }
  | { kind: "list" }
  | { kind: "ignored" };

const text = (max: number): Field => ({ kind: "text", max });
const name = (max: number): Field => ({ kind: "name", max });
const object = (fields: Record<string, Field>): Field => ({ kind: "object", fields });
const flag: Field = { kind: "flag" };
const number: Field = { kind: "number" };
const ignored: Field = { kind: "ignored" };

const reference = object({ value: text(100), name: text(500), type: text(100) });
const phone = object({
  Id: ignored,
  DeviceType: text(30),
  CountryCode: text(10),
  AreaCode: text(10),
  ExchangeCode: text(10),
  Extension: text(10),
  FreeFormNumber: text(30),
  Default: flag,
  Tag: text(100),
});
const address = object({
  Id: ignored,
  ...Object.fromEntries([1, 2, 3, 4, 5].map((line) => [`Line${String(line)}`, text(500)])),
  City: text(255),
  Country: text(255),
  CountryCode: text(10),
  County: text(25),
  CountrySubDivisionCode: text(255),
  PostalCode: text(30),
  PostalCodeSuffix: text(30),
  Lat: text(50),
  Long: text(50),
  Tag: text(100),
  Note: text(1000),
});

/**
 * What a request may say about a customer, and how long it may be. Source: lengths told in
 * Intuit's schema (Finance.xsd, IntuitNamesTypes.xsd); a display name of 500 and a phone of 30 are
 * from its reference page. Read-only fields are taken and ignored, as QuickBooks does.
 */
export const customerFields: Record<string, Field> = {
  Id: ignored,
  SyncToken: ignored,
  sparse: ignored,
  domain: ignored,
  status: ignored,
  MetaData: ignored,
  FullyQualifiedName: ignored,
  V4IDPseudonym: ignored,
  Level: ignored,
  BalanceWithJobs: ignored,
  IsProject: ignored,
  ClientEntityId: ignored,
  DisplayName: name(500),
  Title: name(15),
  GivenName: name(25),
  MiddleName: name(25),
  FamilyName: name(25),
  Suffix: name(15),
  CompanyName: text(100),
  PrintOnCheckName: text(110),
  Active: flag,
  PrimaryPhone: phone,
  AlternatePhone: phone,
  Mobile: phone,
  Fax: phone,
  PrimaryEmailAddr: object({
    Id: ignored,
    Address: { kind: "email", max: 100 },
    Default: flag,
    Tag: text(100),
  }),
  WebAddr: object({ Id: ignored, URI: text(1000), Default: flag, Tag: text(100) }),
  BillAddr: address,
  ShipAddr: address,
  Notes: text(1024),
  AcctNum: text(99),
  ResaleNum: text(16),
  Taxable: flag,
  Job: flag,
  BillWithParent: flag,
  Balance: number,
  OpenBalanceDate: text(10),
  CreditLimit: number,
  PreferredDeliveryMethod: text(20),
  CurrencyRef: reference,
  DefaultTaxCodeRef: reference,
  ParentRef: reference,
  CustomerTypeRef: reference,
  SalesTermRef: reference,
  PaymentMethodRef: reference,
  ARAccountRef: reference,
  PrimaryTaxIdentifier: text(20),
  SecondaryTaxIdentifier: text(20),
  BusinessNumber: text(10),
  GSTIN: text(15),
  GSTRegistrationType: text(15),
  CustomField: { kind: "list" },
};

export const nameParts = ["Title", "GivenName", "MiddleName", "FamilyName", "Suffix"];

/** The writable values of a request, names trimmed; throws the fault that QuickBooks would tell. */
export function customerValues(given: Values): Values {
  return valuesOf(given, customerFields);
}

function valuesOf(given: Values, fields: Record<string, Field>): Values {
  const values: Values = {};
  for (const [key, value] of Object.entries(given)) {
    const field = fields[key];
    if (field === undefined) {
      throw unsupportedProperty(
        `Unrecognized field "${key}" (class com.intuit.schema.finance.v3.Customer), not marked as ignorable`,
      );
    }
    if (field.kind === "ignored") continue;
    values[key] = value === null ? null : valueOf(key, value, field);
  }
  return values;
}

function valueOf(key: string, value: unknown, field: Exclude<Field, { kind: "ignored" }>): unknown {
  switch (field.kind) {
    case "text":
      return fitting(key, value, field.max);
    case "name": {
      const trimmed = fitting(key, value, field.max).trim();
      if (/[:\t\n]/.test(trimmed)) throw invalidString(key);
      return trimmed;
    }
    case "email": {
      const address = fitting(key, value, field.max);
      if (address !== "" && !EMAIL.test(address)) throw invalidEmail(address);
      return address;
    }
    case "flag":
    case "number":
    case "list":
      return typed(key, value, field.kind);
    case "object":
      return valuesOf(typed(key, value, "object") as Values, field.fields);
    default:
      return field satisfies never;
  }
}

const TYPES = {
  flag: (value: unknown) => typeof value === "boolean",
  number: (value: unknown) => typeof value === "number",
  list: (value: unknown) => Array.isArray(value),
  object: (value: unknown) => typeof value === "object" && !Array.isArray(value),
  text: (value: unknown) => typeof value === "string",
};

function typed(key: string, value: unknown, wanted: keyof typeof TYPES): unknown {
  if (TYPES[wanted](value)) return value;
  throw unsupportedProperty(`Can not deserialize ${key}: a ${wanted} was expected, which`);
}

const EMAIL = /^[^\s@,;:]+@[a-z0-9-]+(\.[a-z0-9-]+)+$/i;

function fitting(key: string, value: unknown, max: number): string {
  const given = typed(key, value, "text") as string;
  if (given.length > max) throw invalidLength(key, max, given.length);
  return given;
}
