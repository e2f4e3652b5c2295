import { bulkOf, isOver, type Run } from "#domain/run.ts";
import type { Button } from "@slack/types";
import { button } from "../blocks.ts";

/** With these a retry of very many is held and let go; none once it is over. */
export function retryButtons(run: Run): Button[] {
  if (isOver(run.state) || bulkOf(run) === null) return [];
  const pause =
    run.state.kind === "paused"
      ? button("Go on", "retry.go-on", run.id, { style: "primary" })
      : button("Pause", "retry.pause", run.id);
  return [pause, button("Cancel", "retry.cancel", run.id)];
}
