import { z } from "zod";
import { limitField, optional } from "../input.ts";
import { operation } from "../operation.ts";

export const auditList = operation("audit.list", {
  title: "Reading the audit log",
  needs: "admin",
  audited: "never",
  input: z.strictObject({ limit: optional(limitField) }),
  told: () => ({}),

  async run({ limit = 50 }, { world }) {
    const [entries, chain] = await Promise.all([world.audit.list(limit), world.audit.verify()]);
    return { entries, ...chain };
  },
});
