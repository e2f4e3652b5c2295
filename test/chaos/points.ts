/** What a worker does that a crash may fall into. */
export const acts = [
  "intend",
  "send",
  "commit",
  "checkpoint",
  "letter",
  "claim",
  "heartbeat",
  "ending",
  "completion",
  "post",
  "delivery",
] as const;

export type Act = (typeof acts)[number];

/** `during`: it is on its way, and whoever sent it dies before hearing what became of it. */
export const sides = ["before", "during", "after"] as const;

export type Side = (typeof sides)[number];

export type Point = `${Act}:${Side}`;

export const points: readonly Point[] = acts.flatMap((act) =>
  sides.map((side): Point => `${act}:${side}`),
);
