import { aChoice, aCount, aDuration, aSwitch } from "../control.ts";
import type { Answer, Request as HttpRequest } from "../http.ts";
import { pageRoutes } from "../records-page.ts";
import { simulated } from "../simulated.ts";
import type { StartTool } from "../simulated-tool.ts";
import { AUTHORIZE, CLIENT_ID, CLIENT_SECRET, openAccess, PERSONAL_TOKEN, SIGNING_SECRET, TOKEN } from "./access.ts"; // prettier-ignore
import { openAccount, WORKSPACE } from "./account.ts";
import { badRequest, notAuthenticated, serverError, tooManyRequests, unauthorized } from "./answers.ts"; // prettier-ignore
import { openBoards } from "./boards.ts";
import { openCursors } from "./cursors.ts";
import { openEdit } from "./edit.ts";
import { openEndpoint } from "./endpoint.ts";
import { openHookDeliveries } from "./hook-deliveries.ts";
import { openHooks } from "./hooks.ts";
import { openItems } from "./items.ts";
import { openLimits } from "./limits.ts";
import { records } from "./page.ts";
import { openReplays } from "./replays.ts";
import { openRoots } from "./roots.ts";
import { openSeed } from "./seed.ts";
import { statsOf } from "./stats.ts";

const OWN_BOARDS = 40;
const API = "/v2";

/**
 * A monday.com account of 40 boards of projects (`seed`), besides one of tasks, half as many again,
 * and one each of customers, companies, deals, orders, invoices and files; with the GraphQL interface of 2026-10.
 */
export const startMonday: StartTool = simulated(
  "monday",
  OWN_BOARDS,
  ({ shelf, seed, limits, flaws, parts }) => {
    const account = openAccount(shelf);
    const hooks = openHooks(shelf);
    const deliveries = parts.use(openHookDeliveries(hooks));
    const boards = openBoards(account, (happening) => deliveries.hear(happening));
    const items = openItems(account, (happening) => deliveries.hear(happening));
    const seeds = openSeed(shelf, account, boards, items);
    seeds.once(seed, flaws);

    const access = openAccess(shelf);
    const guard = openLimits(limits);
    const cursors = openCursors();
    let standing: "full" | "viewer" | "none" = "full";
    const viewer = () => standing === "viewer";
    const world = { account, boards, items, cursors, hooks, deliveries, limits: guard, viewer };
    const endpoint = openEndpoint(guard, openReplays(shelf), openRoots(world));
    const edit = openEdit(account, boards, items, () => seeds.own("work"));

    function handle(request: HttpRequest): Promise<Answer> | Answer {
      const caller = access.callerOf(request);
      if (caller === undefined) return notAuthenticated();
      return standing === "none" ? unauthorized("me") : endpoint.answer(request, caller);
    }

    return {
      title: "monday.com",
      tool: {
        routes: [...access.routes, { method: "POST", path: API, handle }],
        gate: (_, next) => next(),
        wording: {
          tooManyRequests,
          serverError,
          expiredToken: notAuthenticated,
          notFound: (path) => ({ ...badRequest(`There is nothing at ${path}`), status: 404 }),
          wrongMethod: (method) => ({ ...badRequest(`${method} is not supported`), status: 405 }),
        },
      },
      pages: pageRoutes(...records(account, edit)),
      controls: {
        switches: {
          limits: aSwitch((on) => (guard.on = on)),
          plan: aChoice(["standard", "pro", "enterprise"], (plan) => (guard.plan = plan)),
          quota: aChoice(["spent", "fine"], (quota) => (guard.spent = quota === "spent")),
          limit_form: aChoice(["429", "200", "old"], (form) => (endpoint.limitForm = form)),
          complexity_per_minute: aCount((budget) => (guard.budget = budget)),
          mirrors_per_minute: aCount((most) => (guard.mirrorsPerMinute = most)),
          items_per_board: aCount((most) => (items.limit = most)),
          access: aChoice(["full", "viewer", "none"], (to) => (standing = to)),
          revoke: aSwitch((ended) => access.revoke(ended)),
          access_token_ms: aDuration((ms) => (access.signIn.lifetimeMs = ms)),
          cursor_ms: aDuration((ms) => (cursors.lifeMs = ms)),
          hook_retry_ms: aDuration((ms) => (deliveries.retryMs = ms)),
        },
        seed: seeds.more,
        edit,
      },
      stats: () => statsOf(account, guard.limited),
      credential: () => ({ token: PERSONAL_TOKEN, signing_secret: SIGNING_SECRET }),
      settings: {
        board_id: seeds.own("work"),
        task_columns: "assignee_email = email",
        customers_board_id: seeds.own("customers"),
        customer_columns: "first_name = first_name; last_name = last_name; company = account",
        companies_board_id: seeds.own("companies"),
        deals_board_id: seeds.own("deals"),
        orders_board_id: seeds.own("orders"),
        invoices_board_id: seeds.own("invoices"),
        files_board_id: seeds.own("files"),
        // Where the boards of projects are; those above are in the main workspace, which has no id.
        workspace_id: WORKSPACE.id,
      },
      oauth: {
        authorize: AUTHORIZE,
        token: TOKEN,
        client_id: CLIENT_ID,
        client_secret: CLIENT_SECRET,
        refresh: () => access.signIn.refresh(),
      },
    };
  },
);
