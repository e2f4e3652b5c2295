import { z } from "zod";
import { operation } from "../operation.ts";
import { reschedule } from "../schedules.ts";

export const digestOff = operation("digest.off", {
  title: "Switching the digest off",
  needs: "operator",
  audited: "always",
  input: z.strictObject({}),
  told: () => ({}),

  async run(_input, { world }) {
    const { digest } = await world.settings.get();
    await world.settings.set({ digest: { ...digest, on: false } });
    await reschedule(world);
    return world.settings.get();
  },
});
