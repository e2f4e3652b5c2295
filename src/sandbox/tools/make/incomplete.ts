import { randomUUID } from "node:crypto";
import type { Collection, Shelf } from "../../collection.ts";
import { notFound } from "./errors.ts";
import { ORGANIZATION, type Scenario } from "./scenarios.ts";

/** A failed run that was kept, to be put right and run again. The API calls it a dlq. */
export type Incomplete = {
  id: string;
  scenarioId: number;
  scenarioName: string;
  executionId: string;
  reason: string;
  errorType: string;
  created: string;
  resolved: boolean;
  attempts: number;
  index: number;
  /** What the scenario was given, and where in it the failure was. */
  payload: unknown;
  failer: number;
  /** As somebody put it right; null while it is the scenario's own. */
  blueprint: object | null;
  /** It is being run again at this moment. */
  processing: boolean;
};

/** Errors that Make tries again by itself, after 1, 10, 10, 30 minutes and so on; not simulated. */
const RETRIED_ALONE = ["RateLimitError", "ConnectionError", "ModuleTimeoutError"];

export type Incompletes = {
  of(scenario: number): Incomplete[];
  all(): Incomplete[];
  get(id: string): Incomplete;
  keep(scenario: Scenario, run: Pick<Incomplete, "executionId" | "reason" | "errorType" | "payload">, at?: number): Incomplete; // prettier-ignore
  change(id: string, set: Partial<Incomplete>): Incomplete;
  remove(id: string): void;
  /** Those that still wait. */
  count(scenario: number): number;
};

export const newId = (): string => randomUUID().replaceAll("-", "");

export function openIncompletes(shelf: Shelf): Incompletes {
  const kept: Collection<Incomplete> = shelf.collection<Incomplete>("dlqs");
  // Nothing survives a restart half way.
  for (const one of [...kept.values()])
    if (one.processing) kept.set(one.id, { ...one, processing: false });

  const of = (scenario: number) => [...kept.values()].filter((one) => one.scenarioId === scenario);
  function get(id: string): Incomplete {
    const one = kept.get(id);
    if (one === undefined) throw notFound("Incomplete execution");
    return one;
  }

  return {
    of,
    all: () => [...kept.values()],
    get,
    keep(scenario, run, at = Date.now()) {
      const one: Incomplete = {
        ...run,
        id: newId(),
        scenarioId: scenario.id,
        scenarioName: scenario.name,
        created: new Date(at).toISOString(),
        resolved: false,
        attempts: 0,
        index: kept.size + 1,
        failer: 3,
        blueprint: null,
        processing: false,
      };
      kept.set(one.id, one);
      return one;
    },
    change(id, set) {
      const one = { ...get(id), ...set };
      kept.set(id, one);
      return one;
    },
    remove(id) {
      get(id);
      kept.delete(id);
    },
    count: (scenario) => of(scenario).filter(({ resolved }) => !resolved).length,
  };
}

const sizeOf = (payload: unknown): number => Buffer.byteLength(JSON.stringify(payload) ?? "");
const retriesAlone = ({ errorType }: Incomplete): boolean => RETRIED_ALONE.includes(errorType);

/** As it stands in a list; and alone, where it says more, but not why. Source: recorded answers. */
export const listed = (one: Incomplete) => ({
  id: one.id,
  reason: one.reason,
  created: one.created,
  size: sizeOf(one.payload),
  resolved: one.resolved,
  retry: retriesAlone(one),
  attempts: one.attempts,
});

export const detailed = (one: Incomplete) => ({
  id: one.id,
  scenarioId: one.scenarioId,
  scenarioName: one.scenarioName,
  companyId: ORGANIZATION,
  companyName: "Simulated Trading Company",
  resolved: one.resolved,
  deleted: false,
  index: one.index,
  created: one.created,
  executionId: one.executionId,
  retry: retriesAlone(one),
  attempts: one.attempts,
  size: sizeOf(one.payload),
});

/** What stood at each module, by its number. */
export const bundleOf = (one: Incomplete) => ({
  "1": one.payload,
  [String(one.failer)]: { error: { type: one.errorType, message: one.reason } },
});

export const blueprintOf = (one: Incomplete): object =>
  one.blueprint ?? { flow: [], name: `Integration of ${one.scenarioName}`, metadata: {} };
