import { isOver, type Run } from "#domain/run.ts";
import { setTimeout as sleep } from "node:timers/promises";
import type { Room } from "./verb.ts";

const everyMs = 200;

/** The person pressed Ctrl-C: nobody waits any more, the run goes on. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
}

/** Looks at a run until it is over. @throws Interrupted */
export async function follow(
  id: string,
  room: Pick<Room, "do" | "interrupted">,
  seen: (run: Run) => void,
): Promise<Run> {
  for (;;) {
    const run = await room.do("runs.get", { run: id });
    seen(run);
    if (isOver(run.state)) return run;
    await sleep(everyMs, undefined, { signal: room.interrupted }).catch(() => {
      throw new Interrupted("Stopped waiting. What was begun goes on.");
    });
  }
}
