import type { Flow } from "#domain/flow.ts";
import { SignInAgain } from "#domain/errors.ts";
import type { Grip } from "#domain/grip.ts";
import type { FlowName, RunId } from "#domain/ids.ts";
import type { Engine } from "#domain/ports/engine.ts";
import { bulkOf, imbalance, isOver, type Run, type RunState } from "#domain/run.ts";
import { tellBroken } from "./broken.ts";
import { bringAlong, makeBring } from "./bring.ts";
import { bulkRetry, type OpenHalf } from "./bulk-retry.ts";
import { carryOut } from "./carry-out.ts";
import { makeCarrying } from "./carried.ts";
import type { Claimed } from "./claimed.ts";
import { staleMs, startHeart, type Heart } from "./heart.ts";
import { makePatience, untilStopped } from "./patience.ts";
import type { Ports } from "./ports.ts";
import { halvesOf } from "./halves.ts";
import { tryLate } from "./late.ts";
import { reactionTo, type Reaction } from "./reaction.ts";
import type { Bring } from "./references.ts";
import { retry } from "./retry.ts";
import { BooksDoNotBalance } from "./stopped.ts";
import { sync } from "./sync.ts";
import { makeTelling, type Telling } from "./telling.ts";
import { settleUnanswered } from "./unanswered.ts";
import { wakeAfter, wokenAlready } from "./wake.ts";
import { makeWanted } from "./wanted.ts";

type Stop = Pick<Heart, "stop" | "cancelled">;
/** `canWait`: it has half of what a connection may ask for, and ends within seconds of being stopped. */
type Hold = Stop & { grip: Grip; canWait: boolean };

type Again = Awaited<ReturnType<Engine["perform"]>>;
const over: Again = { again: null, woken: [] };
const later = (at: Temporal.Instant): Again => ({ again: at, woken: [] });
const soonMs = 5_000;

/** The way of a run through this worker: claim, work, end or wait. */
export function makePerform(ports: Ports): (id: RunId) => Promise<Again> {
  const { runs, registry, incidents, clock, log } = ports;
  const carrying = makeCarrying();
  const after = (ms: number): Again => later(clock.now().add({ milliseconds: ms }));
  /**
   * Over, or another worker has the flow: maybe with another run of it, and then nobody has this one. The
   * next look finds out.
   */
  const lost = (): Again => after(soonMs);

  return (id) => perform(id, [], null);

  /** `inside`: flows whose runs wait for this one; `leave`: who stops those that can wait stops it as well. */
  async function perform(
    id: RunId,
    inside: readonly FlowName[],
    leave: Stop | null,
  ): Promise<Again> {
    const seen = await runs.get(id);
    if (seen === undefined) return over;
    if (isOver(seen.state)) {
      // A worker may have died between the end of the run and telling it, which may be repeated.
      await makeTelling(ports, seen, byOf(seen)).ended();
      return {
        again: null,
        woken: [...(await wokenAlready(ports)), ...(await wakeAfter(ports, id))],
      };
    }
    if (seen.state.kind === "paused") return over;
    if (seen.state.kind === "waiting" && isLater(seen.state.until, clock.now()))
      return later(seen.state.until);
    const claim = await runs.claim(id, clock.now(), staleMs);
    if (claim === undefined) return after(soonMs);
    const heart = await startHeart(ports, id, claim.epoch);
    try {
      const left: RunId[] = [];
      const stop = leave === null ? heart : either(heart, leave);
      const canWait = leave !== null || bulkOf(claim.run) !== null;
      const bring = makeBring(ports, claim.run, [...inside, claim.run.flow], {
        perform: (id, inside) => perform(id, inside, canWait ? stop : null),
        left,
        leave: canWait ? stop.stop : null,
      });
      const done = await work(
        claim.run,
        claim.epoch,
        { ...stop, grip: heart.grip, canWait },
        bring,
      );
      return { ...done, woken: [...left, ...done.woken] };
    } finally {
      await heart.end();
    }
  }

  async function work(run: Run, epoch: number, hold: Hold, bring: Bring): Promise<Again> {
    const { stop } = hold;
    const carried = carrying.of(run);
    const telling = makeTelling(ports, run, byOf(run));
    const as = run.work.kind === "retry" ? run.work.as : undefined;
    const flow = await registry.flow(run.flow, as);
    const turn = (state: RunState) => runs.turn(run.id, epoch, state, clock.now());
    const halves: OpenHalf[] = [];
    const end = (state: RunState) => endWith(run, state, turn, telling, halves);

    if (flow === undefined)
      return end({ kind: "failed", reason: `The flow ${run.flow} is not there any more` });
    // What a person asked to retry may be tried while the flow is paused; a sync waits for it to be on.
    if (flow.state.kind !== "on" && run.work.kind !== "retry")
      return end({ kind: "cancelled", by: `Tieline (the flow is ${flow.state.kind})` });
    if (!(await turn({ kind: "running" }))) return lost();
    await telling.started();
    try {
      stop.throwIfAborted();
      await go({ run, epoch, flow, stop, carried, bring }, hold, halves, telling);
    } catch (error) {
      const reaction = reactionTo(error, stop, carried, clock.now(), ports.chance);
      return react(reaction, error, { run, flow, turn, end, telling });
    }
    await telling.incidents(
      (await registry.flow(flow.name))?.state.kind === "on"
        ? await incidents.clear(flow.name, byOf(run), clock.now())
        : [],
    );
    return end({ kind: "done" });
  }

  type Going = Pick<Claimed, "run" | "epoch" | "flow" | "stop" | "carried"> & { bring: Bring };

  /** `halves`: gets those of the run as soon as there are any. */
  async function go(
    { flow, ...going }: Going,
    { grip, canWait, ...stops }: Hold,
    halves: OpenHalf[],
    telling: Telling,
  ): Promise<void> {
    const { run, stop } = going;
    const ends = await ports.openFlow(flow, { grip, lane: canWait ? { leave: stop } : undefined });
    const forEver = new AbortController().signal;
    using patience = makePatience(clock, stops);
    const rest = { ...going, by: byOf(run), wanted: makeWanted(ports.events, clock) };
    for (const { ports: own, direction } of halvesOf(ports, flow, ends)) {
      const { target } = direction.ends;
      const held = canWait
        ? {
            ends: { ...direction.ends, target: untilStopped(target, stop) },
            calls: patience.callsTo(target),
          }
        : { calls: forEver };
      halves.push({ ports: own, claimed: { ...rest, ...direction, ...held } });
    }
    for (const half of halves) await settleUnanswered(half.ports, half.claimed, telling.stored);
    if (bulkOf(run) !== null) await bulkRetry(ports, halves, telling);
    else for (const { ports, claimed } of halves) await bringForward(ports, claimed, telling);
    for (const { ports, claimed } of halves) await putRight(ports, claimed, telling);
    if (flow.twoWay !== null) await ports.outbox.tell({ kind: "conflicts", flow: flow.name });
    const counts = (await runs.get(run.id))?.counts;
    if (counts !== undefined && imbalance(counts) !== 0)
      throw new BooksDoNotBalance(
        `The books of the run do not balance: ${imbalance(counts)} of ${counts.read} records read are not accounted for`,
      );
  }

  type Under = {
    run: Run;
    flow: Flow;
    turn: (state: RunState) => Promise<boolean>;
    end: (state: RunState) => Promise<Again>;
    telling: Telling;
  };

  async function react(reaction: Reaction, error: unknown, under: Under): Promise<Again> {
    const { run, flow, end, telling } = under;
    const raise = async (name: string, message: string): Promise<void> =>
      telling.incidents([await incidents.raise(flow.name, name, message, clock.now())]);
    switch (reaction.kind) {
      case "leave":
        log.info("Another worker has taken the flow over", { run: run.id });
        carrying.forget(run.id);
        return lost();
      case "fall":
        throw error;
      case "cancel":
        return end({ kind: "cancelled", by: reaction.by });
      case "rest":
        return rest(reaction.by, under);
      case "stop":
        return end({ kind: "failed", reason: reaction.reason });
      case "wait": {
        const { reason, incident } = reaction;
        if (incident !== null) await raise(incident, reason);
        return park(reaction, under);
      }
      case "pause": {
        const { reason } = reaction;
        await pause(flow, reason, false);
        if (error instanceof SignInAgain) await tellBroken(ports.events, error, clock.now());
        await raise(reaction.error, reason);
        return end({ kind: "failed", reason });
      }
      case "hold": {
        const { reason, foresight } = reaction;
        const incident = await incidents.raise(flow.name, "Held", reason, clock.now());
        await ports.hold({ run, incident: incident.id, foresight });
        await pause(flow, reason, true);
        await telling.incidents([incident]);
        return end({ kind: "done" });
      }
      case "fail":
        log.error("A run failed unexpectedly", { run: run.id, flow: flow.name, error });
        await raise(reaction.error, reaction.reason);
        return end({ kind: "failed", reason: reaction.reason });
      default:
        return reaction satisfies never;
    }
  }

  async function rest(by: string, { turn, telling }: Under): Promise<Again> {
    const rests = await turn({ kind: "paused", by });
    await telling.ended();
    // Cancelled or gone on with meanwhile: whoever takes it up next finds out which.
    return rests ? over : later(clock.now());
  }

  async function park(
    { reason, until }: Extract<Reaction, { kind: "wait" }>,
    { turn, telling }: Under,
  ): Promise<Again> {
    const turned = await turn({ kind: "waiting", reason, until });
    await telling.ended();
    return turned ? later(until) : lost();
  }

  async function pause({ name }: Flow, reason: string, held: boolean): Promise<void> {
    const at = clock.now();
    await registry.turnFlow(name, { kind: "paused", reason, held, by: "Tieline", at });
  }

  async function endWith(
    run: Run,
    state: RunState,
    turn: Under["turn"],
    telling: Telling,
    halves: readonly OpenHalf[],
  ): Promise<Again> {
    carrying.forget(run.id);
    // False when it is over already or in other hands: then it is not ours to tell.
    if (!(await turn(state))) return lost();
    await telling.ended();
    const woken: RunId[] = [];
    for (const half of halves) woken.push(...(await tryLate(half.ports, half.claimed)));
    return { again: null, woken: [...woken, ...(await wakeAfter(ports, run.id))] };
  }
}

async function bringForward(ports: Ports, claimed: Claimed, telling: Telling): Promise<void> {
  const { work } = claimed.run;
  switch (work.kind) {
    case "sync":
      return sync(ports, claimed, work, telling);
    case "retry":
      return retry(ports, claimed, work.letters, telling);
    case "bring":
      return bringAlong(ports, claimed, work.keys, telling);
    default:
      return work satisfies never;
  }
}

/**
 * A tool that knows records by a key alone takes a record for the one it has with the same key: whose that
 * was is not at the target any more, and nobody reads it again before it changes. Its own content is
 * written back before the run is over. (Where both sides are weighed, the next run begins with that.)
 */
async function putRight(ports: Ports, claimed: Claimed, telling: Telling): Promise<void> {
  if (claimed.flow.twoWay === null) await carryOut(ports, claimed, telling);
}

const either = (one: Stop, other: Stop): Stop => ({
  stop: AbortSignal.any([one.stop, other.stop]),
  cancelled: AbortSignal.any([one.cancelled, other.cancelled]),
});

/** Who is behind a run, for histories. */
const byOf = ({ trigger }: Run): string => (trigger.kind === "person" ? trigger.by : "Tieline");

const isLater = (a: Temporal.Instant, b: Temporal.Instant): boolean =>
  Temporal.Instant.compare(a, b) > 0;
