import { expect, test } from "vitest";
import { connectionName } from "#domain/ids.ts";
import type { Store, WithStore } from "../support/with-store.ts";
import { at, crm, noon } from "./examples.ts";

const hook = { ...crm, name: connectionName("hook"), connector: "webhook" };
const listener = { ...hook, events: ["deal.won"] as const };
const other = { ...listener, name: connectionName("other") };
const soon = noon.add({ seconds: 60 });
const minute = (n: number) => noon.add({ minutes: n });

/** So many events that happened a minute apart, handed out. */
async function handedOut({ registry, events }: Store, count: number, connections = [listener]) {
  await registry.save({ connections, flows: [] });
  for (let n = 0; n < count; n++)
    await events.publish({ type: "deal.won", source: "/flows/deals", subject: `${n}`, data: { record: { amount: `${n}` } } }, minute(n)); // prettier-ignore
  const { mark } = await events.next(100);
  await events.handedOut(mark, noon);
  await events.handedOut(mark, noon);
}
const subjects = async ({ deliveries }: Store, skip = 0, limit = 10) =>
  (await deliveries.list(hook.name, { skip, limit })).deliveries.map(({ event }) => event.subject);

const refused = { at: noon, status: 500, ms: 12, answer: "No \0" };

export function deliveriesContract(withStore: WithStore): void {
  test("each connection that is told has a delivery of each event, once, and each is taken by one worker", () =>
    withStore(async (store) => {
      await handedOut(store, 2, [listener, other]);
      const taken = await Promise.all(
        [1, 2, 3, 4, 5].map(() => store.deliveries.take(noon, soon, 4)),
      );
      const found = taken.filter((one) => one !== undefined);
      expect(found.map(({ connection, event }) => `${connection} ${event.subject}`).toSorted()).toEqual(["hook 0", "hook 1", "other 0", "other 1"]); // prettier-ignore
      expect(found[0]).toMatchObject({
        tried: 0,
        event: { type: "deal.won", data: { record: {} } },
      });
      expect(await store.deliveries.take(noon, soon, 4)).toBeUndefined();
      expect(await store.deliveries.nextDue()).toEqual(soon);
      // Whoever had it in hand has died.
      expect(await store.deliveries.take(soon, minute(9), 4)).toBeDefined();
    }));

  test("no more go to one connection at a time than may", () =>
    withStore(async (store) => {
      await handedOut(store, 3);
      expect(await store.deliveries.take(noon, soon, 2)).toBeDefined();
      expect(await store.deliveries.take(noon, soon, 2)).toBeDefined();
      expect(await store.deliveries.take(noon, soon, 2)).toBeUndefined();
    }));

  test("what is tried keeps its log, waits for its time, and is over when it is", () =>
    withStore(async (store) => {
      await handedOut(store, 1);
      const { deliveries } = store;
      const due = await deliveries.take(noon, soon, 4);
      await deliveries.tried(due!.id, refused, { state: "waiting", next: minute(5) });
      expect(await deliveries.take(minute(4), soon, 4)).toBeUndefined();
      expect(await deliveries.take(minute(5), minute(6), 4)).toMatchObject({ tried: 1 });
      const taken = { at: minute(5), status: 204, ms: 3, answer: "" };
      await deliveries.tried(due!.id, taken, { state: "delivered", next: null });
      const { deliveries: all, total } = await deliveries.list(hook.name, { skip: 0, limit: 5 });
      expect(total).toBe(1);
      expect(all[0]).toEqual({
        id: due!.id,
        connection: "hook",
        event: { id: due!.event.id, type: "deal.won", subject: "0", at: noon },
        state: "delivered",
        next: null,
        attempts: [{ ...refused, answer: "No �" }, taken],
      });
      expect(await deliveries.counts(hook.name)).toEqual({ waiting: 0, delivered: 1, failed: 0 });
      expect(await deliveries.nextDue()).toBeNull();
    }));

  test("of one that is asked for again and again the newest tries are kept", () =>
    withStore(async (store) => {
      await handedOut(store, 1);
      const due = await store.deliveries.take(noon, soon, 4);
      for (let n = 0; n < 55; n++)
        await store.deliveries.tried(due!.id, { ...refused, ms: n }, { state: "waiting", next: noon }); // prettier-ignore
      const { deliveries } = await store.deliveries.list(hook.name, { skip: 0, limit: 1 });
      expect(deliveries[0]?.attempts.map(({ ms }) => ms)).toEqual(Array.from({ length: 50 }, (_, n) => n + 5)); // prettier-ignore
    }));

  test("they are listed page by page, the newest first, and sent again one by one or by time", () =>
    withStore(async (store) => {
      await handedOut(store, 5);
      const { deliveries } = store;
      expect(await subjects(store, 0, 2)).toEqual(["4", "3"]);
      expect(await subjects(store, 4, 2)).toEqual(["0"]);
      for (;;) {
        const due = await deliveries.take(noon, soon, 9);
        if (due === undefined) break;
        await deliveries.tried(due.id, refused, { state: "failed", next: null });
      }
      const range = { kind: "range", from: minute(1), to: minute(3) } as const;
      expect(await deliveries.count(hook.name, range)).toBe(2);
      expect(await deliveries.count(other.name, range)).toBe(0);
      expect(await deliveries.again(hook.name, range, noon)).toBe(2);
      expect(await deliveries.counts(hook.name)).toEqual({ waiting: 2, delivered: 0, failed: 3 });
      const again = await deliveries.take(noon, soon, 9);
      expect(again).toMatchObject({ tried: 0, event: { subject: "1" } });
      const one = { kind: "one", id: again!.id } as const;
      expect(await deliveries.count(hook.name, one)).toBe(1);
      expect(await deliveries.again(other.name, one, noon)).toBe(0);
    }));

  test("a pause that was asked for is kept, and what was taken ends it", () =>
    withStore(async (store) => {
      await handedOut(store, 1);
      const { deliveries } = store;
      await deliveries.pause(hook.name, minute(3));
      await deliveries.pause(hook.name, minute(2));
      expect(await deliveries.take(minute(2), soon, 4)).toBeUndefined();
      expect(await deliveries.nextDue()).toEqual(minute(3));
      await deliveries.worked(hook.name);
      expect(await deliveries.take(noon, soon, 4)).toBeDefined();
    }));

  test("since when an endpoint fails is known until it takes something", () =>
    withStore(async ({ deliveries }) => {
      expect(await deliveries.endpoint(hook.name)).toEqual({ kind: "on", failingSince: null });
      expect(await deliveries.failed(hook.name, noon)).toEqual(noon);
      expect(await deliveries.failed(hook.name, minute(9))).toEqual(noon);
      expect(await deliveries.endpoint(hook.name)).toEqual({ kind: "on", failingSince: noon });
      await deliveries.worked(hook.name);
      expect(await deliveries.failed(hook.name, minute(9))).toEqual(minute(9));
    }));

  test("one that is off is left alone, by one of two that switch it; on again it is sent what waited", () =>
    withStore(async (store) => {
      await handedOut(store, 2, [listener, other]);
      const { deliveries } = store;
      const off = { kind: "off", reason: "Gone.", at: noon, by: "Tieline" } as const;
      const turned = await Promise.all([1, 2].map(() => deliveries.turn(hook.name, off, noon)));
      expect(turned.filter(Boolean)).toHaveLength(1);
      expect(await deliveries.endpoint(hook.name)).toEqual(off);
      await deliveries.failed(hook.name, noon);
      await deliveries.worked(hook.name);
      expect(await deliveries.endpoint(hook.name)).toEqual(off);
      const taken = [await deliveries.take(noon, minute(9), 4), await deliveries.take(noon, minute(9), 4)]; // prettier-ignore
      expect(taken.map((one) => one?.connection)).toEqual(["other", "other"]);
      expect(await deliveries.turn(hook.name, { kind: "on" }, minute(1))).toBe(true);
      expect(await deliveries.turn(hook.name, { kind: "on" }, minute(1))).toBe(false);
      expect(await deliveries.take(minute(1), soon, 4)).toMatchObject({ connection: "hook" });
      expect(await deliveries.endpoint(hook.name)).toEqual({ kind: "on", failingSince: null });
    }));

  test("with an event that is forgotten goes its delivery, and with a connection all it was sent", () =>
    withStore(async (store) => {
      await handedOut(store, 3);
      await store.events.forget(at("12:01:00"));
      expect(await subjects(store)).toEqual(["2", "1"]);
      await store.deliveries.failed(hook.name, noon);
      expect(await store.registry.removeConnection(hook.name)).toBe(true);
      expect(await subjects(store)).toEqual([]);
      expect(await store.deliveries.endpoint(hook.name)).toEqual({
        kind: "on",
        failingSince: null,
      });
    }));
}
