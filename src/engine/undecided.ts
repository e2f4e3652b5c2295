import type { DeadLetterId } from "#domain/ids.ts";
import type { Claimed } from "./claimed.ts";
import type { Ports } from "./ports.ts";

const atOnce = 500;

/**
 * Adds the keys that may have been written to a target which cannot tell: only a person may send them again.
 * None where a request may be repeated: then nothing stays in doubt. A record may come twice in one run,
 * so what comes to be in doubt meanwhile is added to the same set.
 */
export async function loadUndecided(
  { letters }: Pick<Ports, "letters">,
  { flow, ends, way }: Pick<Claimed, "flow" | "ends" | "way">,
  keys: Set<string>,
): Promise<ReadonlySet<string>> {
  if (ends.target.repeat === "request_id" || ends.target.repeat === "upsert") return keys;
  let after: DeadLetterId | null = null;
  for (;;) {
    const page = await letters.list({
      flow: flow.name,
      undecided: true,
      limit: atOnce,
      ...(after === null ? {} : { after }),
    });
    for (const letter of page) if (letter.way === way) keys.add(letter.key);
    const last = page.at(-1);
    if (last === undefined || page.length < atOnce) return keys;
    after = last.id;
  }
}
