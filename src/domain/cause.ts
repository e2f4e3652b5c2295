import type { FlowName } from "./ids.ts";
import type { End } from "./flow.ts";
import { normalised, type Problem } from "./problem.ts";

/**
 * Under which dead letters are one cause: flow, object, direction, class, code, field and the message
 * without what differs from record to record.
 */
export const fingerprint = (
  flow: FlowName,
  end: End,
  direction: "read" | "write",
  problem: Problem,
): string =>
  [
    flow,
    end.connection,
    end.object,
    direction,
    problem.class,
    problem.code ?? "",
    problem.field ?? "",
    normalised(problem.message),
  ].join("|");
