import { aDuration, aSwitch } from "../control.ts";
import { router } from "../http.ts";
import { pageRoutes } from "../records-page.ts";
import { openSignIn } from "../sign-in.ts";
import { type Counts, simulated } from "../simulated.ts";
import type { StartTool } from "../simulated-tool.ts";
import { type Audience, audiences, main } from "./audiences.ts";
import { batchRoutes } from "./batch-routes.ts";
import { openBatches } from "./batches.ts";
import { editMember } from "./edit.ts";
import { openGate } from "./gate.ts";
import { listRoutes } from "./lists.ts";
import { openMembers } from "./members.ts";
import { runOperation } from "./run-operation.ts";
import { memberRecords } from "./page.ts";
import { notFound, serverError, wrongKey, wrongMethod } from "./problems.ts";
import { KEY, rootRoutes } from "./root.ts";
import { openSeeding, seedMembers } from "./seed.ts";
import { openWebhooks } from "./webhooks.ts";

const AUTHORIZE = "/oauth2/authorize";
const TOKEN = "/oauth2/token";
const CLIENT_ID = "635959587059";
const CLIENT_SECRET = "0da3e7744949e1406b7b250051ee1a95";
const TEN_YEARS_MS = 315_360_000_000;

/** A Mailchimp account of two audiences, the first of them with 60 members (`seed`). */
export const startMailchimp: StartTool = simulated(
  "mailchimp",
  60,
  ({ shelf, seed, limits, flaws, parts }) => {
    const webhooks = openWebhooks(shelf);
    const members = openMembers(shelf, (change) => webhooks.hear(change));
    const started = shelf.collection<boolean>("started");
    if (started.get("seeded") === undefined) {
      seedMembers(shelf, members, seed, flaws);
      started.set("seeded", true);
      Object.assign(members.tally, { creates: 0, updates: 0, archived: 0 });
    }
    const seeding = openSeeding(shelf, members);
    const signIn = openSignIn(shelf, {
      title: "Mailchimp",
      authorize: AUTHORIZE,
      token: TOKEN,
      client_id: CLIENT_ID,
      client_secret: CLIENT_SECRET,
      client: "body",
      pkce: "accepted",
      body: "form",
      scopes: [],
      rotates: false,
      accessSeconds: null,
      offline: () => false,
      // As recorded; what they say is that it does not end, and that there are none.
      besides: () => ({ expires_in: 0, scope: null }),
    });
    signIn.lifetimeMs = TEN_YEARS_MS;
    const routes = [...listRoutes(members), ...webhooks.routes, ...rootRoutes(members, signIn)];
    const find = router(routes);
    const batches = parts.use(openBatches(shelf, (operation) => runOperation(find, operation)));
    const batching = batchRoutes(batches);
    const guard = openGate(limits, signIn);

    function stats(): Counts {
      const all = audiences.flatMap(({ id }) => members.all(id));
      return {
        limited: guard.limited,
        records: all.length,
        active: all.filter(({ status }) => status !== "archived").length,
        ...members.tally,
        objects: Object.fromEntries(audiences.map(({ id, object }) => [object, members.count(id)])),
        // An address is in an audience once.
        duplicates: 0,
      };
    }

    return {
      title: "Mailchimp",
      tool: {
        routes: [...signIn.routes, ...batching.routes, ...routes],
        gate: guard.gate,
        wording: {
          tooManyRequests: (retryAfter) => guard.tooMany(retryAfter),
          serverError,
          expiredToken: wrongKey,
          notFound,
          wrongMethod,
        },
      },
      pages: pageRoutes(...audiences.map((audience) => memberRecords(members, audience))),
      controls: {
        switches: {
          limits: aSwitch((on) => (guard.limits = on)),
          latency_ms: aDuration((ms) => (guard.latencyMs = ms)),
          revoke: aSwitch((on) => on && signIn.revokeAll()),
          batch_ms: aDuration((ms) => (batches.lastsMs = ms)),
          result_url_ms: aDuration((ms) => (batching.urlMs = ms)),
        },
        seed(object, count) {
          const audience = audienceOf(object);
          seeding.add(audience, count);
          return members.all(audience.id).filter(({ status }) => status !== "archived").length;
        },
        edit: (id, set, object) => editMember(members, audienceOf(object ?? main.object), id, set),
      },
      stats,
      credential: () => ({ token: KEY }),
      settings: {
        audience_id: main.id,
        members_columns:
          "company_name = COMPANY; mobile = MOBILE; website = WEBSITE; notes = NOTES",
      },
      oauth: {
        authorize: AUTHORIZE,
        token: TOKEN,
        client_id: CLIENT_ID,
        client_secret: CLIENT_SECRET,
        // There is none: what an app is given lasts until somebody takes it away.
        refresh: () => "",
      },
    };
  },
);

function audienceOf(object: string): Audience {
  const found = audiences.find((audience) => [audience.object, audience.id].includes(object));
  if (found !== undefined) return found;
  throw new Error(`There is nothing called "${object}"; there are ${audiences.map((audience) => audience.object).join(", ")}.`); // prettier-ignore
}
