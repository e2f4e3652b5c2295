import { expect, test } from "vitest";
import { approvalId } from "#domain/ids.ts";
import type { ConnectorVersion } from "#domain/ports/connector-versions.ts";
import { sql } from "#store/drizzle.ts";
import type { Store, WithStore } from "../support/with-store.ts";
import { at, books, crm, noon } from "./examples.ts";

const request = {
  kind: "connector",
  subject: "helpdesk",
  what: { connector: "helpdesk", base: null, to: { text: "é \u2028 “x”\n", note: "" } },
  hash: "of it",
  askedBy: "U1",
  at: noon,
};
const until = at("13:00:00");
const by = (user: string, when = at("12:30:00")) =>
  ({ kind: "approved", by: user, at: when }) as const;

async function waiting({ approvals }: Store, more: Partial<typeof request> = {}) {
  const id = await approvals.draft({ ...request, ...more });
  expect(await approvals.ask(id, until)).toBe(true);
  return id;
}

const version = (approval: string, more: Partial<ConnectorVersion> = {}) => ({
  connector: "helpdesk",
  text: `text of ${approval}`,
  hash: `hash of ${approval}`,
  note: "",
  registeredBy: "U1",
  registeredAt: noon,
  approvedBy: "U2",
  ...more,
  approval: approvalId(approval),
});

export function approvalsContract(withStore: WithStore): void {
  test("what is asked for comes back letter for letter, and waits once it was asked for", () =>
    withStore(async ({ approvals }) => {
      const id = await approvals.draft(request);
      expect(await approvals.get(id)).toEqual({ ...request, id, state: { kind: "draft" } });
      expect(await approvals.waiting("connector", "helpdesk", noon)).toBeUndefined();
      expect(await approvals.ask(id, until)).toBe(true);
      expect(await approvals.ask(id, at("23:00:00"))).toBe(false);
      const found = await approvals.waiting("connector", "helpdesk", noon);
      expect(found).toEqual({ ...request, id, state: { kind: "waiting", until } });
      expect(await approvals.waiting("connector", "helpdesk", until)).toBeUndefined();
      expect(await approvals.get(approvalId("' or true --\0"))).toBeUndefined();
    }));

  test("of eight who decide at once one does, and never the one who asked", () =>
    withStore(async (store) => {
      const id = await waiting(store);
      const { approvals } = store;
      expect(await approvals.decide(id, "of it", by("U1"))).toBe(false);
      expect(await approvals.decide(id, "of something else", by("U2"))).toBe(false);
      expect(await approvals.decide(id, "of it", by("U2", until))).toBe(false);
      const all = Array.from({ length: 8 }, (_, n) =>
        approvals.decide(id, "of it", by(`U${n + 2}`)),
      );
      expect((await Promise.all(all)).filter(Boolean)).toHaveLength(1);
      const refused = { ...by("U9"), kind: "refused" } as const;
      expect(await approvals.decide(id, "of it", refused)).toBe(false);
    }));

  test("what was approved is unfinished until it is carried out, or void", () =>
    withStore(async (store) => {
      const { approvals } = store;
      const [one, other] = [await waiting(store), await waiting(store)];
      for (const id of [one, other]) await approvals.decide(id, "of it", by("U2"));
      expect((await approvals.unfinished()).map(({ id }) => id).sort()).toEqual(
        [one, other].sort(),
      );
      await approvals.finish(one);
      await approvals.undo(one, noon);
      await approvals.undo(other, noon);
      expect(await approvals.unfinished()).toEqual([]);
      expect((await approvals.get(one))?.state).toEqual({ ...by("U2"), done: true });
      expect((await approvals.get(other))?.state).toEqual({ kind: "replaced", at: noon });
    }));

  test("the newest that was asked is found whatever became of it, and no draft", () =>
    withStore(async (store) => {
      const { approvals } = store;
      expect(await approvals.latest("connector", "helpdesk")).toBeUndefined();
      const first = await waiting(store);
      const second = await waiting(store, { at: at("12:10:00") });
      await approvals.draft({ ...request, at: at("12:20:00") });
      await approvals.replace(request, at("12:30:00"), null);
      const found = await approvals.latest("connector", "helpdesk");
      expect(found).toMatchObject({ id: second, state: { kind: "replaced" } });
      expect(found?.id).not.toBe(first);
      expect(await approvals.latest("held", "helpdesk")).toBeUndefined();
    }));

  test("what waits about one subject gives way, and nothing else does", () =>
    withStore(async (store) => {
      const { approvals } = store;
      const [old, kept] = [await waiting(store), await waiting(store)];
      const other = await waiting(store, { subject: "shop" });
      expect(await approvals.replace(request, noon, kept)).toEqual([old]);
      const states = await Promise.all([old, kept, other].map((id) => approvals.get(id)));
      expect(states.map((one) => one?.state.kind)).toEqual(["replaced", "waiting", "waiting"]);
      expect(await approvals.decide(old, "of it", by("U2"))).toBe(false);
      expect(await approvals.replace(request, noon, null)).toEqual([kept]);
    }));

  test("a draft that nobody asked about is dropped after a day; what was asked for stays", () =>
    withStore(async (store) => {
      const { approvals } = store;
      const draft = await approvals.draft(request);
      const asked = await waiting(store);
      await approvals.draft({ ...request, at: noon.add({ hours: 23 }) });
      expect(await approvals.get(draft)).toBeDefined();
      await approvals.draft({ ...request, at: noon.add({ hours: 25 }) });
      expect(await approvals.get(draft)).toBeUndefined();
      expect(await approvals.get(asked)).toBeDefined();
    }));

  test("versions are numbered, kept, and one of them is in use", () =>
    withStore(async ({ connectorVersions: versions }) => {
      expect(await versions.of("helpdesk")).toEqual({ current: 0, versions: [] });
      const stamps = [await versions.stamp()];
      expect(await versions.add(version("a", { note: "first\0" }), 0)).toBe(1);
      stamps.push(await versions.stamp());
      expect(await versions.add(version("b"), 1)).toBe(2);
      stamps.push(await versions.stamp());
      expect(await versions.turn("helpdesk", 2, 1)).toBe(true);
      stamps.push(await versions.stamp());
      expect(await versions.add(version("c"), 1)).toBe(3);
      expect(new Set(stamps).size).toBe(4);
      const { current, versions: all } = await versions.of("helpdesk");
      expect(current).toBe(3);
      expect(all.map((one) => [one.version, one.text, one.note])).toEqual([
        [3, "text of c", ""],
        [2, "text of b", ""],
        [1, "text of a", "first\uFFFD"],
      ]);
      expect(await versions.add(version("z", { connector: "shop" }), 0)).toBe(1);
      expect((await versions.inUse()).map((one) => [one.connector, one.version])).toEqual([
        ["helpdesk", 3],
        ["shop", 1],
      ]);
    }));

  test("who compared with another version than the one in use changes nothing", () =>
    withStore(async ({ connectorVersions: versions }, db) => {
      const added = Array.from({ length: 8 }, (_, n) => versions.add(version(`a${n}`), 0));
      expect((await Promise.all(added)).filter((one) => one !== undefined)).toEqual([1]);
      expect(await versions.add(version("b"), 0)).toBeUndefined();
      expect(await versions.add(version("b"), 7)).toBeUndefined();
      expect(await versions.add(version("b", { connector: "shop" }), 1)).toBeUndefined();
      const stamp = await versions.stamp();
      expect(await versions.turn("helpdesk", 2, 1)).toBe(false);
      expect(await versions.turn("helpdesk", 1, 9)).toBe(false);
      expect(await versions.turn("shop", 0, 1)).toBe(false);
      expect(await versions.stamp()).toBe(stamp);
      expect(await db.rows(sql`select 1 from connector_versions`)).toHaveLength(1);
    }));

  test("one approval brings one version", () =>
    withStore(async ({ connectorVersions: versions }) => {
      await versions.add(version("a"), 0);
      await expect(versions.add(version("a"), 1)).rejects.toThrow();
      expect((await versions.of("helpdesk")).versions).toHaveLength(1);
    }));

  test("a connector is removed unless a connection uses it, and its versions stay", () =>
    withStore(async ({ connectorVersions: versions, registry }) => {
      await versions.add(version("a"), 0);
      const desk = { ...crm, connector: "helpdesk" };
      await registry.save({ connections: [desk, books], flows: [] });
      expect(await versions.remove("helpdesk")).toBe(false);
      await registry.removeConnection(desk.name);
      expect(await versions.remove("helpdesk")).toBe(true);
      expect(await versions.remove("helpdesk")).toBe(false);
      expect(await versions.remove("nothing")).toBe(false);
      expect(await versions.inUse()).toEqual([]);
      expect((await versions.of("helpdesk")).versions).toHaveLength(1);
      expect(await versions.turn("helpdesk", 0, 1)).toBe(true);
      expect(await versions.add(version("b"), 1)).toBe(2);
    }));
}
