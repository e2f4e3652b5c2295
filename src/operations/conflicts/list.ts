import type { Flow } from "#domain/flow.ts";
import { conflictId } from "#domain/ids.ts";
import { z } from "zod";
import { findFlow } from "../find.ts";
import { flowField, limitField, optional } from "../input.ts";
import { operation } from "../operation.ts";
import { lookAround } from "../surroundings.ts";
import { conflictField, lineOf } from "./view.ts";

export const conflictsList = operation("conflicts.list", {
  title: "Looking at the conflicts",
  needs: "viewer",
  audited: "never",
  input: z.strictObject({
    flow: optional(flowField),
    after: optional(conflictField),
    limit: optional(limitField),
  }),
  told: ({ flow }) => ({ flow }),

  async run({ flow: name, after, limit = 50 }, { world }) {
    const [flows, around] = await Promise.all([world.registry.flows(), lookAround(world)]);
    const only = name === undefined ? null : await findFlow(world, name);
    const about = {
      ...(only === null ? {} : { flow: only.name }),
      ...(after === undefined ? {} : { after: conflictId(after) }),
    };
    const found = await world.conflicts.list({ ...about, limit: limit + 1 });
    const byName = new Map<string, Flow>(flows.map((flow) => [flow.name, flow]));
    const lines = found.slice(0, limit).flatMap((conflict) => {
      const flow = byName.get(conflict.flow);
      return flow === undefined ? [] : lineOf(conflict, flow, around);
    });
    const oneWay = only?.twoWay === null ? around.titles(only) : null;
    return { conflicts: lines, more: found.length > limit, oneWay };
  },
});
