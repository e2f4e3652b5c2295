import type { Connection } from "#domain/connection.ts";
import type { Flow } from "#domain/flow.ts";
import type { Tools } from "#domain/ports/tools.ts";

/** What the flows of a file are read against. */
export type Known = {
  tools: Pick<Tools, "facts">;
  existing: readonly Flow[];
  /** Those of the file and those set up already. */
  connections: ReadonlyMap<string, Connection>;
  broken: ReadonlySet<string>;
};
