import { entityNames } from "#domain/entities/index.ts";
import { namePattern, nameRule } from "#domain/ids.ts";
import { z } from "zod";
import { Conditions } from "../conditions/shape.ts";

const name = z.string({ error: "a name is expected here" }).regex(namePattern, { error: `a name is ${nameRule}` }); // prettier-ignore
const text = (max: number) =>
  z
    .string({ error: "a text is expected here" })
    .min(1, { error: "a text is expected here" })
    .max(max);
const end = z
  .string({ error: "an end is a role and a kind of record, such as crm/deal" })
  .regex(new RegExp(`^[a-z][a-z0-9-]*/(${entityNames.join("|")})$`), {
    error: "an end is a role and a kind of record, such as crm/deal",
  });
const value = z.union([z.string(), z.boolean(), z.null()]);

/** What a recipe file may say: whom it asks for, and the flows it makes of them. */
export const RecipeFile = z.strictObject(
  {
    recipe: name,
    title: text(75),
    about: text(300),
    asks: z.record(
      name,
      z.strictObject({ title: text(75) }, { error: "what a person reads: { title: Your CRM }" }),
      { error: "asks must be roles, each with a title" },
    ),
    flows: z.record(
      name,
      z.strictObject(
        {
          from: end,
          to: end,
          convert: name.optional(),
          match: z.array(z.string()).optional(),
          where: Conditions.optional(),
          map: z.record(z.string(), z.string()).optional(),
          set: z.record(z.string(), value).optional(),
          pull: z.array(z.string()).optional(),
          two_way: z.boolean().optional(),
          truth: z.unknown().optional(),
          deletes: z.enum(["ignore", "archive"]).optional(),
          trigger: z.unknown().optional(),
          about: text(500),
        },
        { error: "a flow of a recipe has from, to, about and what a flow may have" },
      ),
      { error: "flows must be names with what they do" },
    ),
  },
  { error: "a recipe has recipe, title, about, asks and flows" },
);
export type RecipeFile = z.output<typeof RecipeFile>;
