import { aChoice, aDuration, aSwitch } from "../control.ts";
import type { Route } from "../http.ts";
import { pageRoutes } from "../records-page.ts";
import { simulated } from "../simulated.ts";
import type { StartTool } from "../simulated-tool.ts";
import { AUTHORIZE, CLIENT_ID, CLIENT_SECRET, openAccess, PERSONAL_TOKEN, TOKEN } from "./access.ts"; // prettier-ignore
import { batchEndpoint } from "./batch.ts";
import { openEdit } from "./edit.ts";
import { routesOf } from "./endpoint.ts";
import { expiredToken, failed, serverError, tooManyRequests } from "./errors.ts";
import { openEventLog } from "./event-log.ts";
import { openHookDeliveries } from "./hook-deliveries.ts";
import { hookEndpoints } from "./hook-endpoints.ts";
import { openHooks } from "./hooks.ts";
import { openLimits } from "./limits.ts";
import { records } from "./page.ts";
import { openPager } from "./paging.ts";
import { projectEndpoints } from "./project-endpoints.ts";
import { openProjects } from "./projects.ts";
import { openSearch } from "./search.ts";
import { openSeed } from "./seed.ts";
import { statsOf } from "./stats.ts";
import { openSync } from "./sync-tokens.ts";
import { taskEndpoints } from "./task-endpoints.ts";
import { openTasks } from "./tasks.ts";
import { workspaceEndpoints } from "./workspace-endpoints.ts";
import { openWorkspace, WORKSPACE } from "./workspace.ts";

const OWN_PROJECTS = 40;

/** An Asana workspace of 40 projects (`seed`) and half as many tasks again, with the interface 1.0. */
export const startAsana: StartTool = simulated(
  "asana",
  OWN_PROJECTS,
  ({ shelf, seed, limits, flaws, parts }) => {
    const space = openWorkspace(shelf);
    const log = openEventLog(shelf);
    const projects = openProjects(space, log);
    const tasks = openTasks(space, log);
    const seeds = openSeed(shelf, space, projects, tasks);
    seeds.once(seed, flaws);

    const hooks = openHooks(shelf);
    const deliveries = parts.use(openHookDeliveries(hooks, log));
    const guard = openLimits(limits);
    const access = openAccess(shelf, guard);
    const pager = openPager();
    const sync = openSync(shelf, space, log);
    const search = openSearch(space, () => guard.plan);
    log.listen((event) => search.hear(event));
    const edit = openEdit(space, projects, tasks);

    const api: Route[] = routesOf(
      [
        ...workspaceEndpoints,
        ...projectEndpoints(space, projects),
        ...taskEndpoints(space, tasks),
        ...sync.endpoints,
        ...hookEndpoints(hooks, space),
        search.endpoint,
        batchEndpoint(() => api),
      ],
      access.whoIs,
      pager,
    );

    return {
      title: "Asana",
      tool: {
        routes: [...access.signIn.routes, ...api],
        gate: access.gate,
        wording: {
          tooManyRequests,
          serverError,
          expiredToken,
          notFound: () => failed(404, "No matching route for request"),
          wrongMethod: () => failed(404, "No matching route for request"),
        },
      },
      pages: pageRoutes(...records(space, edit)),
      controls: {
        switches: {
          limits: aSwitch((on) => (guard.on = on)),
          plan: aChoice(["free", "paid"], (plan) => (guard.plan = plan)),
          revoke: aSwitch((ended) => access.revoke(ended)),
          access_token_ms: aDuration((ms) => (access.signIn.lifetimeMs = ms)),
          cursor_ms: aDuration((ms) => (pager.lifeMs = ms)),
          sync_ms: aDuration((ms) => (sync.lifeMs = ms)),
          search_lag_ms: aDuration((ms) => (search.lagMs = ms)),
          heartbeat_ms: aDuration((ms) => (deliveries.heartbeatMs = ms)),
          hook_retry_ms: aDuration((ms) => (deliveries.retryMs = ms)),
          hook_patience_ms: aDuration((ms) => (deliveries.patienceMs = ms)),
        },
        seed: seeds.more,
        edit,
      },
      stats: () => statsOf(space, guard.limited),
      credential: () => ({ token: PERSONAL_TOKEN }),
      settings: {
        workspace_gid: WORKSPACE.gid,
        project_gid: [...space.projects.values()][0]?.gid ?? "",
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
