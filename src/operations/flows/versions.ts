import { Mistake } from "#domain/errors.ts";
import type { Flow } from "#domain/flow.ts";
import { z } from "zod";
import { findFlow } from "../find.ts";
import { flowField } from "../input.ts";
import { operation } from "../operation.ts";
import { flowWords } from "../workspace/flow-words.ts";
import type { World } from "../world.ts";
import { decideAgain } from "../conflicts/decide-again.ts";
import { saveVersion } from "./change.ts";
import type { FlowHistory } from "./contract.ts";
import { draftOf } from "./draft.ts";

const shown = 20;

export const flowsVersions = operation("flows.versions", {
  title: "Looking at the versions of a flow",
  needs: "viewer",
  audited: "never",
  input: z.strictObject({ flow: flowField }),
  told: ({ flow }) => ({ flow }),
  run: async ({ flow }, { world }) => history(world, await findFlow(world, flow)),
});

export const flowsUseVersion = operation("flows.use-version", {
  title: "Going back to a version of a flow",
  needs: "admin",
  audited: "always",
  input: z.strictObject({
    flow: flowField,
    version: z.int().min(1).describe("the number of a version"),
  }),
  told: (input) => input,

  async run({ flow: typed, version }, asked) {
    const { world } = asked;
    const flow = await findFlow(world, typed);
    if (flow.version === version)
      throw new Mistake(`Version ${version} of ${flow.name} is in use already.`);
    const earlier = (await world.registry.versions(flow.name)).find(
      (one) => one.version === version,
    );
    if (earlier === undefined)
      throw new Mistake(`There is no version ${version} of ${flow.name}.`, { usage: true });
    const draft = await draftOf(world, flow.name, flowWords(earlier.plan));
    if (draft.kind === "wrong")
      throw new Mistake(
        `Version ${version} of ${flow.name} does not work any more: ${draft.problems[0]?.message ?? ""}`,
      );
    await saveVersion(flow, draft.plan, `Back to version ${version}: ${earlier.what}`, asked);
    await decideAgain(flow, draft.plan, asked);
    return history(world, await findFlow(world, flow.name));
  },
});

async function history({ registry }: World, flow: Flow): Promise<FlowHistory> {
  const versions = await registry.versions(flow.name);
  return { flow, versions: versions.slice(0, shown), more: Math.max(0, versions.length - shown) };
}
