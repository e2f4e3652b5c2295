import { expect, test } from "vitest";
import type { Attempt, Parcel, Sending } from "#domain/delivery.ts";
import { connectionName } from "#domain/ids.ts";
import type { Store, WithStore } from "../support/with-store.ts";
import { at, crm, noon, page, plan, startRun } from "./examples.ts";

const hook = { ...crm, name: connectionName("hook"), connector: "webhook" };
const listener = { ...hook, events: ["deal.won"] as const };
const other = { ...listener, name: connectionName("other") };
const own = ({ name: connection }: typeof hook) => ({ connection, subscription: null });
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

const subjectOf = (parcel: Parcel) => (parcel.kind === "event" ? parcel.event.subject : null);
const idOf = (parcel: Parcel) => (parcel.kind === "event" ? parcel.event.id : parcel.request.id);

const refused = { at: noon, status: 500, ms: 12, answer: "No \0" };

export function deliveriesContract(withStore: WithStore): void {
  test("each connection that is told has a delivery of each event, once, and each is taken by one worker", () =>
    withStore(async (store) => {
      await handedOut(store, 2, [listener, other]);
      const taken = await Promise.all(
        [1, 2, 3, 4, 5].map(() => store.deliveries.take(noon, soon, 4)),
      );
      const found = taken.filter((one) => one !== undefined);
      expect(found.map(({ connection, parcel }) => `${connection} ${subjectOf(parcel)}`).toSorted()).toEqual(["hook 0", "hook 1", "other 0", "other 1"]); // prettier-ignore
      expect(found[0]).toMatchObject({
        tried: 0,
        parcel: { kind: "event", event: { type: "deal.won", data: { record: {} } } },
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
        subscription: null,
        flow: null,
        event: { id: idOf(due!.parcel), type: "deal.won", subject: "0", at: noon },
        state: "delivered",
        next: null,
        attempts: [{ ...refused, answer: "No �" }, taken],
      });
      expect(await deliveries.counts({ connection: hook.name })).toEqual({
        waiting: 0,
        delivered: 1,
        failed: 0,
      });
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
      expect(await deliveries.counts({ connection: hook.name })).toEqual({
        waiting: 2,
        delivered: 0,
        failed: 3,
      });
      const again = await deliveries.take(noon, soon, 9);
      expect(again).toMatchObject({ tried: 0, parcel: { event: { subject: "1" } } });
      const one = { kind: "one", id: again!.id } as const;
      expect(await deliveries.count(hook.name, one)).toBe(1);
      expect(await deliveries.again(other.name, one, noon)).toBe(0);
    }));

  test("a pause that was asked for is kept, and what was taken ends it", () =>
    withStore(async (store) => {
      await handedOut(store, 1);
      const { deliveries } = store;
      await deliveries.pause(own(hook), minute(3));
      await deliveries.pause(own(hook), minute(2));
      expect(await deliveries.take(minute(2), soon, 4)).toBeUndefined();
      expect(await deliveries.nextDue()).toEqual(minute(3));
      await deliveries.worked(own(hook));
      expect(await deliveries.take(noon, soon, 4)).toBeDefined();
    }));

  test("since when an endpoint fails is known until it takes something", () =>
    withStore(async ({ deliveries }) => {
      expect(await deliveries.endpoint(own(hook))).toEqual({ kind: "on", failingSince: null });
      expect(await deliveries.failed(own(hook), noon)).toEqual(noon);
      expect(await deliveries.failed(own(hook), minute(9))).toEqual(noon);
      expect(await deliveries.endpoint(own(hook))).toEqual({ kind: "on", failingSince: noon });
      await deliveries.worked(own(hook));
      expect(await deliveries.failed(own(hook), minute(9))).toEqual(minute(9));
    }));

  test("one that is off is left alone, by one of two that switch it; on again it is sent what waited", () =>
    withStore(async (store) => {
      await handedOut(store, 2, [listener, other]);
      const { deliveries } = store;
      const off = { kind: "off", reason: "Gone.", at: noon, by: "Tieline" } as const;
      const turned = await Promise.all([1, 2].map(() => deliveries.turn(own(hook), off, noon)));
      expect(turned.filter(Boolean)).toHaveLength(1);
      expect(await deliveries.endpoint(own(hook))).toEqual(off);
      await deliveries.failed(own(hook), noon);
      await deliveries.worked(own(hook));
      expect(await deliveries.endpoint(own(hook))).toEqual(off);
      const taken = [await deliveries.take(noon, minute(9), 4), await deliveries.take(noon, minute(9), 4)]; // prettier-ignore
      expect(taken.map((one) => one?.connection)).toEqual(["other", "other"]);
      expect(await deliveries.turn(own(hook), { kind: "on" }, minute(1))).toBe(true);
      expect(await deliveries.turn(own(hook), { kind: "on" }, minute(1))).toBe(false);
      expect(await deliveries.take(minute(1), soon, 4)).toMatchObject({ connection: "hook" });
      expect(await deliveries.endpoint(own(hook))).toEqual({ kind: "on", failingSince: null });
    }));

  test("with an event that is forgotten goes its delivery, and with a connection all it was sent", () =>
    withStore(async (store) => {
      await handedOut(store, 3);
      await store.events.forget(at("12:01:00"));
      expect(await subjects(store)).toEqual(["2", "1"]);
      await store.deliveries.failed(own(hook), noon);
      expect(await store.registry.removeConnection(hook.name)).toBe(true);
      expect(await subjects(store)).toEqual([]);
      expect(await store.deliveries.endpoint(own(hook))).toEqual({
        kind: "on",
        failingSince: null,
      });
    }));

  test("who asked is told of it, but not of what a flow writes to the same connection", () =>
    withStore(async (store) => {
      const { registry, events, subscriptions, deliveries } = store;
      const zaps = own(hook);
      await registry.save({ connections: [hook], flows: [] });
      const [one, two] = await Promise.all(["deal.won", "deal.won"].map((event) => subscriptions.add(hook.name, { event, url: "https://h.example/1" }, noon))); // prettier-ignore
      await subscriptions.add(
        hook.name,
        { event: "run.finished", url: "https://h.example/2" },
        noon,
      );
      expect(await events.wanted()).toEqual(new Set(["deal.won", "run.finished"]));
      const won = { type: "deal.won", source: "/flows/deals", subject: "7" } as const;
      const there = (connection: string) => ({ to: { connection, object: "deals", id: "7" } });
      await events.publish({ ...won, data: there("crm") }, noon);
      await events.publish({ ...won, subject: "8", data: there("hook") }, noon);
      const { mark } = await events.next(10);
      expect(await events.handedOut(mark, noon)).toBe(2);
      expect(await events.handedOut(mark, noon)).toBe(0);
      const due = [await deliveries.take(noon, soon, 1), await deliveries.take(noon, soon, 1)];
      expect(due.map((each) => each?.subscription).toSorted()).toEqual(
        [one!.id, two!.id].toSorted(),
      );
      expect(due.map((each) => subjectOf(each!.parcel))).toEqual(["7", "7"]);
      expect(await deliveries.counts(zaps)).toMatchObject({ waiting: 0 });
      expect(await deliveries.counts({ connection: hook.name })).toMatchObject({ waiting: 2 });

      // One that is off holds up nobody else; one that is gone is sent nothing more, once more neither.
      const first = { connection: hook.name, subscription: one!.id };
      const off = { kind: "off", reason: "Down.", at: noon, by: "Tieline" } as const;
      expect(await deliveries.turn(first, off, noon)).toBe(true);
      expect(await deliveries.endpoint({ ...first, subscription: two!.id })).toMatchObject({ kind: "on" }); // prettier-ignore
      expect(await subscriptions.remove(hook.name, one!.id)).toBe(true);
      expect(await subscriptions.remove(hook.name, one!.id)).toBe(false);
      expect(await deliveries.endpoint(first)).toMatchObject({ kind: "on" });
      expect(await deliveries.counts(first)).toMatchObject({ waiting: 0, failed: 1 });
      const all = { kind: "range", from: noon, to: minute(1) } as const;
      expect(await deliveries.count(hook.name, all)).toBe(1);
      expect(await deliveries.again(hook.name, all, noon)).toBe(1);
      expect(await deliveries.find(hook.name, due[0]!.id)).toMatchObject({ connection: "hook" });
      expect(await deliveries.find(other.name, due[0]!.id)).toBeUndefined();
    }));

  test("how those outside were told of a page is in the log with it, one line an event and address", () =>
    withStore(async (store) => {
      const { registry, ledger, deliveries } = store;
      await registry.save({ connections: [crm, hook], flows: [{ ...plan, to: { connection: hook.name, object: "customers" } }] }); // prettier-ignore
      const taken = await startRun(store);
      const write = { kind: "create", key: "7 \0", hash: "h", fields: { name: "Zoë \0" } } as const;
      const told = (attempt: Attempt, more: Partial<Sending> = {}): Sending => ({
        ...{ connection: hook.name, subscription: null, event: "r1", type: "customer.created" },
        ...{ subject: write.key, object: "customers", write, attempt, ...more },
      });
      const fine = { at: minute(1), status: 204, ms: 3, answer: "" };
      const commit = (epoch: number, ...sendings: Sending[]) =>
        ledger.commit(page({ ...taken, epoch }, { sendings }));
      await deliveries.failed(own(hook), noon);
      await commit(taken.epoch, told(refused), told({ ...refused, at: minute(1) }), told(refused, { subscription: "sub_1" })); // prettier-ignore
      expect(await deliveries.take(minute(9), minute(10), 4)).toBeUndefined();
      expect(await deliveries.endpoint(own(hook))).toMatchObject({ failingSince: noon });
      // Sent once more by whoever took it over: the same line. What a fenced one says is not kept.
      await commit(taken.epoch, told(fine), told(fine, { event: "r2" }));
      await expect(commit(taken.epoch + 1, told(fine, { event: "r3" }))).rejects.toThrow();
      const { deliveries: log, total } = await deliveries.list(hook.name, { skip: 0, limit: 9 });
      expect(total).toBe(3);
      expect(log.find((one) => one.event.id === "r1" && one.subscription === null)).toMatchObject({
        flow: plan.name,
        event: { type: "customer.created", at: noon },
        state: "delivered",
        attempts: [{ status: 500 }, { status: 500, at: minute(1) }, { status: 204 }],
      });
      expect(log.find((one) => one.subscription === "sub_1")).toMatchObject({ state: "failed" });
      expect(await deliveries.endpoint(own(hook))).toMatchObject({ failingSince: null });

      // Once more as it was written, under the same id.
      const again = log.find((one) => one.event.id === "r1" && one.subscription === null);
      expect(await deliveries.again(hook.name, { kind: "one", id: again!.id }, noon)).toBe(1);
      expect(await deliveries.take(noon, soon, 4)).toMatchObject({
        tried: 0,
        parcel: { kind: "written", object: "customers", request: { id: "r1", writes: [write] } },
      });
    }));

  test("of what a flow tries again and again the newest tries are kept", () =>
    withStore(async (store) => {
      const { registry, ledger, deliveries } = store;
      await registry.save({ connections: [crm, hook], flows: [plan] });
      const taken = await startRun(store);
      const write = { kind: "archive", key: "7", id: "7", version: null } as const;
      const about = { ...own(hook), event: "r1", type: "customer.gone", subject: "7", object: "customers", write } as const; // prettier-ignore
      const tries = (from: number) => Array.from({ length: 30 }, (_, n) => ({ ...about, attempt: { ...refused, ms: from + n } })); // prettier-ignore
      for (const from of [0, 30]) await ledger.commit(page(taken, { sendings: tries(from) }));
      const { deliveries: log } = await deliveries.list(hook.name, { skip: 0, limit: 9 });
      expect(log[0]?.attempts.map(({ ms }) => ms)).toEqual(Array.from({ length: 50 }, (_, n) => n + 10)); // prettier-ignore
    }));
}
