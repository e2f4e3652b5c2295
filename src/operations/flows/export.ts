import { stringify } from "yaml";
import { z } from "zod";
import { findFlow } from "../find.ts";
import { flowField, optional } from "../input.ts";
import { operation } from "../operation.ts";
import { flowWords } from "../workspace/flow-words.ts";

export const flowsExport = operation("flows.export", {
  title: "Exporting a flow",
  needs: "operator",
  audited: "never",
  input: z.strictObject({ flow: optional(flowField) }),
  told: ({ flow }) => ({ flow }),

  async run({ flow }, { world }) {
    const flows = flow === undefined ? await world.registry.flows() : [await findFlow(world, flow)];
    const file = { flows: Object.fromEntries(flows.map((one) => [one.name, flowWords(one)])) };
    return { text: stringify(file, { lineWidth: 100, aliasDuplicateObjects: false }) };
  },
});
