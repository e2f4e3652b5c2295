import { z } from "zod";
import { operation } from "../operation.ts";

export const peopleMe = operation("people.me", {
  title: "Asking for one's own role",
  needs: "viewer",
  audited: "never",
  input: z.strictObject({}),
  told: () => ({}),
  run: (_input, { role, becameAdmin }) => Promise.resolve({ role, first: becameAdmin() }),
});
