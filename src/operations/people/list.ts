import { z } from "zod";
import { operation } from "../operation.ts";

export const peopleList = operation("people.list", {
  title: "Looking at the roles",
  needs: "viewer",
  audited: "never",
  input: z.strictObject({}),
  told: () => ({}),
  run: async (_input, { world }) => ({
    grants: await world.people.grants(),
    admins: world.about.admins,
  }),
});
