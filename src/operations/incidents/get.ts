import { z } from "zod";
import { findIncident } from "../find.ts";
import { incidentField } from "../input.ts";
import { operation } from "../operation.ts";
import { incidentView } from "./view.ts";

export const incidentsGet = operation("incidents.get", {
  title: "Looking at an incident",
  needs: "viewer",
  audited: "never",
  input: z.strictObject({ incident: incidentField }),
  told: ({ incident }) => ({ incident }),
  run: async ({ incident }, { world }) => incidentView(world, await findIncident(world, incident)),
});
