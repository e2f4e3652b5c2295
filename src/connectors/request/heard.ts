import { beginningOf } from "#domain/answer-beginning.ts";
import type { Heard } from "#domain/ports/tools.ts";
import type { Clock } from "#domain/ports/world.ts";
import type { Incoming } from "../egress.ts";
import { NoAnswer } from "../egress/no-answer.ts";
import { textOfBytes } from "../json/bytes.ts";
import { withoutCredential } from "./answer-text.ts";
import type { Prepared } from "./prepare.ts";

/** The same request, of which each try is heard. */
export const heardBy = (
  heard: Heard | undefined,
  request: Prepared,
  subscription: string | null,
): Prepared =>
  heard === undefined ? request : { ...request, heard: (attempt) => heard(attempt, subscription) };

/** Sends a request, and tells whoever wants to hear of each try how it went; `spoken` is not repeated to them. */
export async function hearing<Made extends { incoming: Incoming }>(
  { heard }: Pick<Prepared, "heard">,
  { clock, spoken }: { clock: Clock; spoken: readonly string[] },
  ask: () => Promise<Made>,
): Promise<Made> {
  if (heard === undefined) return ask();
  const at = clock.now();
  const tell = (status: number | null, answer: string): void => {
    const ms = Math.round(clock.now().since(at).total("milliseconds"));
    heard({ at, status, ms, answer: beginningOf(answer) });
  };
  try {
    const made = await ask();
    const { status, body } = made.incoming;
    tell(status, withoutCredential(textOfBytes(body), spoken));
    return made;
  } catch (error) {
    if (error instanceof NoAnswer) tell(null, error.message);
    throw error;
  }
}
