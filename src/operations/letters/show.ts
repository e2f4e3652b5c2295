import { z } from "zod";
import { findLetter } from "../find.ts";
import { letterField } from "../input.ts";
import { operation } from "../operation.ts";
import { letterView } from "./view.ts";

export const lettersShow = operation("letters.show", {
  title: "Seeing a record in full",
  needs: "operator",
  audited: "always",
  input: z.strictObject({ letter: letterField }),
  told: ({ letter }) => ({ letter }),
  run: async ({ letter }, { world }) => letterView(world, await findLetter(world, letter)),
});
