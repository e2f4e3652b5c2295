import type { WriteRequest } from "#domain/record.ts";
import type { FakeClock } from "../../support/memory/clock.ts";
import type { MemoryTarget } from "../../support/memory/target.ts";

/** A request that was under way when nobody waited for its answer any more; `done`: the tool had carried it out. */
export type UnderWay = { request: WriteRequest; done: boolean };

/** Makes a tool think for a minute about what it is sent, before it does it or after, while it is told to. */
export function makeSlowTool(target: MemoryTarget, clock: FakeClock) {
  const { send } = target;
  const underWay: UnderWay[] = [];
  let thinking: { does: boolean; asked: () => Promise<unknown> } | null = null;

  target.send = async (request, calls, heard) => {
    if (thinking === null) return send(request, calls, heard);
    const { does: done, asked } = thinking;
    if (done) await send(request, calls, heard);
    underWay.push({ request, done });
    await asked();
    await clock.sleep(60_000, calls);
    throw new Error("somebody waited for a minute");
  };
  return {
    /** `asked` is called as soon as something is under way. */
    think: (does: boolean, asked: () => Promise<unknown>) => void (thinking = { does, asked }),
    /** What nobody waited for. */
    wake(): readonly UnderWay[] {
      thinking = null;
      return underWay.splice(0);
    },
  };
}
