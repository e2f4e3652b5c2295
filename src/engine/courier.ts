import { isSystemic, Unavailable } from "#domain/errors.ts";
import type { Sending } from "#domain/delivery.ts";
import type { Sent, Write, WriteRequest } from "#domain/record.ts";
import type { Claimed } from "./claimed.ts";
import { makeDoubt } from "./doubt.ts";
import { batches, inFlight } from "./in-flight.ts";
import type { Matcher } from "./matcher.ts";
import { tellEach, type Tell } from "./outcome.ts";
import type { Ports } from "./ports.ts";
import { makeSendings } from "./sendings.ts";

const kinds = ["create", "update", "archive"] as const satisfies readonly Write["kind"][];

/** Brings writes to the target, each to exactly one outcome. */
export type Courier = {
  /**
   * Sends the writes in batches, several in flight, and tells each outcome once. After an error
   * nothing new is sent; what was sent has been told when the error is thrown. `check` is called after
   * each request and may throw to end it.
   */
  deliver(writes: readonly Write[], tell: Tell, check: () => void): Promise<void>;
  /** Ids of requests whose outcome was told, or which certainly did nothing. Grows. */
  answered: string[];
  /** On whose records the upserts told so far have landed is seen to: no earlier are those requests answered. */
  placed(): void;
  /** What was found and is to be looked at again has its fate: no earlier are those requests answered. */
  settled(): void;
  /** As in Sendings. */
  sendings: readonly Sending[];
};

export function makeCourier(
  ports: Pick<Ports, "ledger" | "clock" | "chance">,
  claimed: Claimed,
  matcher: Matcher,
): Courier {
  const { flow, epoch, calls } = claimed;
  const { target } = claimed.ends;
  const answered: string[] = [];
  /** Whoever breaks off here leaves the next claim to find that we wrote it, or it would be somebody else's. */
  const inDoubt: string[] = [];
  /** Whoever breaks off here would forget that we wrote over another's record. */
  const landing: string[] = [];
  const sendings = makeSendings(claimed);

  const intend = (requests: readonly WriteRequest[]) =>
    ports.ledger.intend(flow.name, epoch, requests);
  const request = (writes: readonly Write[]): WriteRequest => ({ id: ports.chance.id(), writes });
  const doubt = makeDoubt(ports, claimed, matcher, sendings);

  async function post(sending: WriteRequest, tell: Tell): Promise<void> {
    let sent: Sent;
    try {
      sent = await target.send(sending, calls, sendings.heardOf(sending));
    } catch (error) {
      if (didNothing(error)) answered.push(sending.id);
      throw error;
    }
    await take(sending, sent, tell);
  }

  /**
   * A systemic error means that nothing was written. Only from a tool that does not work just now is
   * that not believed where a second look costs nothing. An event is the same event until it is taken.
   */
  const didNothing = (error: unknown): boolean =>
    isSystemic(error) &&
    target.endpoint !== true &&
    (!(error instanceof Unavailable) || target.repeat === "nothing");

  async function take(sending: WriteRequest, sent: Sent, tell: Tell): Promise<void> {
    switch (sent.kind) {
      case "each":
        (target.repeat === "upsert" ? landing : answered).push(sending.id);
        return tellEach(sending.writes, sent.outcomes, tell);
      case "refused":
        answered.push(sending.id);
        return halve(sending.writes, sent, tell);
      case "unknown": {
        let found = false;
        const cleared = await doubt(sending, sent.reason, (write, outcome) => {
          found ||= outcome.kind === "again";
          tell(write, outcome);
        });
        (found ? inDoubt : answered).push(sending.id);
        if (cleared.kind === "sent") return take(cleared.request, cleared.sent, tell);
        return;
      }
      default:
        return sent satisfies never;
    }
  }

  /** Until each record is classified. */
  async function halve(
    writes: readonly Write[],
    refused: Extract<Sent, { kind: "refused" }>,
    tell: Tell,
  ): Promise<void> {
    const [only] = writes;
    if (writes.length === 1 && only !== undefined)
      return tell(only, { kind: "rejected", problem: refused.problem });
    const halves = [...batches(writes, Math.ceil(writes.length / 2))].map(request);
    await intend(halves);
    await inFlight(
      1,
      halves,
      (half) => post(half, tell),
      (half) => answered.push(half.id),
    );
  }

  return {
    answered,
    placed: () => void answered.push(...landing.splice(0)),
    settled: () => void answered.push(...inDoubt.splice(0)),
    sendings: sendings.all,
    async deliver(writes, tell, check) {
      // One kind a request: what a tool takes in a call of its own is done though another is refused.
      const requests = kinds
        .map((kind) => writes.filter((write) => write.kind === kind))
        .flatMap((alike) => [...batches(alike, target.batch)])
        .map(request);
      // What cannot be repeated is announced just before it is sent, so that a crash leaves few in doubt.
      const wave = target.repeat === "nothing" ? target.parallel : requests.length;
      for (const together of batches(requests, wave)) {
        await intend(together);
        await inFlight(
          target.parallel,
          together,
          async (each) => {
            await post(each, tell);
            check();
          },
          (each) => answered.push(each.id),
        );
      }
    },
  };
}
