import type { Fields } from "../fields.ts";
import type { Field } from "./field.ts";
import type { EntityName } from "./names.ts";

export { accepted, type Field, type FieldKind } from "./field.ts";

export type Entity = {
  name: EntityName;
  one: string;
  many: string;
  fields: Readonly<Record<string, Field>>;
  /** Fields by which two records may be told to be the same, best first. */
  keys: readonly string[];
  /** Fills in what follows from the rest, such as a name from its parts. Never changes what is there. */
  complete(fields: Fields): Fields;
  /** What to call this record in a list: a name, else an address, else nothing. */
  title(fields: Fields): string | null;
};
