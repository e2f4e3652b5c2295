import type { Shelf } from "../../collection.ts";
import { aChoice, aDuration, aSwitch } from "../control.ts";
import { pageRoutes } from "../records-page.ts";
import { type Counts, simulated } from "../simulated.ts";
import type { StartTool } from "../simulated-tool.ts";
import { accountingRoutes } from "./accounting.ts";
import { callbackRoutes } from "./callback-routes.ts";
import { type Callbacks, openCallbacks } from "./callbacks.ts";
import { openClients } from "./clients.ts";
import { editBooks } from "./edit.ts";
import { DIALECTS, noSuchPath, serverError, tooManyRequests, unauthenticated } from "./errors.ts";
import { openGate } from "./gate.ts";
import { ACCOUNT_ID, BUSINESS_ID, IDENTITY_ID, identityRoute } from "./identity.ts";
import { openInvoices } from "./invoices.ts";
import { bookRecords } from "./page.ts";
import { projectRoutes } from "./project-routes.ts";
import { openProjects } from "./projects.ts";
import { type Books, seedBooks, seedMore } from "./seed.ts";
import { AUTHORIZE_PATH, CLIENT_ID, CLIENT_SECRET, LASTING_TOKEN, openTokens, TOKEN_PATH } from "./tokens.ts"; // prettier-ignore

/**
 * A FreshBooks business of 60 clients (`seed`), as many invoices, and 40 projects. `/_config` takes besides
 * the usual `callback_delay_ms`, and `errors`: how accounting words them, "classic", "ok" (the same in a 200)
 * or "rpc". `/_edit` pays an invoice by `{paid: "40.00"}` and deletes a project by `{deleted: true}`.
 */
export const startFreshbooks: StartTool = simulated(
  "freshbooks",
  60,
  ({ shelf, seed, limits, flaws }) => {
    const callbacks = openCallbacks(shelf, {
      account: ACCOUNT_ID,
      business: BUSINESS_ID,
      identity: IDENTITY_ID,
    });
    const books = openBooks(shelf, callbacks);
    const seeded = shelf.collection<number>("seeded");
    if (seeded.get("clients") === undefined) {
      seedBooks(books, seed, flaws);
      seeded.set("clients", seed);
      for (const { tally } of Object.values(books)) Object.assign(tally, NOTHING);
    }
    const tokens = openTokens(shelf);
    const guard = openGate(limits, tokens);

    function stats(): Counts {
      const clients = [...books.clients.all()];
      const active = clients.filter(({ vis_state: state }) => state === 0);
      const emails = active.flatMap(({ email }) => (email === "" ? [] : email.toLowerCase()));
      const count = (name: "creates" | "updates" | "archived") =>
        Object.values(books).reduce((sum, { tally }) => sum + tally[name], 0);
      return {
        limited: guard.limited,
        records: clients.length,
        active: active.length,
        creates: count("creates"),
        updates: count("updates"),
        archived: count("archived"),
        duplicates: emails.length - new Set(emails).size,
        objects: {
          clients: clients.length,
          invoices: [...books.invoices.all()].length,
          projects: [...books.projects.all()].length,
        },
      };
    }

    return {
      title: "FreshBooks",
      tool: {
        routes: [
          ...tokens.routes,
          identityRoute,
          ...accountingRoutes(books.clients, books.invoices, () => guard.dialect),
          ...projectRoutes(books.projects, BUSINESS_ID),
          ...callbackRoutes(callbacks),
        ],
        gate: (request, next) => guard.gate(request, next),
        wording: {
          tooManyRequests,
          serverError,
          expiredToken: unauthenticated,
          notFound: noSuchPath,
          wrongMethod: noSuchPath,
        },
      },
      pages: pageRoutes(...bookRecords(books)),
      controls: {
        switches: {
          limits: aSwitch((on) => (guard.on = on)),
          access_token_ms: aDuration((ms) => (tokens.signIn.lifetimeMs = ms)),
          callback_delay_ms: aDuration((ms) => (callbacks.delayMs = ms)),
          revoke: aSwitch((ended) => {
            tokens.revoked = ended;
            if (ended) tokens.signIn.revokeAll();
          }),
          /** How accounting words its errors: "classic", "ok" (in status 200) or "rpc". */
          errors: aChoice(DIALECTS, (dialect) => (guard.dialect = dialect)),
        },
        seed: (object, count) => seedMore(books, object, count),
        edit: (id, set, object) => editBooks(books, object, id, set),
      },
      stats,
      credential: () => ({ token: LASTING_TOKEN }),
      settings: { account_id: ACCOUNT_ID, business_id: BUSINESS_ID },
      oauth: {
        authorize: AUTHORIZE_PATH,
        token: TOKEN_PATH,
        client_id: CLIENT_ID,
        client_secret: CLIENT_SECRET,
        refresh: () => tokens.signIn.refresh(),
      },
    };
  },
);

const NOTHING = { creates: 0, updates: 0, archived: 0 };

function openBooks(shelf: Shelf, callbacks: Callbacks): Books {
  const clients = openClients(shelf, ACCOUNT_ID, (verb, { id }) =>
    callbacks.tell(`client.${verb}`, id),
  );
  const invoices = openInvoices(shelf, ACCOUNT_ID, clients, (verb, { id }) =>
    callbacks.tell(`invoice.${verb}`, id),
  );
  const projects = openProjects(shelf, clients, (verb, { id }) =>
    callbacks.tell(`project.${verb}`, id),
  );
  return { clients, invoices, projects };
}
