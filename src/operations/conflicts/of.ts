import { z } from "zod";
import { flowName } from "#domain/ids.ts";
import { ownerFlow } from "../find.ts";
import { flowField } from "../input.ts";
import { operation } from "../operation.ts";
import { lookAround } from "../surroundings.ts";
import { lineOf } from "./view.ts";

const looked = 100;

export const conflictsOf = operation("conflicts.of", {
  title: "Looking at the conflicts of a flow",
  needs: "viewer",
  audited: "never",
  input: z.strictObject({ flow: flowField }),
  told: ({ flow }) => ({ flow }),

  async run({ flow: name }, { world }) {
    // Its card is brought up to date once more after it was removed.
    const flow = await ownerFlow(world, flowName(name));
    const [around, some, total] = await Promise.all([
      lookAround(world),
      world.conflicts.list({ flow: flow.name, limit: looked }),
      world.conflicts.count(flow.name),
    ]);
    const entity = around.entity(flow);
    const names = some.flatMap(({ fields }) => Object.keys(fields));
    const byField = Map.groupBy(names, (field) => field);
    const [first] = some;
    return {
      flow,
      ended:
        (await world.registry.flow(flow.name)) === undefined
          ? "removed"
          : flow.twoWay === null
            ? "one_way"
            : null,
      titles: around.titles(flow),
      total,
      first: first === undefined ? null : lineOf(first, flow, around),
      fields: [...byField]
        .map(([field, all]) => ({
          label: entity?.fields[field]?.label ?? field,
          count: all.length,
        }))
        .toSorted((a, b) => b.count - a.count),
    };
  },
});
