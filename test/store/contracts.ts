import { allowanceContract } from "./allowance.contract.ts";
import { approvalsContract } from "./approvals.contract.ts";
import { clocksContract } from "./clocks.contract.ts";
import { deliveriesContract } from "./deliveries.contract.ts";
import { bulkRetryContract } from "./bulk-retry.contract.ts";
import { eventsContract } from "./events.contract.ts";
import { flowsContract } from "./flows.contract.ts";
import { failuresContract } from "./failures.contract.ts";
import { growthContract } from "./growth.contract.ts";
import { hooksContract } from "./hooks.contract.ts";
import { hubContract } from "./hub.contract.ts";
import { inboxContract } from "./inbox.contract.ts";
import { incidentsContract } from "./incidents.contract.ts";
import { ledgerContract } from "./ledger.contract.ts";
import { lettersContract } from "./letters.contract.ts";
import { peopleContract } from "./people.contract.ts";
import { restContract } from "./rest.contract.ts";
import { previewContract } from "./preview.contract.ts";
import { registryContract } from "./registry.contract.ts";
import { runsContract } from "./runs.contract.ts";
import { secretsContract } from "./secrets.contract.ts";
import { signingContract } from "./signing.contract.ts";
import { tellingContract } from "./telling.contract.ts";
import { watchingContract } from "./watching.contract.ts";
import { twoWayContract } from "./two-way.contract.ts";

/** What every database must do alike. */
export const contracts = [
  { name: "registry", contract: registryContract },
  { name: "flows", contract: flowsContract },
  { name: "runs", contract: runsContract },
  { name: "bulk retry", contract: bulkRetryContract },
  { name: "clocks", contract: clocksContract },
  { name: "ledger", contract: ledgerContract },
  { name: "dead letters", contract: lettersContract },
  { name: "deliveries", contract: deliveriesContract },
  { name: "events", contract: eventsContract },
  { name: "failures", contract: failuresContract },
  { name: "hooks", contract: hooksContract },
  { name: "hub", contract: hubContract },
  { name: "inbox", contract: inboxContract },
  { name: "incidents", contract: incidentsContract },
  { name: "secrets", contract: secretsContract },
  { name: "signing in", contract: signingContract },
  { name: "allowance", contract: allowanceContract },
  { name: "people", contract: peopleContract },
  { name: "approvals", contract: approvalsContract },
  { name: "growth", contract: growthContract },
  { name: "telling", contract: tellingContract },
  { name: "watching", contract: watchingContract },
  { name: "previews", contract: previewContract },
  { name: "two-way", contract: twoWayContract },
  { name: "two-way at rest", contract: restContract },
];
