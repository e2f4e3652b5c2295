import type { End, FlowPlan } from "#domain/flow.ts";
import { connectionName, flowName } from "#domain/ids.ts";

/** What a flow is of which nobody has said more than its name and its two ends. */
export const plainPlan: Omit<FlowPlan, "name" | "from" | "to"> = {
  convert: null,
  match: [],
  where: {},
  map: {},
  set: {},
  twoWay: null,
  leaveOut: [],
  deletes: "ignore",
  guard: null,
  trigger: { kind: "manual" },
  window: null,
  share: null,
  pull: [],
  channel: null,
  owner: null,
  about: "",
};

/** `connection/object`, as it stands in a workspace file. */
export function endOf(text: string): End {
  const [connection = "", object = ""] = text.split("/");
  return { connection: connectionName(connection), object };
}

/** The flow `name` from one end to the other, and what else is said of it. */
export const planFrom = (
  name: string,
  from: string,
  to: string,
  more: Partial<FlowPlan> = {},
): FlowPlan => ({
  ...plainPlan,
  name: flowName(name),
  from: endOf(from),
  to: endOf(to),
  ...more,
});
