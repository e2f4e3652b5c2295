import type { Collection } from "../../collection.ts";
import { type Answer, json, Refusal, type Request, type Route } from "../http.ts";
import { bodyOf } from "./body.ts";
import { accessDenied, badRequest, notFound } from "./errors.ts";
import { type Execution, type Executions, logOf, progressOf } from "./executions.ts";
import type { Incompletes } from "./incomplete.ts";
import { columnsOf, pageOf, pgOf } from "./paging.ts";
import type { Machine } from "./running.ts";
import { ORGANIZATION, type Scenario, shownScenario, TEAM } from "./scenarios.ts";

const LOGS = 50;

/** Scenarios: listed, started, stopped and run; and what became of their runs. */
export function scenarioRoutes(
  scenarios: Collection<Scenario>,
  executions: Executions,
  incompletes: Incompletes,
  machine: Machine,
): Route[] {
  const at = (
    method: string,
    path: string,
    handle: (request: Request) => object | Promise<object>,
  ): Route => ({
    method,
    path: `/api/v2/scenarios${path}`,
    handle: async (request): Promise<Answer> => json(200, await handle(request)),
  });
  const one = ({ params }: Request): Scenario => {
    const scenario = scenarios.get(params["id"] ?? "");
    if (scenario === undefined) throw notFound("Scenario");
    return scenario;
  };
  const shown = (scenario: Scenario) => shownScenario(scenario, incompletes.count(scenario.id));
  const turned = ({ id, isActive }: Scenario) => ({ scenario: { id, isActive } });

  return [
    at("GET", "", ({ query }) => {
      refuseOthers(query);
      const pg = pgOf(query, "id");
      const page = pageOf([...scenarios.values()].map(shown), pg);
      return {
        scenarios: page.map((scenario) => columnsOf(scenario, query)),
        pg: { ...pg, returnTotalCount: false },
      };
    }),
    at("GET", "/:id", (request) => ({
      scenario: columnsOf(shown(one(request)), request.query),
    })),
    at("POST", "/:id/start", (request) => turned(machine.turn(one(request), true))),
    at("POST", "/:id/stop", (request) => turned(machine.turn(one(request), false))),
    at("POST", "/:id/run", async (request) => {
      const scenario = one(request);
      const { data = {}, responsive = false } = bodyOf(request, ["data", "responsive", "callbackUrl"]); // prettier-ignore
      if (typeof data !== "object" || data === null || typeof responsive !== "boolean")
        throw badRequest("Validation failed for 1 parameter(s).", "'data' must be an object.");
      if (!scenario.isActive) throw badRequest("Scenario is not activated.");
      const { execution, finished } = machine.run(scenario, data, "manual");
      if (!responsive) return { executionId: execution.id };
      const { status } = await finished;
      return { executionId: execution.id, status, outputs: {} };
    }),
    at("GET", "/:id/logs", (request) => {
      const { id } = one(request);
      return logsOf(executions.of(id), request.query);
    }),
    at("GET", "/:id/logs/:execution", (request) => ({
      scenarioLogs: logOf(executions.get(one(request).id, request.params["execution"] ?? "")),
    })),
    at("GET", "/:id/executions/:execution", (request) =>
      progressOf(executions.get(one(request).id, request.params["execution"] ?? "")),
    ),
  ];
}

/** A team or an organization is named, one of them, and one's own. */
function refuseOthers(query: URLSearchParams): void {
  const [team, organization] = [query.get("teamId"), query.get("organizationId")];
  if (team !== null && organization !== null)
    throw badRequest("teamId and organizationId cannot be used together.");
  if (team === null && organization === null)
    throw badRequest("Missing required parameter teamId or organizationId.");
  const own = team === String(TEAM) || organization === String(ORGANIZATION);
  if (!own) throw new Refusal(accessDenied());
}

/** The newest first, 50 at a time; the next page begins after `pg[last]`. */
function logsOf(all: readonly Execution[], query: URLSearchParams): object {
  const status = query.get("status");
  const within = (name: string, otherwise: number) => Number(query.get(name) ?? otherwise);
  const limit = query.get("pg[limit]") === null ? LOGS : pgOf(query, "imtId").limit;
  const last = query.get("pg[last]");
  const found = all
    .filter((execution) => {
      const at = Date.parse(execution.timestamp);
      return (
        execution.status !== null &&
        (status === null || execution.status === Number(status)) &&
        at >= within("from", 0) &&
        at <= within("to", Infinity) &&
        (last === null || execution.imtId < last)
      );
    })
    .toSorted((a, b) => (a.imtId < b.imtId ? 1 : -1))
    .slice(0, limit);
  return {
    scenarioLogs: found.map(logOf),
    pg: {
      sortBy: "imtId",
      sortDir: "desc",
      last: found.at(-1)?.imtId ?? null,
      showLast: false,
      limit,
    },
  };
}
