import type { RecipeOffer, RecipeUsed } from "#operations/contract.ts";
import type { KnownBlock } from "@slack/types";
import { actions, button, context, divider, input, option, plain, section } from "../blocks.ts";
import type { Modal } from "../message.ts";
import { joined, lines, mrkdwn } from "../text/markup.ts";
import { complaint, notice } from "./notice.ts";

export const recipesTitle = "Recipes";

/** Every recipe there is; one whose parts nobody could take says what is missing. */
export const recipeList = (offers: readonly RecipeOffer[]): Modal =>
  notice(recipesTitle, [
    section(mrkdwn`Ready-made flows. They ask only which connections they go between.`),
    divider,
    ...offers.slice(0, 40).flatMap(offerBlocks),
  ]);

function offerBlocks(offer: RecipeOffer): KnownBlock[] {
  const text = lines(mrkdwn`*${offer.title}*`, mrkdwn`${offer.about}`);
  const missing = missingIn(offer);
  if (missing.length === 0)
    return [section(text, button("Use", "recipe.use", offer.name, { style: "primary" }))];
  return [section(text), context(mrkdwn`Not yet: no connection can be ${missing.join(", or ")}.`)];
}

const missingIn = ({ roles }: RecipeOffer): readonly string[] =>
  roles.filter(({ fits }) => fits.length === 0).map(({ title }) => `“${title}”`);

/** Which connection takes which part. */
export function recipeForm(offer: RecipeOffer): Modal {
  return {
    form: "recipe.use",
    title: recipesTitle,
    submit: "Make the flows",
    close: "Cancel",
    meta: { recipe: offer.name },
    blocks: [
      section(lines(mrkdwn`*${offer.title}*`, mrkdwn`${offer.about}`)),
      ...offer.roles.map(({ name, title, fits }) => {
        const options = fits
          .slice(0, 100)
          .map(({ connection, title: tool }) => option(`${connection}  ${tool}`, connection));
        const [single] = options.length === 1 ? options : [];
        return input(`role:${name}`, title, {
          type: "static_select",
          action_id: "value",
          options,
          placeholder: plain("Choose a connection", 150),
          ...(single === undefined ? {} : { initial_option: single }),
        });
      }),
      context(mrkdwn`The flows are made, but stay off until you have seen a preview of each.`),
    ],
  };
}

/** What was made of it, and what comes next. */
export function recipeUsed({ title, made, already, warnings }: RecipeUsed): Modal {
  const first =
    made.length === 0
      ? mrkdwn`*${title}*: all of its flows are there already.`
      : mrkdwn`*${title}*: made, and still off. Look at a preview of each, then turn it on.`;
  return notice(recipesTitle, [
    section(first),
    ...warnings.slice(0, 8).map((warning) => complaint(warning)),
    ...made.flatMap(({ flow }) => [
      section(lines(mrkdwn`*${flow.name}*`, mrkdwn`${flow.about}`)),
      actions(
        button("Preview", "flow-make.preview", flow.name, { style: "primary" }),
        button("Fields", "flow-make.back", flow.name),
      ),
    ]),
    ...(already.length === 0
      ? []
      : [
          context(
            mrkdwn`There before, and as it was: ${joined(
              already.map((name) => mrkdwn`${name}`),
              ", ",
            )}.`,
          ),
        ]),
  ]);
}
