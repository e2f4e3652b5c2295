import type { Failure } from "#domain/failure.ts";
import { connectionName } from "#domain/ids.ts";
import { expect, test } from "vitest";
import type { WithStore } from "../support/with-store.ts";
import { at, crm, noon } from "./examples.ts";

const zaps = connectionName("zaps");
const spare = { ...crm, name: connectionName("spare") };
const failure = (event: string, change: Partial<Failure> = {}): Failure => ({
  event,
  automation: { id: "77", name: "Invoice paid" },
  step: "2. Send",
  message: `No recipient for invoice ${event}`,
  page: null,
  ...change,
});
const stay = { at: noon, others: "stay" } as const;

export function failuresContract(withStore: WithStore): void {
  test("failures of one cause are one incident, each counted once", () =>
    withStore(async ({ failures, incidents }) => {
      const [one, ...more] = await failures.report(zaps, [failure("1"), failure("2")], stay);
      expect(more).toEqual([]);
      expect(one).toMatchObject({ flow: null, connection: zaps, open: 2, total: 2, state: { kind: "open" } }); // prettier-ignore
      expect(one?.subject.failure.automation.name).toBe("Invoice paid");
      expect(await failures.report(zaps, [failure("1")], stay)).toEqual([]);
      expect(await failures.report(zaps, [failure("3")], stay)).toMatchObject([{ id: one?.id, open: 3 }]); // prettier-ignore
      expect(await incidents.open()).toHaveLength(1);
      expect(await incidents.get(one!.id)).toMatchObject({ open: 3, total: 3 });
    }));

  test("another step, another message, another connection: other incidents", () =>
    withStore(async ({ failures, incidents }) => {
      await failures.report(zaps, [failure("1"), failure("2", { step: "3. File" })], stay);
      await failures.report(zaps, [failure("3", { message: "The file is too large" })], stay);
      await failures.report(connectionName("others"), [failure("1")], stay);
      expect(await incidents.open()).toHaveLength(4);
    }));

  test("what a person has marked as fixed stays so until it fails again, and then begins anew", () =>
    withStore(async ({ failures }) => {
      const [one] = await failures.report(zaps, [failure("1"), failure("2")], stay);
      const fixed = await failures.fixed(one!.id, "U1", at("12:05:00"));
      expect(fixed).toMatchObject({ open: 0, total: 2, state: { kind: "closed", by: "U1" } });
      expect(await failures.fixed(one!.id, "U2", at("12:06:00"))).toBeUndefined();
      expect(await failures.report(zaps, [failure("1")], { at: at("12:07:00"), others: "stay" })).toEqual([]); // prettier-ignore
      const again = await failures.report(zaps, [failure("3")], { at: at("12:10:00"), others: "stay" }); // prettier-ignore
      expect(again).toMatchObject([
        { id: one?.id, state: { kind: "open" }, openedAt: at("12:10:00"), open: 1, total: 1 },
      ]);
    }));

  test("where all there are is told, what is left out is over, and the last one closes it", () =>
    withStore(async ({ failures }) => {
      const all = { others: "are_over" } as const;
      const [one] = await failures.report(zaps, [failure("1"), failure("2")], { ...all, at: noon });
      expect(await failures.report(zaps, [failure("2")], { ...all, at: at("12:05:00") })).toMatchObject([{ open: 1, total: 2 }]); // prettier-ignore
      expect(await failures.report(zaps, [], { ...all, at: at("12:10:00") })).toMatchObject([
        { id: one?.id, open: 0, total: 2, state: { kind: "closed", by: "Tieline" } },
      ]);
      expect(await failures.report(zaps, [], { ...all, at: at("12:15:00") })).toEqual([]);
    }));

  test("a snoozed one is quiet until its time, and counts all the same", () =>
    withStore(async ({ failures, incidents }) => {
      const [one] = await failures.report(zaps, [failure("1")], stay);
      await incidents.snooze(one!.id, at("13:00:00"), "U1");
      const quiet = await failures.report(zaps, [failure("2")], { at: at("12:30:00"), others: "stay" }); // prettier-ignore
      expect(quiet).toMatchObject([{ open: 2, state: { kind: "snoozed" } }]);
      const woken = await failures.report(zaps, [failure("3")], { at: at("13:30:00"), others: "stay" }); // prettier-ignore
      expect(woken).toMatchObject([{ open: 3, state: { kind: "open" } }]);
    }));

  test("they go with their connection, and their incidents are closed", () =>
    withStore(async ({ failures, incidents, registry }) => {
      await registry.save({ connections: [spare], flows: [] });
      const [one] = await failures.report(spare.name, [failure("1")], stay);
      expect(await registry.removeConnection(spare.name)).toBe(true);
      expect(await incidents.get(one!.id)).toMatchObject({ state: { kind: "closed" } });
      expect(await incidents.open()).toEqual([]);
      expect(await failures.report(spare.name, [failure("1")], stay)).toMatchObject([{ open: 1 }]);
    }));

  test("signs that no database takes, and a thousand at once, are kept", () =>
    withStore(async ({ failures }) => {
      const odd = failure("\u0000", { message: "\ud800 'quoted' \u0000", step: null });
      expect(await failures.report(zaps, [odd], stay)).toHaveLength(1);
      const many = Array.from({ length: 1000 }, (_, n) => failure(`n${String(n)}`));
      expect(await failures.report(zaps, many, stay)).toMatchObject([{ open: 1000 }]);
    }));
}
