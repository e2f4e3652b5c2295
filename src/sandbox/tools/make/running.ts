import type { Collection, Shelf } from "../../collection.ts";
import { post, type Target } from "../posting.ts";
import { badRequest } from "./errors.ts";
import type { Execution, Executions } from "./executions.ts";
import type { Hooks } from "./hooks.ts";
import type { Incomplete, Incompletes } from "./incomplete.ts";
import type { Scenario } from "./scenarios.ts";

export type Machine = {
  /** Starts a run; `finished` tells when it is over and how. */
  run(scenario: Scenario, payload: unknown, type: Execution["type"]): Started;
  /** Runs an incomplete execution again, as it stands now. */
  retry(one: Incomplete): void;
  /** Switches a scenario on, which then takes what waits at its hook; or off. */
  turn(scenario: Scenario, on: boolean): Scenario;
  /** Where scenarios post events to; null where nobody has said. */
  target(): Target | null;
  /** Null forgets it. */
  point(target: Target | null): void;
  /** How long a run takes. */
  runMs: number;
  /** Whatever still runs may come to nothing from now on. */
  stop(): void;
};

export type Started = { execution: Execution; finished: Promise<Execution> };

type Parts = {
  scenarios: Collection<Scenario>;
  hooks: Hooks;
  executions: Executions;
  incompletes: Incompletes;
};
type Failure = { name: string; message: string };

const RUN_MS = 30;
const FAILURE: Failure = { name: "DataError", message: "The recipient address is empty." };

/** What happens when scenarios run: side by side, in no order, each taking a moment. */
export function openMachine(shelf: Shelf, parts: Parts): Machine {
  const { scenarios, hooks, executions, incompletes } = parts;
  const targets = shelf.collection<Target>("targets");

  /** What goes wrong, or null. */
  async function attempt(
    scenario: Scenario,
    id: string,
    payload: unknown,
  ): Promise<Failure | null> {
    // prettier-ignore
    switch (scenario.does) {
      case "take":
        return null;
      case "fail":
        return FAILURE;
      case "post_event": {
        const target = targets.get("action");
        if (target === undefined) return { name: "ConnectionError", message: "There is no address to post to." }; // prettier-ignore
        const { outcome, status } = await post(target, id, payload);
        if (outcome === "taken") return null;
        const name = outcome === "throttled" ? "RateLimitError" : outcome === "unanswered" ? "ConnectionError" : "DataError"; // prettier-ignore
        return { name, message: `[${String(status)}] The event was not taken.` };
      }
      default:
        return scenario.does satisfies never;
    }
  }

  /**
   * A failed run is kept where the scenario keeps them, and is a warning then (unverified); elsewhere an
   * instant scenario is switched off at its first error.
   */
  function failed(scenario: Scenario, execution: Execution, payload: unknown, error: Failure) {
    if (scenario.keepsIncomplete) {
      const { name: errorType, message: reason } = error;
      incompletes.keep(scenario, { executionId: execution.id, reason, errorType, payload });
      return executions.end(execution.id, 2, error);
    }
    if (scenario.scheduling === "immediately")
      scenarios.set(String(scenario.id), { ...fresh(scenario), isActive: false, isinvalid: true });
    return executions.end(execution.id, 3, error);
  }

  const fresh = (scenario: Scenario) => scenarios.get(String(scenario.id)) ?? scenario;
  let stopped = false;
  /** Nobody waits for it; what it still meant to write when everything stops is not missed. */
  const unwatched = (work: Promise<unknown>) =>
    void work.catch((error: unknown) => {
      if (!stopped) throw error;
    });
  const pause = () => new Promise((resolve) => setTimeout(resolve, machine.runMs).unref());

  const machine: Machine = {
    runMs: RUN_MS,
    run(scenario, payload, type) {
      const execution = executions.begin(scenario, type, null);
      const { operations } = fresh(scenario);
      scenarios.set(String(scenario.id), { ...fresh(scenario), operations: operations + 2 });
      const finished = (async () => {
        await pause();
        const error = await attempt(scenario, execution.id, payload);
        if (error === null) return executions.end(execution.id, 1, null);
        return failed(scenario, execution, payload, error);
      })();
      unwatched(finished);
      return { execution, finished };
    },
    retry(one) {
      if (one.processing || one.resolved)
        throw badRequest("The execution cannot be retried now.", "It is being processed, or resolved."); // prettier-ignore
      const scenario = scenarios.get(String(one.scenarioId));
      if (scenario === undefined) throw badRequest("The scenario of this execution is gone.");
      incompletes.change(one.id, { processing: true });
      const execution = executions.begin(scenario, "manual", one.id);
      const again = async () => {
        await pause();
        const mended = one.blueprint !== null;
        const error = mended ? null : await attempt(scenario, one.executionId, one.payload);
        executions.end(execution.id, error === null ? 1 : 3, error);
        incompletes.change(one.id, {
          processing: false,
          resolved: error === null,
          attempts: one.attempts + 1,
          ...(error !== null && { reason: error.message, errorType: error.name }),
        });
      };
      unwatched(again());
    },
    turn(scenario, on) {
      const now = { ...scenario, isActive: on, isinvalid: on ? false : scenario.isinvalid };
      scenarios.set(String(scenario.id), now);
      if (!on) return now;
      for (const [key, { hook, payload }] of [...hooks.queue.entries()]) {
        if (hook !== scenario.hookId) continue;
        hooks.queue.delete(key);
        machine.run(now, payload, "auto");
      }
      return now;
    },
    stop: () => void (stopped = true),
    target: () => targets.get("action") ?? null,
    point(target) {
      if (target === null) targets.delete("action");
      else targets.set("action", target);
    },
  };
  return machine;
}
