import { type Talker, talkers } from "../events/echo.ts";
import type { ObjectCase } from "./object-lines.ts";
import { acceptance } from "./suite.ts";

const sent =
  "its records are sent to us; what is kept of them is read in test/store/inbox.contract.ts";
const skip: ObjectCase["skip"] = {
  lists: sent,
  pages: sent,
  "reads incrementally": sent,
  "resumes after a kill": sent,
  "waits when asked to": sent,
  "parks when the quota is spent": sent,
  "bears schema drift": sent,
  "refuses one of a batch":
    "an event goes alone; a receiver that refuses one is in test/connectors/events",
};
const told: ObjectCase = { seed: 0, edit: {}, skip };

const everywhere = {
  "401 with refresh": "an address and a key are given once, and nothing renews them",
  "revoked token": "nothing is read of them; what stops a write is in test/connectors/events",
  "scopes minimal": "no address has scopes, and a key of Make does not tell its own",
};
const unasked = {
  "secrets never shown, though the tool repeats them":
    "nothing is asked of it, so there is no answer to repeat them in",
};
const skipped: Record<Talker, Record<string, string>> = {
  make: everywhere,
  zapier: { ...everywhere, ...unasked },
  webhook: {
    ...everywhere,
    ...unasked,
    "secrets marked": "its address is none: messages are believed for their signature alone",
  },
};

for (const name of talkers)
  acceptance(
    name,
    {
      customers: told,
      companies: told,
      deals: told,
      orders: told,
      invoices: told,
      projects: told,
      tasks: told,
      files: { ...told, change: { field: "media_type", to: "text/csv" } },
    },
    { skip: skipped[name] },
  );
