import { z } from "zod";
import { operation } from "../operation.ts";
import { ableConnections } from "./able.ts";
import { canBe } from "./fill.ts";

export const recipesList = operation("recipes.list", {
  title: "Looking at the recipes",
  needs: "operator",
  audited: "never",
  input: z.strictObject({}),
  told: () => ({}),

  async run(_input, { world }) {
    const all = await ableConnections(world);
    return world.readyMade.recipes.map(({ name, title, about, roles }) => ({
      name,
      title,
      about,
      roles: roles.map((role) => ({
        name: role.name,
        title: role.title,
        fits: all
          .filter((able) => canBe(role, able))
          .map(({ connection, title: tool }) => ({ connection: connection.name, title: tool })),
      })),
    }));
  },
});
