import { z } from "zod";
import { connectionField, line, optional } from "../input.ts";
import { operation } from "../operation.ts";
import { deliveriesView, findTold } from "./view.ts";

export const deliveriesList = operation("deliveries.list", {
  title: "Looking at what a connection was sent",
  needs: "operator",
  audited: "never",
  input: z.strictObject({
    connection: connectionField,
    page: optional(z.int().min(0).describe("a page, from 0")),
    subscription: optional(line("the id of a subscription")),
  }),
  told: ({ connection }) => ({ connection }),
  run: async ({ connection, ...about }, { world }) =>
    deliveriesView(world, await findTold(world, connection), about),
});
