import type { Connection } from "#domain/connection.ts";
import { nextTry, patienceHours, type Due } from "#domain/delivery.ts";
import type { Answered } from "#domain/ports/deliveries.ts";
import type { Chance, Clock } from "#domain/ports/world.ts";
import type { World } from "../world.ts";
import { beginningOf } from "./beginning.ts";

type Deliverer = Pick<World, "deliveries" | "registry" | "tools" | "outbox"> & {
  clock: Clock;
  chance: Pick<Chance, "fraction">;
};

const patienceMs = 20_000;
/** Longer than a try takes: whoever lets go of one by dying has it taken over then. */
const leaseSeconds = 30;
const lanes = 8;
/** At one connection at a time, so that a slow one does not hold up the others. */
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
  const connection = await registry.connection(due.connection);
  if (connection === undefined) return;
  const { status, answer, waitMs } = await world.tools.tell(connection, due.event, AbortSignal.timeout(patienceMs)); // prettier-ignore
  const now = clock.now();
  const ms = Math.round(now.since(at).total("milliseconds"));
  const tried = { at, status, ms, answer: beginningOf(answer) };
  if (status !== null && status >= 200 && status < 300) {
    await deliveries.tried(due.id, tried, { state: "delivered", next: null });
    return deliveries.worked(due.connection);
  }
  const isGone = status === gone;
  const next = isGone ? null : nextTry(due.tried + 1, now, world.chance.fraction());
  await deliveries.tried(due.id, tried, { state: next === null ? "failed" : "waiting", next });
  await afterFailure(world, connection, { status, waitMs }, now);
}

/** Standard Webhooks 1.0: it does not want to be told any more. */
const gone = 410;
/** The same: it is to be told more slowly. */
const throttled: ReadonlySet<number | null> = new Set([429, 502, 503, 504]);

async function afterFailure(
  world: Deliverer,
  { name }: Connection,
  { status, waitMs }: Pick<Answered, "status" | "waitMs">,
  now: Temporal.Instant,
): Promise<void> {
  const { deliveries } = world;
  const since = await deliveries.failed(name, now);
  if (status === gone) return switchOff(world, name, "It answered that it is gone for good (410).", now); // prettier-ignore
  const hours = now.since(since).total("hours");
  if (hours >= patienceHours)
    return switchOff(world, name, `It has taken nothing for ${patienceHours / 24} days.`, now);
  if (throttled.has(status)) {
    const pause = Math.min(Math.max(waitMs ?? 0, shortestPause), longestPause);
    await deliveries.pause(name, now.add({ milliseconds: pause }));
  }
}

async function switchOff(
  { deliveries, outbox }: Deliverer,
  connection: Connection["name"],
  reason: string,
  at: Temporal.Instant,
): Promise<void> {
  if (await deliveries.turn(connection, { kind: "off", reason, at, by: "Tieline" }, at))
    await outbox.tell({ kind: "endpoint", connection });
}
