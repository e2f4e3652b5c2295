import { expect, test } from "vitest";
import { connectionName } from "#domain/ids.ts";
import type { WithStore } from "../support/with-store.ts";
import { at, books, crm, flow, noon, plan } from "./examples.ts";

export function registryContract(withStore: WithStore): void {
  test("what was set up comes back, and a flow keeps its state when it is set up again", () =>
    withStore(async ({ registry }) => {
      await registry.save({ connections: [crm, books], flows: [plan] });
      expect(await registry.connections()).toEqual([books, crm]);
      expect(await registry.connection(crm.name)).toEqual(crm);
      expect(await registry.connection(connectionName("none"))).toBeUndefined();
      expect(await registry.flow(flow)).toEqual({ ...plan, state: { kind: "on" }, version: 1 });

      const state = {
        kind: "paused",
        reason: "Stocktaking",
        held: false,
        by: "U1",
        at: noon,
      } as const;
      expect(await registry.turnFlow(flow, state)).toBe(true);
      await registry.save({ connections: [], flows: [{ ...plan, about: "New" }] });
      expect(await registry.flows()).toEqual([{ ...plan, about: "New", state, version: 2 }]);
    }));

  test("a connection that moves to another address or tool forgets what it was signed in with", () =>
    withStore(async ({ registry, safe, invitations }) => {
      const kept = { ...crm, credential: { token: { kind: "kept" } } } as const;
      const saveAt = (baseUrl: string | null, connector = crm.connector) =>
        registry.save({ connections: [{ ...kept, baseUrl, connector }, books], flows: [] });
      await saveAt(null);
      await safe.keep(crm.name, { secret: { token: "pat-1" }, expires: null });
      await safe.keep(books.name, { secret: { token: "qb-1" }, expires: null });
      await saveAt(null);
      expect(await safe.has(crm.name)).toBe(true);
      const token = await invitations.create(crm.name, "U1", noon);
      await saveAt("https://evil.example");
      expect(await safe.has(crm.name)).toBe(false);
      expect(await invitations.peek(token, at("11:55:00"))).toBeUndefined();
      expect(await safe.has(books.name)).toBe(true);

      await saveAt("http://127.0.0.1:4101");
      await safe.keep(crm.name, { secret: { token: "pat-1" }, expires: null });
      await saveAt("http://127.0.0.1:4102");
      expect(await safe.has(crm.name)).toBe(true);
      await saveAt("http://127.0.0.1:4102", "quickbooks");
      expect(await safe.has(crm.name)).toBe(false);
    }));

  test("a flow is turned once", () =>
    withStore(async ({ registry }) => {
      await registry.save({ connections: [], flows: [plan] });
      const paused = { kind: "paused", reason: "", held: true, by: "U1", at: noon } as const;
      const turned = await Promise.all([1, 2, 3].map(() => registry.turnFlow(flow, paused)));
      expect(turned.filter(Boolean)).toHaveLength(1);
      // What is held may be paused, once, and is held no more.
      const byHand = { ...paused, held: false, by: "U2" };
      expect(await registry.turnFlow(flow, byHand)).toBe(true);
      expect(await registry.turnFlow(flow, byHand)).toBe(false);
      expect(await registry.turnFlow(flow, paused)).toBe(false);
      expect((await registry.flow(flow))?.state).toEqual(byHand);
      expect(await registry.turnFlow(flow, { kind: "on" })).toBe(true);
      expect(await registry.turnFlow(flow, { kind: "on" })).toBe(false);
    }));

  test("a connection that a flow uses stays", () =>
    withStore(async ({ registry }) => {
      const spare = { ...crm, name: connectionName("spare") };
      await registry.save({ connections: [crm, books, spare], flows: [plan] });
      expect(await registry.removeConnection(crm.name)).toBe(false);
      expect(await registry.removeConnection(books.name)).toBe(false);
      expect(await registry.removeConnection(spare.name)).toBe(true);
      expect(await registry.removeConnection(spare.name)).toBe(false);
      expect(await registry.connections()).toEqual([books, crm]);
    }));
}
