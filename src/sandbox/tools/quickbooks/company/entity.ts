import type { Values } from "../fields/values.ts";

/** A record as it is kept and told. */
export type Stored = Values & {
  Id: string;
  SyncToken: string;
  MetaData: { CreateTime: string; LastUpdatedTime: string };
};

/** What is told of a record that is no more. */
export type Gone = {
  Id: string;
  status: "Deleted";
  domain: "QBO";
  MetaData: { LastUpdatedTime: string };
};

export type Operation = "create" | "update" | "delete" | "void";

/** What a request says beside the record. */
export type Way = {
  allowDuplicateNumber: boolean;
  /** What was made by other items of the same batch, which none of them can see: `Customer 8`. */
  unseen: ReadonlySet<string>;
};

export const plainWay: Way = { allowDuplicateNumber: false, unseen: new Set() };

/** Something that happened to a record, as webhooks tell it. */
export type Happening = {
  entity: string;
  id: string;
  verb: "created" | "updated" | "deleted" | "merged" | "voided";
  /** Whom it swallowed. */
  loser?: string;
};

/** One kind of record, as queries, changes and batches see it. */
export type Entity<Kept extends Stored = Stored> = {
  name: string;
  get(id: string): Kept | undefined;
  all(): Iterable<Kept>;
  readonly size: number;
  gone(): Iterable<Gone>;
  /** The few that can match, where a condition names what there is an index of. */
  lookUp?(field: string, values: string[]): Iterable<Kept> | undefined;
  /** Throws a fault; what it gives is what is told. */
  write(operation: Operation, given: Values, way: Way): Values;
};
