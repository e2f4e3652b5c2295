import { entityOf } from "#domain/entities/index.ts";
import { Mistake } from "#domain/errors.ts";
import type { FlowPlan } from "#domain/flow.ts";
import { decideAgain } from "../conflicts/decide-again.ts";
import { watchSoon } from "../connections/watches.ts";
import type { Change } from "../contract.ts";
import { whatChanged } from "../flows/what-changed.ts";
import { operation } from "../operation.ts";
import { reschedule } from "../schedules.ts";
import { planOf } from "./changes.ts";
import { fileInput } from "./file-input.ts";
import type { World } from "../world.ts";
import { readWorkspace, type Setup } from "./read.ts";

export const workspaceApply = operation("workspace.apply", {
  title: "Applying a workspace file",
  needs: "admin",
  audited: "always",
  input: fileInput,
  told: ({ file }) => ({ file }),

  async run(file, { world, actor, by, at }) {
    const setup = await readWorkspace(world, file);
    const { connections, flows, hub } = setup;
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
    await changeOwners(world, hub.filter(({ name }) => newIn(plan.hub).has(name)), { by, at }); // prettier-ignore
    await reschedule(world);
    await watchSoon(world);
    for (const flow of changedFlows) {
      const before = had.find(({ name }) => name === flow.name);
      if (before !== undefined) await decideAgain(before, flow, { world, by, at });
    }
    return plan;
  },
});

async function changeOwners(
  { ownerships }: Pick<World, "ownerships">,
  hub: Setup["hub"],
  { by, at }: { by: string; at: Temporal.Instant },
): Promise<void> {
  for (const { name: entity, ownership } of hub) {
    const [newest] = await ownerships.versions(entity);
    const version = (newest?.version ?? 0) + 1;
    if (!(await ownerships.add({ entity, version, ownership, by, at })))
      throw new Mistake(
        `Somebody changed who owns the ${entityOf(entity).many} of the hub in this very moment; apply the file again.`,
      );
  }
}

const newIn = ({ created, updated }: Change): ReadonlySet<string> =>
  new Set([...created, ...updated]);
