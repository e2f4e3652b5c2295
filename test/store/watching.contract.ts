import { expect, test } from "vitest";
import { connectionName } from "#domain/ids.ts";
import type { Json } from "#domain/json.ts";
import type { Hint } from "#domain/ports/hints.ts";
import type { HookAddress } from "#domain/ports/hooks.ts";
import type { InboxEnd } from "#domain/ports/inbox.ts";
import type { Watch } from "#domain/ports/watches.ts";
import { sql } from "#store/drizzle.ts";
import type { Store, WithStore } from "../support/with-store.ts";
import { at, crm, noon } from "./examples.ts";

const end: InboxEnd = { connection: crm.name, object: "contacts" };
const of = (record: string | null, into: string | null = null): Hint => ({ record, into });

async function readAll({ hints }: Store, from: Json | null = null, limit = 100) {
  const read = await hints.after(end, from, limit);
  return { seen: read.hints.map(({ record }) => record), mark: read.mark };
}

const watch: Watch = {
  connection: crm.name,
  name: "tasks/create_item/1",
  address: "an address" as HookAddress,
  origin: "https://tieline.example",
  at: noon,
  state: { kind: "asked" },
};

export function watchingContract(withStore: WithStore): void {
  test("the same records told at once in different orders do not block each other", () =>
    withStore(async (store) => {
      const told = Array.from({ length: 300 }, (_, n) => of(String(n)));
      const orders = Array.from({ length: 30 }, (_, n) => (n % 2 === 0 ? told : told.toReversed()));
      await Promise.all(orders.map((order) => store.hints.keep(end, order)));
      const { seen } = await readAll(store, null, 1000);
      expect(new Set(seen).size).toBe(told.length);
    }));

  test("what is told of several objects at once is kept, and what a record became is not forgotten", () =>
    withStore(async ({ hints }) => {
      const deals = { ...end, object: "deals" };
      await Promise.all([
        hints.keep(end, [of("2", "1")]),
        hints.keep(deals, [of("2")]),
        hints.keep(end, [of("2")]),
      ]);
      expect((await hints.after(end, null, 10)).hints).toEqual([{ record: "2", into: "1" }]);
      expect((await hints.after(deals, null, 10)).hints).toEqual([{ record: "2", into: null }]);
    }));

  test("a record that is told of again comes again, and once", () =>
    withStore(async (store) => {
      await store.hints.keep(end, [of("1"), of("2"), of("1")]);
      const first = await readAll(store);
      expect(first.seen.sort()).toEqual(["1", "2"]);
      expect((await readAll(store, first.mark)).seen).toEqual([]);
      await store.hints.keep(end, [of("1")]);
      await store.hints.keep(end, [of("1")]);
      expect((await readAll(store, first.mark)).seen).toEqual(["1"]);
      await store.hints.keep({ ...end, object: "deals" }, [of("9")]);
      expect((await readAll(store)).seen.sort()).toEqual(["1", "2"]);
    }));

  test("that something has changed is kept beside what has, and so is what a record became", () =>
    withStore(async ({ hints }) => {
      await hints.keep(end, [of(null), of("2", "1")]);
      const { hints: read } = await hints.after(end, null, 10);
      expect(read).toContainEqual({ record: null, into: null });
      expect(read).toContainEqual({ record: "2", into: "1" });
    }));

  test("page after page everything is read, and a mark of now leaves all of it behind", () =>
    withStore(async (store) => {
      await store.hints.keep(
        end,
        Array.from({ length: 25 }, (_, n) => of(String(n))),
      );
      const seen: (string | null)[] = [];
      let mark: Json | null = null;
      for (let page = 0; page < 3; page++) {
        const read = await readAll(store, mark, 10);
        seen.push(...read.seen);
        ({ mark } = read);
      }
      expect(new Set(seen).size).toBe(25);
      const now = await store.hints.now();
      expect((await readAll(store, now)).seen).toEqual([]);
      await store.hints.keep(end, [of("later")]);
      expect((await readAll(store, now)).seen).toEqual(["later"]);
    }));

  test("many that tell at once lose nothing", () =>
    withStore(async (store) => {
      const tell = (n: number) => store.hints.keep(end, [of(String(n % 20)), of(`own ${String(n)}`)]); // prettier-ignore
      await Promise.all(Array.from({ length: 60 }, (_, n) => tell(n)));
      expect(new Set((await readAll(store)).seen).size).toBe(80);
    }));

  test("hints that nobody has asked for in two weeks are forgotten", () =>
    withStore(async ({ hints }, db) => {
      await hints.keep(end, [of("old")]);
      await db.rows(sql`update hints set told_at = told_at - interval '15 days' returning 1`);
      // Tidied once an hour for each object; another store does it at its first.
      const { hintsIn } = await import("#store/hints.ts");
      await hintsIn(db).keep(end, [of("new")]);
      const { hints: read } = await hints.after(end, null, 10);
      expect(read.map(({ record }) => record)).toEqual(["new"]);
    }));

  test("a webhook of ours is kept as it stands, one of a name", () =>
    withStore(async ({ watches }) => {
      await watches.put(watch);
      expect(await watches.of(crm.name)).toEqual([watch]);
      const hook = { id: "ach1", kept: { resource: "r" }, expires: at("18:00:00") };
      const made: Watch = { ...watch, state: { kind: "made", hook } };
      await watches.put(made);
      expect(await watches.of(crm.name)).toEqual([made]);
      const refused: Watch = { ...watch, state: { kind: "refused", problem: "It may not.\0" } };
      await watches.put(refused);
      expect(await watches.of(crm.name)).toMatchObject([{ state: { problem: "It may not.\uFFFD" } }]); // prettier-ignore
      expect(await watches.of(connectionName("other"))).toEqual([]);
      await watches.remove(crm.name, watch.name);
      expect(await watches.of(crm.name)).toEqual([]);
    }));

  test("a webhook's address is one beside that of people, which stays as it is", () =>
    withStore(async ({ hooks }) => {
      const token = await hooks.renew(crm.name, noon);
      const own = await hooks.further(crm.name, at("13:00:00"));
      expect(await hooks.find(own.token)).toEqual({ connection: crm.name, address: own.address });
      expect(await hooks.madeAt(crm.name)).toEqual(noon);
      expect(await hooks.learn(own.address, "s", "only_first")).toBe(true);
      // A new one for people leaves it, and ending that of people is not done this way.
      const next = await hooks.renew(crm.name, at("14:00:00"));
      expect(await hooks.find(token)).toBeUndefined();
      expect(await hooks.learned(own.address)).toEqual(["s"]);
      await hooks.end((await hooks.addressOf(crm.name))!);
      expect(await hooks.find(next)).toBeDefined();
      await hooks.end(own.address);
      expect(await hooks.find(own.token)).toBeUndefined();
      expect(await hooks.learned(own.address)).toEqual([]);
    }));

  test("with a connection go its webhooks and what was told over them", () =>
    withStore(async ({ registry, hooks, hints, watches }, db) => {
      await registry.save({ connections: [crm], flows: [] });
      await hooks.further(crm.name, noon);
      await hints.keep(end, [of("1")]);
      await watches.put(watch);
      expect(await registry.removeConnection(crm.name)).toBe(true);
      for (const table of ["hooks", "hints", "watches"])
        expect(await db.rows(sql`select * from ${sql.identifier(table)}`), table).toEqual([]);
    }));
}
