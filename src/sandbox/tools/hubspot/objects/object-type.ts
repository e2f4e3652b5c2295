import type { Problem } from "../errors.ts";
import type { Kind } from "../records/property-kinds.ts";

export type ObjectName = "contacts" | "companies" | "deals" | "orders";

/** Properties that have a value. */
export type Properties = Record<string, string>;
/** Properties to set; null empties. */
export type Values = Record<string, string | null>;

/** What tells records apart, so that a batch may address them by it. */
export type UniqueProperty = {
  name: string;
  /** A property that holds further such values, joined by semicolons. */
  also: string | null;
};

export type ObjectType = {
  /** As it stands in paths. */
  name: ObjectName;
  typeId: string;
  singular: string;
  firstId: number;
  created: "createdate" | "hs_createdate";
  /** Contacts have a name of their own for it. */
  modified: "lastmodifieddate" | "hs_lastmodifieddate";
  properties: Record<string, Kind>;
  /** Returned when no properties are asked for. */
  usual: readonly string[];
  unique: readonly UniqueProperty[];
  /** What a search's `query` looks through. */
  searched: readonly string[];
  /** The changes that HubSpot really makes: some it leaves out, some it adds. */
  settle(before: Properties | null, changes: Values): Values;
  /** What is wrong between values that are each well formed. */
  problems(after: Properties): Problem[];
  /** Values that follow from others, or from what the record with this id belongs to. */
  derived: Record<string, (properties: Properties, id: string) => string | null>;
  /** The property that tells which company is the primary one; null where there is none. */
  primaryCompany: string | null;
};

/** What most objects have nothing special of. */
export const plain: Pick<ObjectType, "settle" | "problems" | "derived" | "primaryCompany"> = {
  settle: (_before, changes) => changes,
  problems: () => [],
  derived: {},
  primaryCompany: null,
};

/** A custom property, with hasUniqueValue, that integrations may address records by. */
export const externalId: UniqueProperty = { name: "external_id", also: null };
