import { isTaken, nextTry, patienceHours, type Address, type Due } from "#domain/delivery.ts";
import type { Answered } from "#domain/ports/deliveries.ts";
import type { Chance, Clock } from "#domain/ports/world.ts";
import type { World } from "../world.ts";
import { endpointSubject } from "./endpoint-subject.ts";
import { beginningOf } from "#domain/answer-beginning.ts";

type Deliverer = Pick<World, "deliveries" | "registry" | "subscriptions" | "tools" | "outbox"> & {
  clock: Clock;
  chance: Pick<Chance, "fraction">;
};

const patienceMs = 20_000;
/** Longer than a try takes: whoever lets go of one by dying has it taken over then. */
const leaseSeconds = 30;
const lanes = 8;
/** At one address at a time, so that a slow one does not hold up the others. */
const atOnce = 4;
/** Then the job is handed back, so that no one is ever very long. */
const turnSeconds = 300;
const lookAgainMs = 250;
const shortestPause = 30_000;
const longestPause = 3_600_000;

/** Sends what is due, several at a time. Returns when to look again; null where nothing waits. */
export async function deliver(
  world: Deliverer,
  closing: AbortSignal,
): Promise<Temporal.Instant | null> {
  const { deliveries, clock } = world;
  const end = clock.now().add({ seconds: turnSeconds });
  const goesOn = () => !closing.aborted && Temporal.Instant.compare(clock.now(), end) < 0;
  let busy = 0;

  async function lane(): Promise<void> {
    while (goesOn()) {
      const now = clock.now();
      const due = await deliveries.take(now, now.add({ seconds: leaseSeconds }), atOnce);
      if (due !== undefined) {
        busy += 1;
        await attempt(world, due).finally(() => (busy -= 1));
      } else if (busy > 0) {
        await clock.sleep(lookAgainMs, closing).catch(() => undefined);
      } else return;
    }
  }

  await Promise.all(Array.from({ length: lanes }, lane));
  return deliveries.nextDue();
}

async function attempt(world: Deliverer, due: Due): Promise<void> {
  const { deliveries, registry, clock } = world;
  const at = clock.now();
  const address: Address = { connection: due.connection, subscription: due.subscription };
  const connection = await registry.connection(due.connection);
  if (connection === undefined) return;
  const to = { subscription: due.subscription, signal: AbortSignal.timeout(patienceMs) };
  const { status, answer, waitMs } = await world.tools.tell(connection, due.parcel, to);
  const now = clock.now();
  const ms = Math.round(now.since(at).total("milliseconds"));
  const tried = { at, status, ms, answer: beginningOf(answer) };
  if (isTaken(tried)) {
    await deliveries.tried(due.id, tried, { state: "delivered", next: null });
    return deliveries.worked(address);
  }
  const isGone = status === gone;
  const next = isGone ? null : nextTry(due.tried + 1, now, world.chance.fraction());
  await deliveries.tried(due.id, tried, { state: next === null ? "failed" : "waiting", next });
  await afterFailure(world, address, { status, waitMs }, now);
}

/** Standard Webhooks 1.0: it does not want to be told any more. */
const gone = 410;
/** The same: it is to be told more slowly. */
const throttled: ReadonlySet<number | null> = new Set([429, 502, 503, 504]);

async function afterFailure(
  world: Deliverer,
  address: Address,
  { status, waitMs }: Pick<Answered, "status" | "waitMs">,
  now: Temporal.Instant,
): Promise<void> {
  const { deliveries } = world;
  if (status === gone) return end(world, address, now);
  const since = await deliveries.failed(address, now);
  const hours = now.since(since).total("hours");
  if (hours >= patienceHours)
    return switchOff(world, address, `It has taken nothing for ${patienceHours / 24} days.`, now);
  if (throttled.has(status)) {
    const pause = Math.min(Math.max(waitMs ?? 0, shortestPause), longestPause);
    await deliveries.pause(address, now.add({ milliseconds: pause }));
  }
}

/** Who asked to be told says so where they want it no more; an address that a person gave is switched off. */
async function end(world: Deliverer, address: Address, now: Temporal.Instant): Promise<void> {
  const { connection, subscription } = address;
  if (subscription === null)
    return switchOff(world, address, "It answered that it is gone for good (410).", now);
  // Source: docs.zapier.com, REST hooks: 410 ends the subscription.
  await world.subscriptions.remove(connection, subscription);
}

async function switchOff(
  { deliveries, outbox }: Deliverer,
  address: Address,
  reason: string,
  at: Temporal.Instant,
): Promise<void> {
  if (await deliveries.turn(address, { kind: "off", reason, at, by: "Tieline" }, at))
    await outbox.tell(endpointSubject(address));
}
