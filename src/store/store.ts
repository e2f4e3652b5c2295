import { allowanceIn } from "./allowance.ts";
import { approvalsIn } from "./approvals.ts";
import { appsIn } from "./apps.ts";
import { auditIn } from "./audit.ts";
import { conflictsIn } from "./conflicts.ts";
import { connectorVersionsIn } from "./connector-versions.ts";
import type { Database } from "./handle.ts";
import { deadLettersIn } from "./dead-letters.ts";
import { eventsIn } from "./events.ts";
import { deliveriesIn } from "./deliveries.ts";
import { failuresIn } from "./failures.ts";
import { figuresIn } from "./figures.ts";
import { hintsIn } from "./hints.ts";
import { hooksIn } from "./hooks.ts";
import { hubIn } from "./hub.ts";
import { inboxIn } from "./inbox.ts";
import { incidentsIn } from "./incidents.ts";
import { invitationsIn } from "./invitations.ts";
import { ledgerIn } from "./ledger.ts";
import { outboxIn } from "./outbox.ts";
import { ownershipsIn } from "./ownerships.ts";
import { peopleIn } from "./people.ts";
import { postsIn } from "./posts.ts";
import { referencesIn } from "./references.ts";
import { registryIn } from "./registry.ts";
import { runsIn } from "./runs.ts";
import { safeIn } from "./safe.ts";
import type { Sealing } from "./sealing.ts";
import type { SecretPlaces } from "./secret-sources.ts";
import { settingsIn } from "./settings.ts";
import { signInsIn } from "./sign-ins.ts";
import { subscriptionsIn } from "./subscriptions.ts";
import { vaultIn } from "./vault.ts";
import { watchesIn } from "./watches.ts";

export type Store = ReturnType<typeof openStore>;

/** Every port of the domain that remembers something, over one database. */
export const openStore = (db: Database, { sealing, secrets }: StoreOptions) => ({
  registry: registryIn(db),
  safe: safeIn(db, sealing),
  invitations: invitationsIn(db),
  signIns: signInsIn(db, sealing),
  apps: appsIn(db, sealing),
  vault: vaultIn(db, { ...secrets, sealing }),
  allowance: allowanceIn(db),
  ledger: ledgerIn(db),
  references: referencesIn(db),
  conflicts: conflictsIn(db),
  hub: hubIn(db),
  ownerships: ownershipsIn(db),
  inbox: inboxIn(db),
  hints: hintsIn(db),
  hooks: hooksIn(db, sealing),
  subscriptions: subscriptionsIn(db, sealing),
  events: eventsIn(db),
  deliveries: deliveriesIn(db),
  watches: watchesIn(db),
  runs: runsIn(db),
  letters: deadLettersIn(db),
  incidents: incidentsIn(db),
  failures: failuresIn(db),
  people: peopleIn(db),
  audit: auditIn(db),
  approvals: approvalsIn(db),
  connectorVersions: connectorVersionsIn(db),
  outbox: outboxIn(db),
  posts: postsIn(db),
  settings: settingsIn(db),
  figures: figuresIn(db),
});

type StoreOptions = {
  /** From `openMasterKey`. */
  sealing: Sealing;
  /** Where `env:` and `file:` values are. */
  secrets: SecretPlaces;
};
