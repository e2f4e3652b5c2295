import { Mistake } from "#domain/errors.ts";
import type { Flow, FlowPlan } from "#domain/flow.ts";
import { z } from "zod";
import { decideAgain } from "../conflicts/decide-again.ts";
import { watchSoon } from "../connections/watches.ts";
import { findFlow } from "../find.ts";
import { flowField, optional } from "../input.ts";
import { operation, type Asked } from "../operation.ts";
import { demand } from "../roles.ts";
import { reschedule } from "../schedules.ts";
import { ordered } from "../workspace/changes.ts";
import type { FlowSaved } from "./contract.ts";
import { draftOf } from "./draft.ts";
import { statusOf } from "./status.ts";
import { whatChanged } from "./what-changed.ts";
import { wordsField } from "./words.ts";

const title = "Changing a flow";

export const flowsChange = operation("flows.change", {
  title,
  needs: "operator",
  audited: "always",
  input: z.strictObject({
    flow: flowField,
    version: z.int().min(1).describe("the number of a version"),
    to: wordsField,
    accept: optional(z.boolean().describe("true or false")),
  }),
  told: ({ flow, version, accept }) => ({ flow, version, accept }),

  async run({ flow: typed, version, to, accept = false }, asked) {
    const { world, role } = asked;
    const flow = await findFlow(world, typed);
    if (flow.state.kind !== "off") await demand(world, `${title} that was on`, "admin", role);
    if (flow.version !== version) throw overtaken(flow.name, flow.version);
    const draft = await draftOf(world, flow.name, to);
    if (draft.kind === "wrong") return draft;
    const { plan, warnings } = draft;
    if (warnings.length > 0 && !accept && flow.state.kind !== "off")
      return { kind: "warned", warnings };
    const saved = await saveVersion(flow, plan, whatChanged(flow, plan), asked);
    await decideAgain(flow, plan, asked);
    return { ...saved, warnings };
  },
});

/** Nothing is stored where nothing is new. @throws Mistake when somebody was quicker */
export async function saveVersion(
  flow: Flow,
  plan: FlowPlan,
  what: string,
  { world, by, at }: Asked,
): Promise<Extract<FlowSaved, { kind: "saved" }>> {
  const { state: _state, version, ...before } = flow;
  if (ordered(before) !== ordered(plan)) {
    const change = { by, at, what: { [flow.name]: what } };
    const now = await world.registry.changeFlow(plan, version, change);
    if (now === undefined) throw overtaken(flow.name, null);
    await reschedule(world);
    await watchSoon(world);
  }
  const status = await statusOf(world, await findFlow(world, flow.name));
  return { kind: "saved", status, warnings: [] };
}

const overtaken = (name: string, version: number | null): Mistake =>
  new Mistake(
    `Somebody changed ${name} meanwhile${version === null ? "" : ` (it is at version ${version})`}; nothing of yours was kept. Please open it again.`,
  );
