import type { DeadLetter } from "#domain/dead-letter.ts";
import { whenText, whoText } from "../when.ts";

/** Why nothing can be done with a dead letter any more or just now; null while it is open. */
export function settledText({ state }: DeadLetter): string | null {
  switch (state.kind) {
    case "open":
      return null;
    case "retrying":
      return `This record is already being retried by ${whoText(state.by)}, since ${whenText(state.since)}.`;
    case "written":
      return `This record was already written by ${whoText(state.by)}, ${whenText(state.at)}.`;
    case "superseded":
      return `This record changed at its source since, and went its way: ${whenText(state.at)}.`;
    case "discarded":
      return `This record was already discarded by ${whoText(state.by)}, ${whenText(state.at)}: ${state.reason}.`;
    default:
      return state satisfies never;
  }
}
