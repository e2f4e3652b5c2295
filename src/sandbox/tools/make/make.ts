import { aDuration, aSwitch } from "../control.ts";
import { json } from "../http.ts";
import { targetOf } from "../posting.ts";
import { pageRoutes } from "../records-page.ts";
import { type Counts, simulated } from "../simulated.ts";
import type { StartTool } from "../simulated-tool.ts";
import { editMake } from "./edit.ts";
import { serverError, tooManyRequests, unauthorized, unknownPath, wrongMethod } from "./errors.ts";
import { openExecutions } from "./executions.ts";
import { API_KEY, openGate } from "./gate.ts";
import { hookRoutes } from "./hook-routes.ts";
import { FIRST_UDID, hookPath, openHooks } from "./hooks.ts";
import { incompleteRoutes } from "./incomplete-routes.ts";
import { openIncompletes } from "./incomplete.ts";
import { makeRecords } from "./page.ts";
import { stepsPage } from "./steps-page.ts";
import { openMachine } from "./running.ts";
import { scenarioRoutes } from "./scenario-routes.ts";
import { authUser, openScenarios, type Scenario, TEAM } from "./scenarios.ts";
import { seedIncompletes } from "./seed.ts";
import { webhookRoutes } from "./webhook.ts";

const WAREHOUSE = "925102";

/**
 * A Make team of 40 scenarios (`seed`), with custom webhooks and incomplete executions. `/_config` takes
 * `action` {url, key}: where the scenario that tells us things posts to; `run_ms`: how long a run takes.
 */
export const startMake: StartTool = simulated(
  "make",
  40,
  ({ shelf, seed, limits, parts, origin }) => {
    const scenarios = openScenarios(shelf, seed);
    const hooks = openHooks(shelf, origin, scenarios);
    const executions = openExecutions(shelf);
    const incompletes = openIncompletes(shelf);
    const machine = openMachine(shelf, { scenarios, hooks, executions, incompletes });
    parts.defer(() => machine.stop());
    const warehouse = () => scenarios.get(WAREHOUSE) as Scenario;
    const seeded = shelf.collection<boolean>("seeded");
    if (seeded.get("dlqs") === undefined) {
      seedIncompletes(incompletes, warehouse(), seed);
      seeded.set("dlqs", true);
    }
    const guard = openGate(limits);

    function stats(): Counts {
      const all = [...scenarios.values()];
      return {
        limited: guard.limited,
        records: all.length,
        active: all.filter(({ isActive }) => isActive).length,
        creates: 0,
        updates: 0,
        archived: 0,
        duplicates: 0,
        objects: {
          scenarios: all.length,
          hooks: hooks.all().length,
          dlqs: incompletes.all().length,
          executions: executions.size,
        },
      };
    }

    return {
      title: "Make",
      tool: {
        routes: [
          ...webhookRoutes(hooks, machine),
          { method: "GET", path: "/api/v2/users/me", handle: () => json(200, { authUser }) },
          ...scenarioRoutes(scenarios, executions, incompletes, machine),
          ...incompleteRoutes(incompletes, executions, machine),
          ...hookRoutes(hooks, origin),
        ],
        gate: (request, next) => guard.gate(request, next),
        wording: {
          tooManyRequests,
          serverError,
          expiredToken: unauthorized,
          notFound: unknownPath,
          wrongMethod,
        },
      },
      pages: pageRoutes(
        ...makeRecords(scenarios, hooks, incompletes, machine),
        stepsPage(scenarios, machine),
      ),
      controls: {
        switches: {
          limits: aSwitch((on) => (guard.on = on)),
          revoke: aSwitch((on) => (guard.revoked = on)),
          run_ms: aDuration((ms) => (machine.runMs = ms)),
          action: (value) => machine.point(value === null ? null : targetOf(value)),
        },
        seed(object, count) {
          if (object !== "dlqs") throw new Error('Incomplete executions are made up, as in {"dlqs": 10}.'); // prettier-ignore
          seedIncompletes(incompletes, warehouse(), count);
          return incompletes.all().length;
        },
        edit: (id, set, object) => editMake(scenarios, hooks, machine, { object, id, set }),
      },
      stats,
      credential: () => ({ token: API_KEY, url: origin() + hookPath(FIRST_UDID) }),
      settings: { team_id: String(TEAM) },
      oauth: null,
    };
  },
);
