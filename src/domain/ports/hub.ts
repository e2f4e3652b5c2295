import type { EntityName } from "../entities/index.ts";
import type { Fields } from "../fields.ts";
import type { Source, Target } from "./tools.ts";

/** For each field of a golden record: the connection it came from, and when. */
export type Origins = Readonly<Record<string, { from: string; at: string }>>;

export type GoldenRecord = {
  id: string;
  fields: Fields;
  origins: Origins;
  version: number;
  changedAt: Temporal.Instant;
};

/** The built-in connection, whose objects are the entities themselves. */
export type Hub = {
  source(entity: EntityName): Source;
  /** `from` is the connection whose values are written. */
  target(entity: EntityName, from: string): Target;
  record(entity: EntityName, id: string): Promise<GoldenRecord | undefined>;
};
