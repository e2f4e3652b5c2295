import { answerMs } from "#domain/answer-time.ts";
import { Unavailable } from "#domain/errors.ts";
import type { Sent, Write, WriteRequest } from "#domain/record.ts";
import { jittered } from "./backoff.ts";
import type { Claimed } from "./claimed.ts";
import { mayBe } from "./content.ts";
import type { Tell } from "./outcome.ts";
import type { Create, Matcher } from "./matcher.ts";
import { isMissing } from "./made-there.ts";
import type { Ports } from "./ports.ts";
import { maybeWritten } from "./problems.ts";
import type { Sendings } from "./sendings.ts";

const tries = 4;
const isCreate = (write: Write): write is Create => write.kind === "create";

/** The request that was answered at last (it may be a smaller one), or nothing is left of it. */
type Cleared = { kind: "sent"; request: WriteRequest; sent: Sent } | { kind: "settled" };

/**
 * Finds out what became of a request that may have been carried out: by sending it again under its
 * id where that is harmless, by looking where it can be seen, or not at all.
 */
export function makeDoubt(
  ports: Pick<Ports, "ledger" | "clock" | "chance">,
  claimed: Claimed,
  matcher: Matcher,
  sendings: Sendings,
) {
  const { flow, epoch, calls, stop } = claimed;
  const { target } = claimed.ends;

  const wait = (attempt: number, leastMs: number) =>
    ports.clock.sleep(
      jittered(ports.chance, attempt, { firstMs: 1_000, mostMs: 8_000, leastMs }),
      calls,
    );

  /** @throws Unavailable when it stays unknown; the intent is left for the next claim */
  async function repeat(request: WriteRequest, reason: string): Promise<Cleared> {
    let last = reason;
    for (let attempt = 1; attempt <= tries; attempt += 1) {
      await wait(attempt, 200);
      const sent = await target.send(request, calls, sendings.heardOf(request));
      if (sent.kind !== "unknown") return { kind: "sent", request, sent };
      last = sent.reason;
    }
    throw new Unavailable(`The target does not say whether it wrote: ${last}`);
  }

  /** Tells what is found; returns the writes that did not happen, or may be made again. */
  async function lookUp(
    writes: readonly Write[],
    reason: string,
    tell: Tell,
    mayCome: boolean,
  ): Promise<readonly Write[]> {
    const creates = writes.filter(isCreate);
    const found = await matcher.whatBecameOf(creates);
    return writes.filter((write) => {
      if (write.kind !== "create") return true;
      const there = found.get(write.key);
      if (there === undefined) {
        tell(write, { kind: "rejected", problem: maybeWritten(reason) });
        return false;
      }
      const [one, ...others] = there;
      if (one === undefined || (mayCome && isMissing(there, write))) return true;
      const ours = others.length === 0 && mayBe(one.fields, write.fields);
      tell(
        write,
        ours ? { kind: "accepted", id: one.id, version: one.version } : { kind: "again" },
      );
      return false;
    });
  }

  async function look(request: WriteRequest, reason: string, tell: Tell): Promise<Cleared> {
    let writes = request.writes;
    let last = reason;
    for (let attempt = 1; attempt <= tries; attempt += 1) {
      await wait(attempt, target.lagMs);
      let left = await lookUp(writes, reason, tell, true);
      if (left.some(isCreate)) {
        // Whoever broke off may be at work on it still: where it does not answer in time, for as long again.
        await ports.clock.sleep(answerMs, stop);
        left = await lookUp(left, reason, tell, false);
      }
      if (left.length === 0) return { kind: "settled" };
      writes = left;
      const rest: WriteRequest = { id: ports.chance.id(), writes };
      await ports.ledger.intend(flow.name, epoch, [rest]);
      const sent = await target.send(rest, calls, sendings.heardOf(rest));
      if (sent.kind !== "unknown") return { kind: "sent", request: rest, sent };
      last = sent.reason;
    }
    throw new Unavailable(`The target does not say whether it wrote: ${last}`);
  }

  return async (request: WriteRequest, reason: string, tell: Tell): Promise<Cleared> => {
    switch (target.repeat) {
      case "request_id":
      case "upsert":
        return repeat(request, reason);
      case "lookup":
        return look(request, reason, tell);
      case "nothing":
        for (const write of request.writes)
          tell(write, { kind: "rejected", problem: maybeWritten(reason) });
        return { kind: "settled" };
      default:
        return target.repeat satisfies never;
    }
  };
}
