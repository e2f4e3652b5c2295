import type { Column, Item } from "../model.ts";
import type { Account } from "../account.ts";

export type Writing = {
  column: Column;
  account: Account;
  /** `create_labels_if_missing` */
  addLabels: boolean;
};

export type Showing = {
  column: Column;
  item: Item;
  account: Account;
  /** How an item is told, for columns that show others. */
  itemShown(item: Item): unknown;
};

/** A cell as filters and sorting see it. */
export type Sought = {
  empty: boolean;
  text: string;
  /** What `any_of` is compared with. */
  terms: string[];
  order: string | number;
};

/** What one type of column does. Its written form, its stored form and its read form are three things. */
export type ColumnKind<Held> = {
  type: string;
  /** monday's inner name for it, as errors and webhooks tell it. */
  inner: string;
  /** The GraphQL type of its values. */
  shows: string;
  /** Filter operators that it knows. */
  operators: readonly string[];
  /** Null where it can only be read. What is written is read into what is stored; null clears. */
  write: ((given: unknown, writing: Writing) => Held | null) | null;
  text(held: Held | null, showing: Showing): string | null;
  /** The JSON in `value`, before it is encoded. */
  value(held: Held | null, showing: Showing): unknown;
  /** The fields that its own GraphQL type adds. */
  fields(held: Held | null, showing: Showing): Record<string, unknown>;
  sought(held: Held | null, showing: Showing): Sought;
};

export const BY_TEXT = ["any_of", "not_any_of", "is_empty", "is_not_empty", "contains_text", "not_contains_text", "contains_terms", "starts_with", "ends_with"]; // prettier-ignore
export const BY_LIST = ["any_of", "not_any_of", "is_empty", "is_not_empty", "contains_text", "not_contains_text", "contains_terms"]; // prettier-ignore
export const BY_SIZE = ["any_of", "not_any_of", "is_empty", "is_not_empty", "greater_than", "greater_than_or_equals", "lower_than", "lower_than_or_equal", "between"]; // prettier-ignore

export const soughtText = (text: string | null): Sought => ({
  empty: text === null || text === "",
  text: text ?? "",
  terms: text === null ? [] : [text],
  order: (text ?? "").toLowerCase(),
});

/** Nothing at all, the ways of clearing a cell that every type knows. */
export const isBlank = (given: unknown): boolean =>
  given === null ||
  given === "" ||
  (typeof given === "object" && !Array.isArray(given) && Object.keys(given).length === 0);

export const objectIn = (given: unknown): Record<string, unknown> | null =>
  typeof given === "object" && given !== null && !Array.isArray(given)
    ? (given as Record<string, unknown>)
    : null;
