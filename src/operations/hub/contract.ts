import type { EntityName } from "#domain/entities/index.ts";
import type { Ownership } from "#domain/ownership.ts";

/** newest, filled, or connections in their order, as a workspace file has them. */
export type OwnerWords = string | readonly string[];

/** Who owns which field of the golden records of an entity. */
export type OwnershipView = {
  entity: EntityName;
  many: string;
  ownership: Ownership;
  /** 0 where nobody has said anything. */
  version: number;
  changed: { by: string; at: Temporal.Instant } | null;
  /** Connections from which flows bring such records. */
  connections: readonly string[];
};

export type HubOperations = {
  /** Of one entity, or of all that flows bring to the hub. */
  "hub.owners": { in: { entity?: string }; out: { entities: readonly OwnershipView[] } };
  /** Refused when `version` is not the newest. */
  "hub.set-owners": {
    in: {
      entity: string;
      version: number;
      owner: OwnerWords;
      fields: Readonly<Record<string, OwnerWords>>;
    };
    out: OwnershipView;
  };
};
