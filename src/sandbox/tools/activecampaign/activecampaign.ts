import { randomBytes } from "node:crypto";
import { aDuration, aSwitch } from "../control.ts";
import { json } from "../http.ts";
import { pageRoutes } from "../records-page.ts";
import { type Counts, simulated } from "../simulated.ts";
import type { StartTool } from "../simulated-tool.ts";
import { accountContactRoutes } from "./account-contacts.ts";
import { accountRoutes } from "./accounts.ts";
import { openCompanyWriter } from "./company-writer.ts";
import { openContactWriter } from "./contact-writer.ts";
import { contactRoutes } from "./contacts.ts";
import { openCrm } from "./crm.ts";
import { openDealWriter } from "./deal-writer.ts";
import { dealRoutes } from "./deals.ts";
import { edit } from "./edit.ts";
import { forbidden, serverError, tooManyRequests } from "./errors.ts";
import { openEvents } from "./events.ts";
import { fieldValueRoutes } from "./field-values.ts";
import { gateOf } from "./gate.ts";
import { importRoutes } from "./import-routes.ts";
import { openImports } from "./imports.ts";
import { listRoutes } from "./lists.ts";
import { metadataRoutes } from "./metadata.ts";
import { pagesOf } from "./page.ts";
import { seedAll, seeding } from "./seed.ts";
import { tagRoutes } from "./tags.ts";
import { webhookRoutes } from "./webhooks.ts";

const API = "/api/3";

/** An ActiveCampaign account of 60 contacts (`seed`), with accounts, deals and three lists. */
export const startActivecampaign: StartTool = simulated(
  "activecampaign",
  60,
  ({ shelf, seed, limits, flaws, parts, origin }) => {
    const crm = openCrm(shelf);
    const events = openEvents(shelf);
    const writers = {
      contacts: openContactWriter(crm, events),
      companies: openCompanyWriter(crm, events),
      deals: openDealWriter(crm, events),
    };
    const make = seeding(crm, writers, flaws);
    const madeUp = shelf.collection<number>("made_up");
    if (crm.lists.size === 0) {
      seedAll(crm, make, seed);
      for (const name of ["contacts", "accounts", "deals"] as const)
        madeUp.set(name, crm[name].size);
    }
    const imports = parts.use(openImports(shelf, crm, writers.contacts, writers.companies));
    const keys = shelf.collection<string>("keys");
    const key = (): string => {
      const known = keys.get("key");
      if (known !== undefined) return known;
      const fresh = randomBytes(36).toString("hex");
      keys.set("key", fresh);
      return fresh;
    };
    const gate = gateOf(limits, key);
    // The links of answers name the account's own address, which is known once it listens.
    const at = {
      get api() {
        return origin() + API;
      },
    };

    const routes = [
      ...metadataRoutes(at),
      ...contactRoutes(crm, writers.contacts, at),
      ...fieldValueRoutes(crm, at),
      ...accountRoutes(crm, writers.companies, at),
      ...accountContactRoutes(crm, writers.companies, at),
      ...dealRoutes(crm, writers.deals, at),
      ...listRoutes(crm, writers.contacts, events, at),
      ...tagRoutes(crm, writers.contacts, events, at),
      ...importRoutes(imports, () => gate.on),
      ...webhookRoutes(events),
    ].map((route) => ({ ...route, path: API + route.path }));

    function stats(): Counts {
      const emails = [...crm.contacts.all()].map(({ email }) => email.toLowerCase());
      return {
        limited: gate.limited,
        records: crm.contacts.size,
        active: crm.contacts.size,
        ...crm.tally,
        objects: {
          contacts: crm.contacts.size,
          accounts: crm.accounts.size,
          deals: crm.deals.size,
        },
        duplicates: emails.length - new Set(emails).size,
      };
    }

    return {
      title: "ActiveCampaign",
      tool: {
        routes,
        gate: gate.gate,
        wording: {
          tooManyRequests,
          serverError,
          expiredToken: forbidden,
          notFound: () => json(404, { message: "No Route found for the requested address" }),
          wrongMethod: (method) => json(405, { message: `The method ${method} is not allowed` }),
        },
      },
      pages: pageRoutes(...pagesOf(crm, writers)),
      controls: {
        switches: {
          limits: aSwitch((on) => (gate.on = on)),
          lapsed: aSwitch((on) => (gate.lapsed = on)),
          import_ms: aDuration((ms) => (imports.delayMs = ms)),
          revoke: aSwitch((on) => {
            if (on) keys.delete("key");
          }),
        },
        seed(object, count) {
          if (object !== "contacts" && object !== "accounts" && object !== "deals")
            throw new Error("There are contacts, accounts and deals.");
          const from = madeUp.get(object) ?? 0;
          for (let n = from; n < from + count; n += 1) make[object](n);
          madeUp.set(object, from + count);
          return crm[object].size;
        },
        edit: (id, set, object) => edit(crm, writers, object ?? "contacts", id, set),
      },
      stats,
      credential: () => ({ token: key() }),
      // The newsletter, and its own fields by their numbers.
      settings: {
        list_id: "1",
        contact_columns:
          "mobile = 1; website = 2; address.line1 = 3; address.city = 4; address.region = 5; address.postcode = 6; address.country = 7; notes = 11",
      },
      oauth: null,
    };
  },
);
