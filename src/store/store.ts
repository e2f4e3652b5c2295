import type { Database } from "./database.ts";
import { deadLettersIn } from "./dead-letters.ts";
import { incidentsIn } from "./incidents.ts";
import { ledgerIn } from "./ledger.ts";
import { registryIn } from "./registry.ts";
import { runsIn } from "./runs.ts";

/** Every port of the domain that remembers something, over one database. */
export function openStore(db: Database) {
  return {
    registry: registryIn(db),
    ledger: ledgerIn(db),
    runs: runsIn(db),
    letters: deadLettersIn(db),
    incidents: incidentsIn(db),
  };
}
