import type { Flow } from "#domain/flow.ts";
import { hubName } from "#domain/hub.ts";
import { z } from "zod";
import { findFlow } from "../find.ts";
import { flowField } from "../input.ts";
import { operation } from "../operation.ts";
import type { World } from "../world.ts";
import type { FlowRemoval } from "./contract.ts";

export const flowsRemoval = operation("flows.removal", {
  title: "Looking at what removing a flow undoes",
  needs: "viewer",
  audited: "never",
  input: z.strictObject({ flow: flowField }),
  told: ({ flow }) => ({ flow }),
  run: async ({ flow }, { world }) => removalOf(world, await findFlow(world, flow)),
});

export async function removalOf(world: World, flow: Flow): Promise<FlowRemoval> {
  const [unfinished, openLetters, links, flows] = await Promise.all([
    world.runs.unfinished(),
    world.letters.count({ flow: flow.name }),
    world.ledger.links(flow.name),
    world.registry.flows(),
  ]);
  const current = unfinished.filter((run) => run.flow === flow.name);
  const others = flows.filter(({ name }) => name !== flow.name);
  const used = new Set<string>(others.flatMap(({ from, to }) => [from.connection, to.connection]));
  const own = [...new Set([flow.from.connection, flow.to.connection])];
  return {
    flow,
    current: current.find(({ state }) => state.kind === "running") ?? current[0] ?? null,
    openLetters,
    links,
    unused: own.filter((name) => name !== hubName && !used.has(name)),
  };
}
