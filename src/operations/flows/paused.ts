import type { Flow } from "#domain/flow.ts";
import { whenText, whoText } from "../when.ts";

/** Why nothing runs: "customers-to-books is paused since 23 November, 09:41 UTC by @U1: books are closed." */
export function pausedText({ name, state }: Flow): string {
  if (state.kind === "on") return `${name} is not paused.`;
  if (state.kind === "off") return notYetOn(name);
  const reason = state.reason.replace(/[.\s]+$/, "");
  return `${name} is paused since ${whenText(state.at)} by ${whoText(state.by)}: ${reason}.`;
}

/** One that was made and never turned on. */
export const notYetOn = (name: string): string =>
  `${name} is off: it was never turned on. Its preview leads there: /sync preview ${name}.`;
