import { pageRoutes } from "../records-page.ts";
import { simulated } from "../simulated.ts";
import type { StartTool } from "../simulated-tool.ts";
import type { Tool } from "../tool-server.ts";
import { LASTING_TOKEN, openAccess } from "./access/access.ts";
import { openGate } from "./access/gate.ts";
import {
  AUTHORIZE_PATH,
  CLIENT_ID,
  CLIENT_SECRET,
  openIntuitSignIn,
  REALM,
  TOKEN_PATH,
} from "./access/sign-in.ts";
import { type Company, openCompany } from "./company/company.ts";
import { edit } from "./edit.ts";
import { unsupportedOperation } from "./errors.ts";
import { authenticationFailed, systemFault, throttled } from "./gateway-errors.ts";
import { routesOf } from "./interface/routes.ts";
import { customersPage } from "./pages/customers.ts";
import { invoicesPage } from "./pages/invoices.ts";
import { itemsPage } from "./pages/items.ts";
import { OWN } from "./seed/customers.ts";
import { addMadeUp, seedCompany } from "./seed/seed.ts";
import { switchesOf } from "./switches.ts";
import { cloudEvent, openWebhooks, webhooksPage } from "./webhooks.ts";

const wording: Tool["wording"] = {
  tooManyRequests: throttled,
  serverError: systemFault,
  expiredToken: authenticationFailed,
  notFound: (path) => unsupportedOperation(`Operation ${path} is not supported.`).answer,
  wrongMethod: (method) => unsupportedOperation(`Method ${method} is not supported.`).answer,
};

/** A QuickBooks Online company with a few customers (`seed`, 7), their invoices, and what it sells. */
export const startQuickbooks: StartTool = simulated(
  "quickbooks",
  OWN,
  ({ shelf, seed, limits, flaws, parts }) => {
    const webhook = parts.use(openWebhooks(shelf));
    const company = openCompany(shelf, (happening) => webhook.say(cloudEvent(happening)));
    const madeUp = shelf.collection<number>("made_up");
    shelf.together(() => seedCompany(company, madeUp, seed, flaws));
    for (const { tally } of [company.customers, company.invoices]) {
      Object.assign(tally, { creates: 0, updates: 0, archived: 0 });
    }
    const signIn = openIntuitSignIn(shelf);
    const access = openAccess(signIn, shelf.collection<boolean>("access"));
    const gate = openGate(limits, access);

    return {
      title: "QuickBooks",
      tool: { routes: [...signIn.routes, ...routesOf(company, shelf)], gate: gate.gate, wording },
      pages: pageRoutes(
        customersPage(company),
        invoicesPage(company),
        itemsPage(company),
        webhooksPage(webhook),
      ),
      controls: {
        switches: switchesOf({ company, gate, access, signIn, webhook }),
        seed: (object, count) => shelf.together(() => addMadeUp(company, madeUp, object, count)),
        edit: (id, set, object) => edit(company, object, id, set),
      },
      stats: () => ({ limited: gate.limited, ...counts(company) }),
      credential: () => ({ token: LASTING_TOKEN }),
      // What new invoices sell: "Services".
      settings: { realm_id: REALM, item_id: "1" },
      oauth: {
        authorize: AUTHORIZE_PATH,
        token: TOKEN_PATH,
        client_id: CLIENT_ID,
        client_secret: CLIENT_SECRET,
        refresh: () => signIn.refresh(),
      },
    };
  },
);

/** Changes are counted over all objects; records, active ones and duplicates are customers. */
function counts({ customers, invoices, items }: Company) {
  const sum = (what: "creates" | "updates" | "archived") =>
    customers.tally[what] + invoices.tally[what];
  return {
    records: customers.size,
    active: [...customers.all()].filter(({ Active }) => Active).length,
    creates: sum("creates"),
    updates: sum("updates"),
    archived: sum("archived"),
    duplicates: customers.duplicates(),
    objects: { customers: customers.size, invoices: invoices.size, items: items.size },
  };
}
