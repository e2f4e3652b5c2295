import { deadLetterId } from "#domain/ids.ts";
import type { LetterFilter } from "#domain/ports/dead-letters.ts";
import { z } from "zod";
import { findFlow, findIncident } from "../find.ts";
import { flowField, incidentField, letterField, limitField, optional } from "../input.ts";
import { operation } from "../operation.ts";
import { letterLines } from "./line.ts";

export const lettersList = operation("letters.list", {
  title: "Looking at the dead letters",
  needs: "viewer",
  audited: "never",
  input: z.strictObject({
    flow: optional(flowField),
    incident: optional(incidentField),
    after: optional(letterField),
    limit: optional(limitField),
  }),
  told: ({ flow, incident }) => ({ flow, incident }),

  async run({ flow, incident, after, limit = 50 }, { world }) {
    const about: Omit<LetterFilter, "limit"> = {
      ...(flow !== undefined && { flow: (await findFlow(world, flow)).name }),
      ...(incident !== undefined && { incident: (await findIncident(world, incident)).id }),
    };
    const page = { ...about, ...(after !== undefined && { after: deadLetterId(after) }), limit };
    const [letters, total] = await Promise.all([
      world.letters.list(page),
      world.letters.count(about),
    ]);
    return { letters: await letterLines(world, letters), total };
  },
});
