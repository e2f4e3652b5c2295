import type { At } from "../at.ts";
import { section } from "../blocks.ts";
import type { Modal } from "../message.ts";
import { mrkdwn } from "../text/markup.ts";
import { notice } from "../views/notice.ts";
import { recipeForm, recipeList, recipesTitle, recipeUsed } from "../views/recipes.ts";
import type { Action, Form } from "./action.ts";
import { metaText, type Noun } from "./nouns.ts";

const list: Action = {
  id: "recipe.list",
  on: ({ view }) => ({
    kind: view === null ? "opens" : "turns",
    title: recipesTitle,
    fill: async (at) => recipeList(await at.do("recipes.list", {})),
  }),
};

const use: Action = {
  id: "recipe.use",
  on: ({ value }) => ({ kind: "turns", fill: (at) => formOf(value, at) }),
};

async function formOf(name: string, at: At): Promise<Modal> {
  const offer = (await at.do("recipes.list", {})).find((one) => one.name === name);
  return offer === undefined
    ? notice(recipesTitle, [section(mrkdwn`There is no recipe ${name} any more.`)])
    : recipeForm(offer);
}

const make: Form = {
  id: "recipe.use",
  async submit({ meta, values }, at) {
    const connections = Object.fromEntries(
      Object.entries(values)
        .filter(([block]) => block.startsWith("role:"))
        .map(([block, connection]) => [block.slice("role:".length), connection]),
    );
    const used = await at.do("recipes.use", { recipe: metaText(meta, "recipe"), connections });
    return { kind: "modal", modal: recipeUsed(used) };
  },
};

export default { actions: [list, use], forms: [make] } satisfies Noun;
