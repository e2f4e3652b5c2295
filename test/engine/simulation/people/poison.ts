import type { SeededChance } from "../../../support/memory/chance.ts";

/** Texts that no database takes; each has to become a dead letter. */
const refused = ["a\0b", "half \ud83d", "\udc00 half", `heap ${"\u0301".repeat(150)}`] as const;
/** Odd ones that have to arrive as they are. */
const odd = [
  "🦊 Zoë",
  "\u202eright to left",
  "zero\u200bwidth",
  "__proto__",
  "=1+1",
  "<b>&amp;",
] as const;

export const isPoison = (value: unknown): boolean =>
  typeof value === "string" && refused.some((text) => value.includes(text));

/** What somebody pasted; null where it is as usual. */
export function pasted(
  chance: SeededChance,
): { row: "V1.refused" | "V2.odd"; text: string } | null {
  const draw = chance.whole(100);
  if (draw < 2) return { row: "V1.refused", text: chance.pick(refused) };
  return draw < 6 ? { row: "V2.odd", text: chance.pick(odd) } : null;
}
