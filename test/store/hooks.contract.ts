import { expect, test } from "vitest";
import { connectionName } from "#domain/ids.ts";
import { sql } from "#store/drizzle.ts";
import type { WithStore } from "../support/with-store.ts";
import { at, crm, noon } from "./examples.ts";

const shop = connectionName("shop");

export function hooksContract(withStore: WithStore): void {
  test("an address is found by its token, of which only the hash is kept", () =>
    withStore(async ({ hooks }, db) => {
      expect(await hooks.madeAt(shop)).toBeUndefined();
      const token = await hooks.renew(shop, noon);
      expect(Buffer.from(token, "base64url")).toHaveLength(32);
      expect(await hooks.find(token)).toMatchObject({ connection: shop });
      expect(await hooks.find(`${token.slice(0, -1)}_`)).toBeUndefined();
      expect(await hooks.madeAt(shop)).toEqual(noon);
      const rows = await db.rows(sql`select * from hooks`);
      expect(JSON.stringify(rows)).not.toContain(token);
    }));

  test("a new token ends the one before, and what was learned over it", () =>
    withStore(async ({ hooks }, db) => {
      const first = await hooks.renew(shop, noon);
      const found = await hooks.find(first);
      expect(await hooks.learn(found!.address, "s1", "only_first")).toBe(true);
      const second = await hooks.renew(shop, at("13:00:00"));
      expect(await hooks.find(first)).toBeUndefined();
      expect(await hooks.learned(found!.address)).toEqual([]);
      expect((await hooks.find(second))?.connection).toBe(shop);
      expect(await db.rows(sql`select * from hook_secrets`)).toEqual([]);
      // Over an address that is no more nothing is learned.
      expect(await hooks.learn(found!.address, "s2", "be_further")).toBe(false);
    }));

  test("of several that come at once one is the first, and secrets are kept sealed", () =>
    withStore(async ({ hooks }, db) => {
      const found = await hooks.find(await hooks.renew(shop, noon));
      const { address } = found!;
      const learned = await Promise.all(
        ["one", "two", "three"].map((secret) => hooks.learn(address, secret, "only_first")),
      );
      expect(learned.filter(Boolean)).toHaveLength(1);
      expect(await hooks.learn(address, "a further secret", "be_further")).toBe(true);
      const secrets = await hooks.learned(address);
      expect(secrets).toHaveLength(2);
      expect(secrets[1]).toBe("a further secret");
      const rows = JSON.stringify(await db.rows(sql`select * from hook_secrets`));
      expect(rows).not.toContain("a further secret");
    }));

  test("who asked for an event is told, until they take it back", () =>
    withStore(async ({ subscriptions }, db) => {
      const url = "https://hooks.zapier.com/hooks/standard/1/abc/";
      const asked = await subscriptions.add(shop, { event: "customer.created", url }, noon);
      const other = await subscriptions.add(shop, { event: "customer.gone", url }, noon);
      await subscriptions.add(connectionName("other"), { event: "customer.created", url }, noon);
      expect(await subscriptions.to(shop, "customer.created")).toEqual([asked]);
      expect(await subscriptions.to(shop, "customer.changed")).toEqual([]);
      expect(await subscriptions.all(shop)).toEqual([
        { id: asked?.id, event: "customer.created" },
        { id: other?.id, event: "customer.gone" },
      ]);
      expect(await subscriptions.remove(connectionName("other"), asked!.id)).toBe(false);
      expect(await subscriptions.remove(shop, asked!.id)).toBe(true);
      expect(await subscriptions.remove(shop, asked!.id)).toBe(false);
      expect(await subscriptions.to(shop, "customer.created")).toEqual([]);
      expect(JSON.stringify(await db.rows(sql`select * from subscriptions`))).not.toContain("abc");
    }));

  test("a connection has not more subscriptions than anybody needs", () =>
    withStore(async ({ subscriptions }) => {
      const url = "https://hooks.zapier.com/hooks/standard/1/abc/";
      for (let n = 0; n < 200; n++)
        expect(await subscriptions.add(shop, { event: "customer.created", url }, noon)).toBeDefined(); // prettier-ignore
      expect(await subscriptions.add(shop, { event: "customer.created", url }, noon)).toBeUndefined(); // prettier-ignore
    }));

  test("with a connection goes all that outsiders had of it", () =>
    withStore(async ({ registry, hooks, subscriptions, inbox }, db) => {
      await registry.save({ connections: [crm], flows: [] });
      const found = await hooks.find(await hooks.renew(crm.name, noon));
      await hooks.learn(found!.address, "s", "only_first");
      await subscriptions.add(crm.name, { event: "e", url: "https://x.example/" }, noon);
      const told = { event: "e", record: "1", at: null, gone: false, content: "{}" };
      await inbox.keep({ connection: crm.name, object: "contacts" }, [told]);
      expect(await registry.removeConnection(crm.name)).toBe(true);
      for (const table of ["hooks", "hook_secrets", "subscriptions", "received"])
        expect(await db.rows(sql`select * from ${sql.identifier(table)}`), table).toEqual([]);
    }));
}
