import { Mistake } from "#domain/errors.ts";
import { z } from "zod";
import { findFlow } from "../find.ts";
import { line } from "../input.ts";
import { operation } from "../operation.ts";
import type { World } from "../world.ts";
import type { Preview } from "./contract.ts";
import { statusOf } from "./status.ts";

export const flowsPreviewed = operation("flows.previewed", {
  title: "Looking at a preview",
  needs: "operator",
  audited: "never",
  input: z.strictObject({ preview: line("the id of a preview") }),
  told: ({ preview }) => ({ preview }),

  async run({ preview: id }, { world }) {
    const preview = previewOf(world, id);
    return { preview, status: await statusOf(world, await findFlow(world, preview.flow)) };
  },
});

/** @throws Mistake when it is not kept any more */
export function previewOf({ previews }: Pick<World, "previews">, id: string): Preview {
  const preview = previews.get(id);
  if (preview === undefined)
    throw new Mistake("This preview is too old to be used. Please make a new one.");
  return preview;
}
