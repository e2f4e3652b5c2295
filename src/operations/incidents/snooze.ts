import { Mistake } from "#domain/errors.ts";
import { z } from "zod";
import { findIncident } from "../find.ts";
import { incidentField } from "../input.ts";
import { note } from "../letters/note.ts";
import { operation } from "../operation.ts";
import { whenText, whoText } from "../when.ts";
import { incidentView } from "./view.ts";

export const incidentsSnooze = operation("incidents.snooze", {
  title: "Snoozing an incident",
  needs: "operator",
  audited: "always",
  input: z.strictObject({
    incident: incidentField,
    hours: z.int().min(1).max(168).describe("a whole number of hours from 1 to 168, a week"),
  }),
  told: (input) => input,

  async run({ incident: id, hours }, asked) {
    const { world, by, at } = asked;
    const incident = await findIncident(world, id);
    const until = at.add({ hours });
    const { state } = incident;
    const snoozed =
      state.kind === "closed" ? undefined : await world.incidents.snooze(incident.id, until, by);
    if (snoozed === undefined)
      throw new Mistake(
        state.kind === "closed"
          ? `This was already settled by ${whoText(state.by)}, ${whenText(state.at)}.`
          : "This was settled meanwhile.",
      );
    await note(asked, incident.id, `Snoozed until ${whenText(until)}`);
    return incidentView(world, snoozed);
  },
});
