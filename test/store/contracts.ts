import { incidentsContract } from "./incidents.contract.ts";
import { ledgerContract } from "./ledger.contract.ts";
import { lettersContract } from "./letters.contract.ts";
import { registryContract } from "./registry.contract.ts";
import { runsContract } from "./runs.contract.ts";

/** What every database must do alike. */
export const contracts = [
  { name: "registry", contract: registryContract },
  { name: "runs", contract: runsContract },
  { name: "ledger", contract: ledgerContract },
  { name: "dead letters", contract: lettersContract },
  { name: "incidents", contract: incidentsContract },
];
