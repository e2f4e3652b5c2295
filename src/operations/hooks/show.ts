import { z } from "zod";
import { connectionField } from "../input.ts";
import { operation } from "../operation.ts";
import { findHooked, hooksView } from "./view.ts";

export const hooksShow = operation("hooks.show", {
  title: "Looking at what a connection is sent",
  needs: "operator",
  audited: "never",
  input: z.strictObject({ connection: connectionField }),
  told: ({ connection }) => ({ connection }),
  run: async ({ connection }, { world }) => hooksView(world, await findHooked(world, connection)),
});
