import { Mistake } from "#domain/errors.ts";
import { z } from "zod";
import { findIncident } from "../find.ts";
import { incidentField } from "../input.ts";
import { note } from "../letters/note.ts";
import { operation } from "../operation.ts";
import { whenText, whoText } from "../when.ts";
import { incidentView } from "./view.ts";

export const incidentsClose = operation("incidents.close", {
  title: "Marking an incident as fixed",
  needs: "operator",
  audited: "always",
  input: z.strictObject({ incident: incidentField }),
  told: ({ incident }) => ({ incident }),

  async run({ incident: id }, asked) {
    const { world, by, at } = asked;
    const incident = await findIncident(world, id);
    const { state } = incident;
    if (incident.flow !== null)
      throw new Mistake("This one closes by itself, once its records are written or discarded, or the flow runs again."); // prettier-ignore
    if (state.kind === "closed")
      throw new Mistake(`This was already settled by ${whoText(state.by)}, ${whenText(state.at)}.`);
    const fixed = await world.failures.fixed(incident.id, by, at);
    if (fixed === undefined) throw new Mistake("This was settled meanwhile.");
    await note(asked, incident.id, "Marked as fixed");
    return incidentView(world, fixed);
  },
});
