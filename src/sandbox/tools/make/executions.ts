import type { Shelf } from "../../collection.ts";
import { notFound } from "./errors.ts";
import { newId } from "./incomplete.ts";
import { ORGANIZATION, type Scenario, TEAM } from "./scenarios.ts";

/** 1 is a success, 2 a warning, 3 an error. */
export type Status = 1 | 2 | 3;

export type Execution = {
  id: string;
  imtId: string;
  scenario: number;
  /** The incomplete execution that was run again by it. */
  dlq: string | null;
  type: "auto" | "manual";
  instant: boolean;
  timestamp: string;
  duration: number;
  /** Null while it runs. */
  status: Status | null;
  error: { name: string; message: string } | null;
};

export type Executions = {
  of(scenario: number): Execution[];
  ofIncomplete(dlq: string): Execution[];
  get(scenario: number, id: string): Execution;
  begin(scenario: Scenario, type: Execution["type"], dlq: string | null): Execution;
  end(id: string, status: Status, error: Execution["error"]): Execution;
  readonly size: number;
};

export function openExecutions(shelf: Shelf): Executions {
  const kept = shelf.collection<Execution>("executions");
  const where = (fits: (execution: Execution) => boolean) => [...kept.values()].filter(fits);
  return {
    of: (scenario) => where((one) => one.scenario === scenario),
    ofIncomplete: (dlq) => where((one) => one.dlq === dlq),
    get(scenario, id) {
      const one = kept.get(id);
      if (one?.scenario !== scenario) throw notFound("Execution");
      return one;
    },
    begin(scenario, type, dlq) {
      const id = newId();
      const now = Date.now();
      const execution: Execution = {
        id,
        imtId: `${String(now)}_scenario.${String(scenario.id)}.${type}.${id}`,
        scenario: scenario.id,
        dlq,
        type,
        instant: scenario.scheduling === "immediately",
        timestamp: new Date(now).toISOString(),
        duration: 0,
        status: null,
        error: null,
      };
      kept.set(id, execution);
      return execution;
    },
    end(id, status, error) {
      const before = kept.get(id) as Execution;
      const duration = Date.now() - Date.parse(before.timestamp);
      const after = { ...before, status, error, duration };
      kept.set(id, after);
      return after;
    },
    get size() {
      return kept.size;
    },
  };
}

/** A finished execution as logs tell it. Source: an answer recorded with Make's own SDK. */
export const logOf = (execution: Execution) => ({
  imtId: execution.imtId,
  duration: execution.duration,
  operations: 2,
  transfer: 700,
  organizationId: ORGANIZATION,
  teamId: TEAM,
  id: execution.id,
  type: execution.type,
  authorId: null,
  instant: execution.instant,
  timestamp: execution.timestamp,
  status: execution.status,
  ...(execution.error !== null && { error: execution.error }),
});

const WORDS = { 1: "SUCCESS", 2: "WARNING", 3: "ERROR" } as const;

/** What has become of it. */
export const progressOf = ({ status, error }: Execution): object =>
  status === null
    ? { status: "RUNNING" }
    : {
        status: WORDS[status],
        ...(error === null ? { outputs: {} } : { error }),
      };
