import { z } from "zod";
import { findFlow } from "../find.ts";
import { flowField, optional } from "../input.ts";
import { operation } from "../operation.ts";
import { incidentView } from "./view.ts";

export const incidentsList = operation("incidents.list", {
  title: "Looking at the incidents",
  needs: "viewer",
  audited: "never",
  input: z.strictObject({ flow: optional(flowField) }),
  told: ({ flow }) => ({ flow }),

  async run({ flow }, { world }) {
    const about = flow === undefined ? undefined : (await findFlow(world, flow)).name;
    const open = await world.incidents.open(about);
    return Promise.all(open.map((incident) => incidentView(world, incident)));
  },
});
