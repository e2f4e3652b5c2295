import { Mistake } from "#domain/errors.ts";
import { z } from "zod";
import { flowField } from "../input.ts";
import { operation } from "../operation.ts";
import { draftOf } from "./draft.ts";
import { statusOf } from "./status.ts";
import { whatChanged } from "./what-changed.ts";
import { wordsField } from "./words.ts";

export const flowsAdd = operation("flows.add", {
  title: "Making a flow",
  needs: "operator",
  audited: "always",
  input: z.strictObject({ name: flowField, flow: wordsField }),
  told: ({ name, flow }) => ({ name, from: flow["from"], to: flow["to"] }),

  async run({ name: typed, flow }, { world, by, at }) {
    const name = typed.toLowerCase();
    const draft = await draftOf(world, name, flow);
    if (draft.kind === "wrong") return draft;
    const { plan, warnings } = draft;
    const change = { by, at, what: { [name]: whatChanged(null, plan) } };
    if (!(await world.registry.addFlow(plan, change)))
      throw new Mistake(`There is a flow ${name} already; please choose another name.`);
    const made = await world.registry.flow(plan.name);
    if (made === undefined) throw new Mistake(`${name} was removed at the same time.`);
    return { kind: "saved", status: await statusOf(world, made), warnings };
  },
});
