import type { Conversion } from "#domain/conversion.ts";
import type { SecretSource } from "#domain/connection.ts";
import type { Approvals } from "#domain/ports/approvals.ts";
import type { Conflicts } from "#domain/ports/conflicts.ts";
import type { ConnectorVersions } from "#domain/ports/connector-versions.ts";
import type { DeadLetters } from "#domain/ports/dead-letters.ts";
import type { Deliveries } from "#domain/ports/deliveries.ts";
import type { Engine } from "#domain/ports/engine.ts";
import type { Events } from "#domain/ports/events.ts";
import type { Failures } from "#domain/ports/failures.ts";
import type { Hooks } from "#domain/ports/hooks.ts";
import type { Ownerships } from "#domain/ports/hub.ts";
import type { Incidents } from "#domain/ports/incidents.ts";
import type { Ledger } from "#domain/ports/ledger.ts";
import type { Outbox } from "#domain/ports/outbox.ts";
import type { Audit, Groups, People } from "#domain/ports/people.ts";
import type { Queue } from "#domain/ports/queue.ts";
import type { Invitations, Registry, Safe } from "#domain/ports/registry.ts";
import type { Runs } from "#domain/ports/runs.ts";
import type { Apps, SignIns } from "#domain/ports/sign-in.ts";
import type { Figures, SettingsStore } from "#domain/ports/settings.ts";
import type { Subscriptions } from "#domain/ports/subscriptions.ts";
import type { Tools } from "#domain/ports/tools.ts";
import type { Watches } from "#domain/ports/watches.ts";
import type { Clock, Hash } from "#domain/ports/world.ts";
import type { SystemHealth } from "./contract.ts";
import type { Recipe } from "./recipes/read.ts";
import type { Previews } from "./flows/previews.ts";

/** Everything the operations work through. */
export type World = {
  registry: Registry;
  safe: Safe;
  invitations: Invitations;
  signIns: SignIns;
  apps: Pick<Apps, "keep">;
  subscriptions: Subscriptions;
  runs: Runs;
  letters: DeadLetters;
  conflicts: Conflicts;
  incidents: Incidents;
  failures: Failures;
  events: Events;
  deliveries: Deliveries;
  people: People;
  groups: Groups;
  audit: Audit;
  approvals: Approvals;
  connectorVersions: ConnectorVersions;
  hooks: Hooks;
  ownerships: Ownerships;
  watches: Watches;
  outbox: Outbox;
  settings: SettingsStore;
  figures: Figures;
  tools: Tools;
  engine: Pick<Engine, "preview" | "sample">;
  ledger: Pick<Ledger, "links" | "owed">;
  previews: Previews;
  readyMade: ReadyMade;
  queue: Queue;
  clock: Pick<Clock, "now">;
  hash: Hash;
  /** Whether the value a reference points to is there. The value itself never comes here. */
  given(source: Exclude<SecretSource, { kind: "kept" }>): Promise<boolean>;
  about: About;
};

/** What comes with this installation to make flows from. */
export type ReadyMade = {
  conversions: ReadonlyMap<string, Conversion>;
  recipes: readonly Recipe[];
};

/** Settings, and references to the values of a credential. */
export type UsualValues = {
  settings: Readonly<Record<string, string>>;
  credential: Readonly<Record<string, string>>;
};

/** The installation itself. */
export type About = {
  version: string;
  upSince: Temporal.Instant;
  /** Where browsers reach us, without a slash at the end. */
  publicUrl(): string;
  /** The Slack workspace we answer; null until it is known. */
  teamId(): string | null;
  /** Where connections of this connector lead unless a person says otherwise; null is the tool itself. */
  usualBaseUrl(connector: string): string | null;
  /** What such a connection is usually told here; null where nothing is usual. */
  usualValues(connector: string): UsualValues | null;
  /** Whether whoever hosts us lets connections lead to this machine, as in a sandbox. */
  loopback: boolean;
  /** Slack user ids that are admins whatever the store says. */
  admins: readonly string[];
  database(): Promise<SystemHealth["database"]>;
  slack(): SystemHealth["slack"];
};
