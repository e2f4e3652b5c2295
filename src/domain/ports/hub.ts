import type { EntityName } from "../entities/index.ts";
import type { Fields } from "../fields.ts";
import type { Origins, Ownership } from "../ownership.ts";
import type { Source, Target } from "./tools.ts";

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
  /**
   * `from` is the connection whose values are written. A field that another connection owns keeps its value,
   * by the rules as they are when the target is first written to.
   */
  target(entity: EntityName, from: string): Target;
  record(entity: EntityName, id: string): Promise<GoldenRecord | undefined>;
};

/** Who owns which field, from one moment on. Never changes. */
export type OwnershipVersion = {
  entity: EntityName;
  version: number;
  ownership: Ownership;
  by: string;
  at: Temporal.Instant;
};

export type Ownerships = {
  /** The newest of each entity about which anybody has said something. */
  all(): Promise<readonly OwnershipVersion[]>;
  /** All of an entity, newest first. */
  versions(entity: EntityName): Promise<readonly OwnershipVersion[]>;
  /** False when `version` is not the one after the newest. */
  add(version: OwnershipVersion): Promise<boolean>;
};
