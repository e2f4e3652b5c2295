import type { Connection } from "#domain/connection.ts";
import type { NoticeDays, Subject } from "#domain/ports/outbox.ts";
import type { Standing } from "#domain/ports/registry.ts";
import type { ConnectionView } from "../contract.ts";
import { tell } from "../tell.ts";
import type { World } from "../world.ts";
import { connectionView } from "./view.ts";
import { lookLive } from "./look-live.ts";

const notices: readonly NoticeDays[] = [0, 1, 7, 14];
const first = 14;

/** Which notice is due for a sign-in that stands like this; null for none. */
export function noticeDue(
  { expires, refused }: Standing,
  now: Temporal.Instant,
): NoticeDays | null {
  if (refused !== null) return 0;
  if (expires === null) return null;
  const hours = expires.since(now).total("hours");
  return notices.find((days) => hours <= days * 24) ?? null;
}

/**
 * Tells owners of the sign-ins that end soon. One that use prolongs is used first, so that nobody is asked
 * for what we can do ourselves.
 */
export async function tellEnding(world: World): Promise<void> {
  const at = world.clock.now();
  for (const name of await world.safe.ending(at.add({ hours: 24 * first }))) {
    const connection = await world.registry.connection(name);
    if (connection === undefined) continue;
    if ((await world.safe.standing(name)).refused === null && isRenewable(world, connection))
      await lookLive(world, connection);
    const days = noticeDue(await world.safe.standing(name), at);
    await tell(
      world,
      days === null ? noticesOf(name) : [{ kind: "expiry", connection: name, days }],
    );
  }
}

/** What was said of its end, to be brought up to date. */
export const noticesOf = (connection: string): readonly Subject[] =>
  notices.map((days) => ({ kind: "expiry", connection, days }));

/** Those that end soon or have ended, the soonest first. */
export async function endingViews(
  world: World,
  at: Temporal.Instant,
): Promise<readonly ConnectionView[]> {
  const names = await world.safe.ending(at.add({ hours: 24 * first }));
  const found = await Promise.all(names.map((name) => world.registry.connection(name)));
  const views = await Promise.all(
    found
      .filter((connection) => connection !== undefined)
      .map((connection) => connectionView(world, connection)),
  );
  return views.toSorted((a, b) => endOf(a) - endOf(b));
}

const endOf = ({ standing: { refused, expires } }: ConnectionView): number =>
  refused === null ? (expires?.epochMilliseconds ?? 0) : 0;

const isRenewable = ({ tools }: World, { connector, credential }: Connection): boolean =>
  (tools.facts(connector)?.credentials ?? []).some(
    ({ browser, fields }) =>
      browser && fields.some(({ name, brought }) => brought && Object.hasOwn(credential, name)),
  );
