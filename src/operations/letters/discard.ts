import type { DeadLetter } from "#domain/dead-letter.ts";
import { Mistake } from "#domain/errors.ts";
import { z } from "zod";
import { incidentField, line, optional } from "../input.ts";
import { operation } from "../operation.ts";
import { settle } from "../tell.ts";
import { chosen, lettersField } from "./chosen.ts";
import { noteAbout } from "./note.ts";
import { settledText } from "./settled.ts";

export const lettersDiscard = operation("letters.discard", {
  title: "Discarding dead letters",
  needs: "operator",
  audited: "always",
  input: z.strictObject({
    letters: optional(lettersField),
    incident: optional(incidentField),
    reason: line("a reason of 1 to 500 characters", 500),
  }),
  told: ({ letters, incident }) => ({ letters, incident }),

  async run({ reason, ...choice }, asked) {
    const { world, by, at } = asked;
    const letters = await chosen(world, choice);
    const gone: DeadLetter[] = [];
    for (const letter of letters)
      if (await world.letters.discard(letter.id, by, reason, at)) gone.push(letter);

    const [only] = letters;
    if (gone.length === 0 && only !== undefined && letters.length === 1) {
      const now = await world.letters.get(only.id);
      throw new Mistake((now && settledText(now)) ?? "This record is settled already.");
    }
    await noteAbout(asked, gone, (count) => `Discarded ${count}: ${reason}`);
    for (const flow of new Set(gone.map((letter) => letter.flow)))
      await settle(world, flow, by, at);
    return { discarded: gone.length };
  },
});
