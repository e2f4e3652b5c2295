import type { Incoming } from "#connectors/egress.ts";
import { NoAnswer } from "#connectors/egress/no-answer.ts";
import { answerMs } from "#domain/answer-time.ts";
import type { FakeClock } from "../../../support/memory/clock.ts";
import type { SeededChance } from "../../../support/memory/chance.ts";
import type { Asked } from "../outside/answers.ts";
import type { Place } from "../outside/outside.ts";
import type { Row } from "./matrix.ts";

/** How often a tool takes its time over a create, by a chance of its own; and of how many it does just now. */
export type Slowness = { share: number; chance: SeededChance; underWay: number };

type Parts = {
  clock: FakeClock;
  slowness: Slowness;
  noted: (row: Row) => void;
  /** The worker that asks dies where it is. */
  crash(): void;
};

const never = new AbortController().signal;
/** On the way to the tool some of it has passed already. */
const mostMs = answerMs - 500;

/**
 * A tool that takes up to half a minute over a create and carries it out whatever has become of whoever asked
 * for it: cut off, dead, or waiting. Null where it is as quick as ever; nobody notices where requests are
 * known again.
 */
export function makeSlow({ clock, slowness, noted, crash }: Parts) {
  const { chance } = slowness;

  async function slowly(carryOut: () => Incoming, signal: AbortSignal): Promise<Incoming> {
    const ms = chance.whole(mostMs);
    const row = chance.pick(["D6.late", "D6.late", "K1.late", "D6.slow"]);
    noted(row);
    slowness.underWay += 1;
    const done = clock.sleep(ms, never).then(() => {
      slowness.underWay -= 1;
      return carryOut();
    });
    if (row === "D6.slow") await clock.sleep(ms, signal);
    else await clock.sleep(chance.whole(Math.min(ms, 2_000) + 1), signal);
    if (row === "D6.late") throw new NoAnswer("broke off its answer", true);
    if (row === "K1.late") crash();
    return done;
  }

  return (
    asked: Asked,
    { tool }: Place,
    signal: AbortSignal,
    carryOut: () => Incoming,
  ): Promise<Incoming> | null => {
    if (slowness.share === 0 || tool.shape.repeat !== "lookup" || !isCreate(asked)) return null;
    return chance.happens(slowness.share) ? slowly(carryOut, signal) : null;
  };
}

function isCreate({ what, object, method, id, body }: Asked): boolean {
  if (what !== "write" || object === "files") return false;
  const { items } = body as { items?: readonly { do?: unknown }[] };
  return items === undefined ? method === "POST" && id === null : items[0]?.do === "create";
}
