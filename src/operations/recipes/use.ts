import { Mistake } from "#domain/errors.ts";
import type { FlowPlan } from "#domain/flow.ts";
import { z } from "zod";
import { draftIn } from "../flows/draft.ts";
import { statusOf } from "../flows/status.ts";
import { whatChanged } from "../flows/what-changed.ts";
import { listed, nearest } from "../nearest.ts";
import { operation } from "../operation.ts";
import { knownNow } from "../workspace/known.ts";
import type { World } from "../world.ts";
import { ableConnections } from "./able.ts";
import { canBe, fillRecipe, type Able } from "./fill.ts";
import type { Recipe } from "./read.ts";

export const recipesUse = operation("recipes.use", {
  title: "Making flows from a recipe",
  needs: "operator",
  audited: "always",
  input: z.strictObject({
    recipe: z.string().min(1).max(60).describe("the name of a recipe"),
    connections: z.record(z.string().max(60), z.string().max(60)),
  }),
  told: (input) => input,

  async run({ recipe: name, connections }, { world, by, at }) {
    const recipe = findRecipe(world, name);
    const existing = await world.registry.flows();
    const filled = fillRecipe(recipe, await chosenFor(world, recipe, connections), existing);
    if (filled === null) throw new Mistake(`${recipe.title} does not go between these.`);

    const known = await knownNow(world, []);
    const plans: FlowPlan[] = [];
    const warnings: string[] = [];
    for (const flow of filled) {
      if ("already" in flow) continue;
      const draft = draftIn(known, flow.name, flow.entry);
      if (draft.kind === "wrong")
        throw new Mistake(draft.problems.map(({ message }) => message).join(" "));
      plans.push(draft.plan);
      warnings.push(...draft.warnings);
    }
    for (const plan of plans)
      if (!(await world.registry.addFlow(plan, { by, at, what: { [plan.name]: whatChanged(null, plan) } })))
        throw new Mistake(`Somebody made a flow ${plan.name} at the same time; please try again.`); // prettier-ignore
    const names = new Set(plans.map((plan) => plan.name));
    const made = (await world.registry.flows()).filter((flow) => names.has(flow.name));
    return {
      title: recipe.title,
      made: await Promise.all(made.map((flow) => statusOf(world, flow))),
      already: filled.flatMap((flow) => ("already" in flow ? [flow.already] : [])),
      warnings: [...new Set(warnings)],
    };
  },
});

function findRecipe({ readyMade }: World, name: string): Recipe {
  const names = readyMade.recipes.map((one) => one.name);
  const found = readyMade.recipes.find((one) => one.name === name.trim().toLowerCase());
  if (found !== undefined) return found;
  const meant = nearest(name, names);
  const rest = meant === null ? `There are ${listed(names, 12)}.` : `Did you mean ${meant}?`;
  throw new Mistake(`There is no recipe “${name.slice(0, 60)}”. ${rest}`);
}

/** @throws Mistake that says which role lacks a connection, or has one that cannot take it */
async function chosenFor(
  world: World,
  { roles }: Recipe,
  connections: Readonly<Record<string, string>>,
): Promise<ReadonlyMap<string, Able>> {
  const all = await ableConnections(world);
  return new Map(
    roles.map((role) => {
      const name = connections[role.name];
      if (name === undefined) throw new Mistake(`Please choose “${role.title}”.`);
      const able = all.find(({ connection }) => connection.name === name);
      if (able === undefined) throw new Mistake(`There is no connection ${name.slice(0, 60)}.`);
      if (!canBe(role, able))
        throw new Mistake(`${able.title} has not what “${role.title}” needs; please choose another connection.`); // prettier-ignore
      return [role.name, able] as const;
    }),
  );
}
