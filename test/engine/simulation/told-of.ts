import type { Lived } from "./life.ts";

/** What is wrong at the end of a life, and the command that lives it once more. */
export const toldOf = ({ seed, plan, wrong }: Pick<Lived, "seed" | "plan" | "wrong">): string =>
  `seed ${String(seed)} (${plan.topology}): ${wrong.slice(0, 5).join("; ")}\n` +
  `  once more: npm run simulate -- --seed ${String(seed)} --trace`;
