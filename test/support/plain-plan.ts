import type { FlowPlan } from "#domain/flow.ts";

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
