import type { DeadLetterId } from "#domain/ids.ts";
import { type Run, type RunState } from "#domain/run.ts";
import { batches } from "./in-flight.ts";
import type { Ports } from "./ports.ts";

/** Who is behind a run, for histories. */
export const byOf = ({ trigger }: Run): string =>
  trigger.kind === "person" ? trigger.by : "Tieline";

/**
 * Opens again the dead letters a retry took and did not come to. May be repeated: what another retry
 * has taken since stays taken.
 */
export async function giveBack(
  { letters, clock }: Pick<Ports, "letters" | "clock">,
  run: Run,
  ids: readonly DeadLetterId[],
): Promise<void> {
  const ended = run.endedAt ?? clock.now();
  for (const some of batches(ids, 100)) {
    const found = await Promise.all(some.map((id) => letters.get(id)));
    const left = found.flatMap((letter) =>
      letter?.state.kind === "retrying" && Temporal.Instant.compare(letter.state.since, ended) <= 0
        ? letter.id
        : [],
    );
    if (left.length === 0) continue;
    await letters.release(left, { at: clock.now(), by: byOf(run), what: why(run.state) });
  }
}

function why(state: RunState): string {
  switch (state.kind) {
    case "failed":
      return `not tried: ${state.reason}`;
    case "cancelled":
      return `not tried: the retry was cancelled by ${state.by}`;
    case "done":
    case "queued":
    case "running":
    case "waiting":
      return "not tried: the source did not say what the record is now";
    default:
      return state satisfies never;
  }
}
