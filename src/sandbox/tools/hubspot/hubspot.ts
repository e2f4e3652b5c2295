import { pageRoutes } from "../records-page.ts";
import { type Counts, simulated } from "../simulated.ts";
import type { StartTool } from "../simulated-tool.ts";
import type { Tool } from "../tool-server.ts";
import { openAccess, SERVICE_KEY } from "./access/access.ts";
import { editRecord } from "./edit.ts";
import { errorAnswer, expiredToken, tooManyRequests } from "./errors.ts";
import { openGate } from "./access/gate.ts";
import { recordsPage } from "./page.ts";
import { openPortal, type Portal } from "./portal.ts";
import type { Records } from "./records/records.ts";
import { routesOf } from "./interface/routes.ts";
import { addMadeUp, seedPortal } from "./seed/seed.ts";
import {
  AUTHORIZE_PATH,
  CLIENT_ID,
  CLIENT_SECRET,
  openHubspotSignIn,
  TOKEN_PATH,
} from "./access/sign-in.ts";
import { switchesOf } from "./switches.ts";
import { webhooksPage } from "./webhooks/page.ts";
import { openWebhooks } from "./webhooks/webhooks.ts";

const SEARCH_LAG_MS = 200;

const wording: Tool["wording"] = {
  tooManyRequests: (retryAfter) => tooManyRequests("TEN_SECONDLY_ROLLING", retryAfter),
  serverError: (status) => errorAnswer(status, { message: "internal error" }),
  expiredToken,
  notFound: () => errorAnswer(404, { message: "Resource not found", category: "OBJECT_NOT_FOUND" }),
  wrongMethod: (method) => errorAnswer(405, { message: `HTTP method ${method} is not supported` }),
};

/** A HubSpot portal of 500 contacts (`seed`) and what belongs to them, with the interface of 2026-09. */
export const startHubspot: StartTool = simulated(
  "hubspot",
  500,
  ({ shelf, seed, limits, flaws, parts }) => {
    const { listener, webhook } = openWebhooks(shelf);
    parts.use(webhook);
    const portal = openPortal(shelf, listener);
    const madeUp = shelf.collection<number>("made_up");
    shelf.together(() => seedPortal(portal, madeUp, { contacts: seed, flawed: flaws }));
    const all = [...portal.objects.values()];
    for (const { records, index } of all) {
      records.tally.creates = 0;
      index.lagMs = SEARCH_LAG_MS;
    }
    const signIn = openHubspotSignIn(shelf);
    const access = openAccess(signIn, shelf.collection<boolean>("access"));
    const gate = openGate(limits, access);

    return {
      title: "HubSpot",
      tool: { routes: [...signIn.routes, ...routesOf(portal, access)], gate: gate.gate, wording },
      pages: pageRoutes(...all.map(({ records }) => recordsPage(records)), webhooksPage(webhook)),
      controls: {
        switches: switchesOf({ portal, gate, access, signIn, webhook }),
        seed: (object, count) => shelf.together(() => addMadeUp(portal, madeUp, object, count)),
        edit: (id, set, object) => editRecord(portal, object, id, set),
      },
      stats: () => ({ limited: gate.limited, ...counts(portal) }),
      credential: () => ({ token: SERVICE_KEY }),
      settings: {},
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

/** Changes are counted over all objects; records, active ones and duplicates are contacts. */
function counts(portal: Portal): Omit<Counts, "limited"> {
  const all = [...portal.objects.values()].map(({ records }) => records);
  const contacts = portal.records("contacts");
  const active = [...contacts.all()].filter(({ archivedAt }) => archivedAt === null);
  const emails = active.flatMap(({ properties: { email } }) => email?.toLowerCase() ?? []);
  const sum = (count: (records: Records) => number) => all.reduce((n, one) => n + count(one), 0);
  return {
    records: contacts.size,
    active: active.length,
    creates: sum(({ tally }) => tally.creates),
    updates: sum(({ tally }) => tally.updates),
    archived: sum(({ tally }) => tally.archived),
    duplicates: emails.length - new Set(emails).size,
    objects: Object.fromEntries(all.map(({ type, size }) => [type.name, size])),
  };
}
