import type { Conflicts } from "#domain/ports/conflicts.ts";
import type { DeadLetters } from "#domain/ports/dead-letters.ts";
import type { Events } from "#domain/ports/events.ts";
import type { Hold } from "#domain/ports/hold.ts";
import type { Incidents } from "#domain/ports/incidents.ts";
import type { Ledger } from "#domain/ports/ledger.ts";
import type { Outbox } from "#domain/ports/outbox.ts";
import type { References } from "#domain/ports/references.ts";
import type { Registry } from "#domain/ports/registry.ts";
import type { Runs } from "#domain/ports/runs.ts";
import type { OpenFlow } from "#domain/ports/open-flow.ts";
import type { Chance, Clock, Hash, Log } from "#domain/ports/world.ts";

/** Everything the engine reaches the world through. */
export type Ports = {
  openFlow: OpenFlow;
  hold: Hold;
  ledger: Ledger;
  references: References;
  conflicts: Pick<Conflicts, "of">;
  runs: Runs;
  letters: DeadLetters;
  incidents: Incidents;
  events: Pick<Events, "wanted" | "publish">;
  registry: Registry;
  outbox: Outbox;
  clock: Clock;
  chance: Chance;
  hash: Hash;
  log: Log;
  /** Aborted when this process is to end: what is under way is brought to a good place and handed back. */
  closing: AbortSignal;
};
