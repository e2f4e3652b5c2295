import type { NewConflict } from "#domain/conflict.ts";
import type { Fields } from "#domain/fields.ts";
import type { Link } from "#domain/link.ts";
import type { TargetRecord } from "#domain/record.ts";

/** What the record on the other side holds now; in a one-way flow, what we know of it. */
export type Current = Pick<TargetRecord, "fields" | "changedAt" | "changedBy">;

/** What is to be written to the other side for a record, and what is remembered once it is. */
export type Weighed = {
  give: Fields;
  /** Without an id and version, which the other side gives. */
  link: Omit<Link, "id" | "version">;
  /** Fields about which a person has to decide, if there are any. */
  asks: Pick<NewConflict, "fields" | "changed" | "choices"> | null;
};
