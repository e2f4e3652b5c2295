import { z } from "zod";

/** A run that the guard held: what it would do, and who started it. */
export type HeldChange = {
  kind: "held";
  flow: string;
  /** Whose card this is. */
  incident: string;
  changes: number;
  deletes: number;
  /** How many records are linked. */
  linked: number;
  allowed: { changes: number; deletes: number };
  /** The first of them; personal data, mask it in channels. */
  samples: readonly HeldSample[];
  /** Who started it; null where a schedule or an event did. */
  startedBy: string | null;
};

export const heldKindName = "held";

const Sample = z.strictObject({
  key: z.string(),
  action: z.enum(["change", "delete"]),
  fields: z.array(z.strictObject({ name: z.string(), from: z.string(), to: z.string() })),
});
export type HeldSample = z.output<typeof Sample>;

/** What is kept of it; `set` is what is let through, and nothing else. */
export const HeldAsked = z.strictObject({
  set: z.string(),
  incident: z.string(),
  full: z.boolean(),
  channel: z.string().nullable(),
  started_by: z.string().nullable(),
  changes: z.number(),
  deletes: z.number(),
  linked: z.number(),
  allowed: z.strictObject({ changes: z.number(), deletes: z.number() }),
  samples: z.array(Sample),
});
export type HeldAsked = z.output<typeof HeldAsked>;
