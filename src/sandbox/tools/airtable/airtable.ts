import { aChoice, aDuration, aSwitch } from "../control.ts";
import type { Route } from "../http.ts";
import { pageRoutes } from "../records-page.ts";
import { openSignIn, type SignIn } from "../sign-in.ts";
import { type Counts, simulated } from "../simulated.ts";
import type { StartTool } from "../simulated-tool.ts";
import type { Tool } from "../tool-server.ts";
import { PERSONAL_TOKEN, SCOPES } from "./account.ts";
import { openBase, type Base } from "./base.ts";
import { editRow, tableOf } from "./edit.ts";
import { notFound, serverError, signedOut, tooFast, wrongMethod } from "./errors.ts";
import { openGate, type Gate } from "./gate.ts";
import { type Lists, openLists } from "./list.ts";
import { BASE_ID, bases, tables, whoami } from "./meta.ts";
import { tableRecords } from "./page.ts";
import { recordRoutes } from "./records.ts";
import { fieldOf } from "./schema.ts";
import { openSeeding, seedBase } from "./seed.ts";
import { openHooks } from "./subscriptions.ts";
import { openWebhooks, type Webhooks } from "./webhooks.ts";

const AUTHORIZE = "/oauth2/v1/authorize";
const TOKEN = "/oauth2/v1/token";
const CLIENT_ID = "5117ed00-51de-4a11-8b0e-000000a17ab1";
const CLIENT_SECRET = "simulated0secret0of0the0airtable0integration";
const REFRESH_SECONDS = 5_184_000;

/** An Airtable base of eight tables, with 60 customers (`seed`), and the interface for its records. */
export const startAirtable: StartTool = simulated(
  "airtable",
  60,
  ({ shelf, seed, limits, flaws }) => {
    let hear: Webhooks["hear"] = () => undefined;
    const base = openBase(shelf, (transaction) => hear(transaction));
    const started = shelf.collection<boolean>("started");
    if (started.get("seeded") === undefined) {
      seedBase(shelf, base, seed, flaws);
      started.set("seeded", true);
      Object.assign(base.tally, { creates: 0, updates: 0, archived: 0 });
    }
    const hooks = openHooks(shelf, base.schema);
    const webhooks = openWebhooks(hooks, base.schema);
    hear = webhooks.hear;
    const signIn = openSignIn(shelf, {
      title: "Airtable",
      authorize: AUTHORIZE,
      token: TOKEN,
      client_id: CLIENT_ID,
      client_secret: CLIENT_SECRET,
      client: "basic",
      pkce: "required",
      body: "form",
      scopes: SCOPES,
      rotates: true,
      endsAccess: true,
      accessSeconds: 3600,
      besides: () => ({ token_type: "Bearer", refresh_expires_in: REFRESH_SECONDS }),
    });
    const guard = openGate(limits, signIn);
    const lists = openLists(base);
    const seeding = openSeeding(shelf, base);

    function stats(): Counts {
      const objects = Object.fromEntries(
        base.schema.tables().map((table) => [table.name.toLowerCase(), base.count(table)]),
      );
      const records = Object.values(objects).reduce((sum, count) => sum + count, 0);
      return {
        limited: guard.limited,
        records,
        active: records,
        ...base.tally,
        objects,
        duplicates: sharedEmails(base),
      };
    }

    return {
      title: "Airtable",
      tool: { routes: routesOf(base, lists, webhooks, signIn, guard), gate: guard.gate, wording },
      pages: pageRoutes(...base.schema.tables().map((table) => tableRecords(base, table))),
      controls: {
        switches: {
          limits: aSwitch((on) => (guard.limits = on)),
          locked_ms: aDuration((ms) => (guard.lockedMs = ms)),
          quota: aChoice(["spent", "fine"], (quota) => (guard.spent = quota === "spent")),
          cursor_ms: aDuration((ms) => (lists.lifeMs = ms)),
          access_token_ms: aDuration((ms) => (signIn.lifetimeMs = ms)),
          revoke: aSwitch((on) => on && signIn.revokeAll()),
          webhook_ms: aDuration((ms) => (hooks.lifeMs = ms)),
          rename_field: (given) => rename(base, given),
        },
        seed(object, count) {
          const table = tableOf(base, object);
          seeding.add(table, count);
          return base.count(table);
        },
        edit: (id, set, object) => editRow(base, tableOf(base, object ?? "customers"), id, set),
      },
      stats,
      credential: () => ({ token: PERSONAL_TOKEN }),
      settings: {
        base_id: BASE_ID,
        ...Object.fromEntries(
          base.schema.tables().map(({ id, name }) => [`${name.toLowerCase()}_table`, id]),
        ),
      },
      oauth: {
        authorize: AUTHORIZE,
        token: TOKEN,
        client_id: CLIENT_ID,
        client_secret: CLIENT_SECRET,
        refresh: () => signIn.refresh(),
      },
    };
  },
);

const wording: Tool["wording"] = {
  tooManyRequests: tooFast,
  serverError,
  expiredToken: signedOut,
  notFound,
  wrongMethod,
};

const routesOf = (
  base: Base,
  lists: Lists,
  webhooks: Webhooks,
  signIn: SignIn,
  guard: Gate,
): Route[] => [
  ...signIn.routes,
  { method: "GET", path: "/v0/meta/whoami", handle: (request) => whoami(guard.account(request)) },
  { method: "GET", path: "/v0/meta/bases", handle: bases },
  { method: "GET", path: "/v0/meta/bases/:base/tables", handle: () => tables(base.schema) },
  ...webhooks.routes,
  ...recordRoutes(base, lists),
];

/** `{table, from, to}`: what a person does to a field, after which programs that call it by name fail. */
function rename(base: Base, given: unknown): void {
  const { table, from, to } = (given ?? {}) as Record<string, unknown>;
  if (typeof table !== "string" || typeof from !== "string" || typeof to !== "string")
    throw new Error('Say which, as in {"table": "Customers", "from": "Email", "to": "E-mail"}.');
  base.schema.renameField(table, from, to);
}

function sharedEmails(base: Base): number {
  const table = base.schema.table("Customers");
  const email = table && fieldOf(table, "Email");
  if (table === undefined || email === undefined) return 0;
  const emails = [...base.rows(table)].flatMap(({ cells }) => cells[email.id] ?? []);
  return emails.length - new Set(emails.map((one) => String(one).toLowerCase())).size;
}
