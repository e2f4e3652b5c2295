import type { FlowPlan } from "#domain/flow.ts";
import { watchSoon } from "../connections/watches.ts";
import type { Change } from "../contract.ts";
import { whatChanged } from "../flows/what-changed.ts";
import { operation } from "../operation.ts";
import { reschedule } from "../schedules.ts";
import { planOf } from "./changes.ts";
import { fileInput } from "./file-input.ts";
import { readWorkspace } from "./read.ts";

export const workspaceApply = operation("workspace.apply", {
  title: "Applying a workspace file",
  needs: "admin",
  audited: "always",
  input: fileInput,
  told: ({ file }) => ({ file }),

  async run(file, { world, actor, by, at }) {
    const setup = await readWorkspace(world, file);
    const { connections, flows } = setup;
    const plan = await planOf(world, setup);
    const had = await world.registry.flows();
    const owner = actor.kind === "slack" ? actor.user : null;
    const changed = newIn(plan.connections);
    const changedFlows = flows.filter(({ name }) => newIn(plan.flows).has(name));
    const sentence = (flow: FlowPlan): string =>
      whatChanged(had.find(({ name }) => name === flow.name) ?? null, flow);
    await world.registry.save(
      {
        connections: connections
          .filter(({ name }) => changed.has(name))
          .map((connection) => ({ ...connection, owner: connection.owner ?? owner })),
        flows: changedFlows,
      },
      { by, at, what: Object.fromEntries(changedFlows.map((flow) => [flow.name, sentence(flow)])) },
    );
    await reschedule(world);
    await watchSoon(world);
    return plan;
  },
});

const newIn = ({ created, updated }: Change): ReadonlySet<string> =>
  new Set([...created, ...updated]);
