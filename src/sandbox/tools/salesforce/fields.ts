export type Value = string | number | boolean | null;

export type Kind =
  | { type: "id" }
  | { type: "string" | "textarea" | "email" | "phone" | "url"; length: number }
  | { type: "picklist"; values: readonly string[]; restricted: boolean }
  | { type: "reference"; to: string; relationship: string }
  | { type: "boolean" | "date" | "datetime" }
  | { type: "currency" | "double" | "percent" | "int" }
  /** Made of the five fields that begin with this. */
  | { type: "address"; prefix: string };

/** What the values of a type are, for those who only ask that. */
export const familyOf = {
  id: "id",
  reference: "id",
  string: "text",
  textarea: "text",
  email: "text",
  phone: "text",
  url: "text",
  picklist: "text",
  boolean: "flag",
  date: "date",
  datetime: "datetime",
  currency: "number",
  double: "number",
  percent: "number",
  int: "number",
  address: "address",
} as const satisfies Record<Kind["type"], string>;

export type Field = {
  name: string;
  label: string;
  kind: Kind;
  required: boolean;
  create: boolean;
  update: boolean;
  /** Records may be addressed by it. */
  external: boolean;
  unique: boolean;
  /** Looked up by its value often. */
  indexed: boolean;
};

export type SObject = {
  name: string;
  label: string;
  plural: string;
  prefix: string;
  /** Made and changed through the interface. */
  writable: boolean;
  fields: readonly Field[];
};

type Draft = Omit<Field, "name">;

const draft = (label: string, kind: Kind): Draft => ({
  label,
  kind,
  required: false,
  create: true,
  update: true,
  external: false,
  unique: false,
  indexed: false,
});

export const text = (label: string, length: number): Draft =>
  draft(label, { type: "string", length });
export const email = (label: string): Draft => ({
  ...draft(label, { type: "email", length: 80 }),
  indexed: true,
});
export const phone = (label: string): Draft => draft(label, { type: "phone", length: 40 });
export const url = (label: string): Draft => draft(label, { type: "url", length: 255 });
/** A text too long to search or sort by. */
export const longText = (label: string): Draft =>
  draft(label, { type: "textarea", length: 32_000 });
export const choice = (label: string, values: readonly string[]): Draft =>
  draft(label, { type: "picklist", values, restricted: false });
export const restricted = (label: string, values: readonly string[]): Draft =>
  draft(label, { type: "picklist", values, restricted: true });
export const reference = (label: string, to: string, relationship: string): Draft =>
  draft(label, { type: "reference", to, relationship });
export const flag = (label: string): Draft => draft(label, { type: "boolean" });
export const date = (label: string): Draft => draft(label, { type: "date" });
export const datetime = (label: string): Draft => draft(label, { type: "datetime" });
export const money = (label: string): Draft => draft(label, { type: "currency" });
export const percent = (label: string): Draft => draft(label, { type: "percent" });
export const whole = (label: string): Draft => draft(label, { type: "int" });

export const required = (field: Draft): Draft => ({ ...field, required: true });
export const readOnly = (field: Draft): Draft => ({ ...field, create: false, update: false });
export const onceOnly = (field: Draft): Draft => ({ ...field, update: false });
export const indexed = (field: Draft): Draft => ({ ...field, indexed: true });
export const externalId = (label: string, unique: boolean): Draft => ({
  ...text(label, 80),
  external: true,
  unique,
  indexed: true,
});

/** The five fields of an address, and the one that shows them together. */
export const address = (prefix: string): Record<string, Draft> => ({
  [`${prefix}Street`]: text(`${prefix} Street`, 255),
  [`${prefix}City`]: text(`${prefix} City`, 40),
  [`${prefix}State`]: text(`${prefix} State/Province`, 80),
  [`${prefix}PostalCode`]: text(`${prefix} Zip/Postal Code`, 20),
  [`${prefix}Country`]: text(`${prefix} Country`, 80),
  [`${prefix}Address`]: readOnly(draft(`${prefix} Address`, { type: "address", prefix })),
});

/** The currencies this organisation has switched on; the first is its own. */
export const CURRENCIES = ["USD", "EUR", "GBP", "CAD", "AUD", "CHF", "SEK", "JPY"] as const;

const system: Record<string, Draft> = {
  OwnerId: reference("Owner ID", "User", "Owner"),
  CurrencyIsoCode: restricted("Currency ISO Code", CURRENCIES),
  CreatedDate: readOnly(datetime("Created Date")),
  CreatedById: readOnly(reference("Created By ID", "User", "CreatedBy")),
  LastModifiedDate: readOnly(datetime("Last Modified Date")),
  LastModifiedById: readOnly(reference("Last Modified By ID", "User", "LastModifiedBy")),
  SystemModstamp: readOnly(datetime("System Modstamp")),
};

/** An object with its own fields, and those that every object has. */
export function sobject(
  [name, label, plural, prefix]: readonly [string, string, string, string],
  own: Record<string, Draft>,
  writable = true,
): SObject {
  const drafts: Record<string, Draft> = {
    Id: readOnly(draft(`${label} ID`, { type: "id" })),
    IsDeleted: readOnly(flag("Deleted")),
    ...own,
    ...(writable && system),
  };
  const fields = Object.entries(drafts).map(([field, rest]) => ({ name: field, ...rest }));
  return { name, label, plural, prefix, writable, fields };
}
