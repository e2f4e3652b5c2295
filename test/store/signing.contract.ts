import { expect, test } from "vitest";
import { SignInRefused } from "#domain/errors.ts";
import type { Begun } from "#domain/ports/sign-in.ts";
import { sql } from "#store/drizzle.ts";
import { sealing } from "#store/sealing.ts";
import { openStore } from "#store/store.ts";
import { environment, type WithStore } from "../support/with-store.ts";
import { at, books, crm, noon } from "./examples.ts";

const begun: Begun = {
  connection: books.name,
  connector: "quickbooks",
  way: "oauth",
  user: "U1",
  team: "T1",
  redirect: "https://tieline.example/oauth/quickbooks/callback",
  client: { id: "app", secret: "canary-client" },
};
const later = at("12:10:00");
const page = (invitation: string) => ({ invitation, browser: null, expires: later });

export function signingContract(withStore: WithStore): void {
  test("a state is good once, in the browser it was begun in, and is nowhere in full", () =>
    withStore(async ({ signIns }, db) => {
      const first = await signIns.begin(begun, page("i1"));
      for (const token of [first.state, first.verifier, first.browser])
        expect(Buffer.from(token, "base64url")).toHaveLength(32);
      const rows = JSON.stringify(await db.rows(sql`select * from sign_ins`));
      for (const token of [first.state, first.verifier, first.browser, "canary-client", "i1"])
        expect(rows).not.toContain(`"${token}"`);
      expect(rows).not.toContain("canary-client");

      const taken = await signIns.take(first.state, first.browser, noon);
      expect(taken).toMatchObject({ ...begun, verifier: first.verifier, sameBrowser: true });
      expect(await signIns.take(first.state, first.browser, noon)).toBeUndefined();
      expect(await signIns.take("", null, noon)).toBeUndefined();
    }));

  test("a state that comes back in another browser is known to, and is used up by it", () =>
    withStore(async ({ signIns }) => {
      const first = await signIns.begin(begun, page("i1"));
      const other = await signIns.begin(begun, page("i2"));
      expect(await signIns.take(first.state, other.browser, noon)).toMatchObject({
        sameBrowser: false,
      });
      expect(await signIns.take(first.state, first.browser, noon)).toBeUndefined();
      expect(await signIns.take(other.state, null, noon)).toMatchObject({ sameBrowser: false });
    }));

  test("a browser keeps its mark over several sign-ins", () =>
    withStore(async ({ signIns }) => {
      const first = await signIns.begin(begun, page("i1"));
      const second = await signIns.begin(begun, { ...page("i2"), browser: first.browser });
      expect(second.browser).toBe(first.browser);
      expect(await signIns.take(first.state, first.browser, noon)).toMatchObject({
        sameBrowser: true,
      });
      expect(await signIns.take(second.state, first.browser, noon)).toMatchObject({
        sameBrowser: true,
      });
    }));

  test("a state ends after its time", () =>
    withStore(async ({ signIns }, db) => {
      const first = await signIns.begin(begun, page("i1"));
      expect(await signIns.take(first.state, first.browser, later)).toBeUndefined();
      expect(await db.rows(sql`select * from sign_ins`)).toEqual([]);
    }));

  test("of what was begun on one page, whatever comes back first counts, however many come at once", () =>
    withStore(async ({ signIns }) => {
      const all = await Promise.all(
        Array.from({ length: 6 }, () => signIns.begin(begun, page("i1"))),
      );
      const other = await signIns.begin(begun, page("i2"));
      const taken = await Promise.all(
        [...all, ...all].map(({ state, browser }) => signIns.take(state, browser, noon)),
      );
      expect(taken.filter((one) => one !== undefined)).toHaveLength(1);
      expect(await signIns.take(other.state, other.browser, noon)).toBeDefined();
    }));

  test("a page that was used ends what was begun on it, and the other way round", () =>
    withStore(async ({ signIns, invitations, registry }) => {
      await registry.save({ connections: [books], flows: [] });
      const token = await invitations.create(books.name, "U1", later);
      const first = await signIns.begin(begun, page(token));
      await invitations.redeem(token, noon);
      expect(await signIns.take(first.state, first.browser, noon)).toBeUndefined();

      const again = await invitations.create(books.name, "U1", later);
      const second = await signIns.begin(begun, page(again));
      const taken = await signIns.take(second.state, second.browser, noon);
      expect(await invitations.peek(again, noon)).toBeDefined();
      await signIns.done(taken?.page ?? "");
      expect(await invitations.peek(again, noon)).toBeUndefined();
    }));

  test("a connection that goes, or moves, takes its sign-ins along", () =>
    withStore(async ({ signIns, registry }) => {
      await registry.save({ connections: [books], flows: [] });
      const first = await signIns.begin(begun, page("i1"));
      await registry.save({
        connections: [{ ...books, baseUrl: "https://evil.example" }],
        flows: [],
      });
      expect(await signIns.take(first.state, first.browser, noon)).toBeUndefined();
      const second = await signIns.begin(begun, page("i2"));
      await registry.removeConnection(books.name);
      expect(await signIns.take(second.state, second.browser, noon)).toBeUndefined();
    }));

  test("an app's client is kept sealed, for its connector and place alone", () =>
    withStore(async ({ apps }, db) => {
      const own = { connector: "quickbooks", baseUrl: null };
      await apps.keep(own, { id: "app", secret: "canary-old" });
      await apps.keep(own, { id: "app", secret: "canary-new" });
      expect(await apps.find(own)).toEqual({ id: "app", secret: "canary-new" });
      expect(await apps.find({ ...own, connector: "freshbooks" })).toBeUndefined();
      expect(await apps.find({ ...own, baseUrl: "https://evil.example" })).toBeUndefined();
      await apps.keep({ ...own, baseUrl: "http://127.0.0.1:4/x" }, { id: "b", secret: "canary-b" });
      expect(await apps.find({ ...own, baseUrl: "http://127.0.0.1:4/" })).toMatchObject({
        id: "b",
      });
      expect(JSON.stringify(await db.rows(sql`select * from apps`))).not.toContain("canary");

      await db.rows(sql`update apps set client = (select max(client) from apps)`);
      const found = [
        await apps.find(own),
        await apps.find({ ...own, baseUrl: "http://127.0.0.1:4" }),
      ];
      expect(found.filter((client) => client !== undefined)).toHaveLength(1);
      const lost = openStore(db, {
        sealing: sealing(new Uint8Array(32).fill(8)),
        secrets: { environment: () => undefined, folder: "" },
      });
      expect(await lost.apps.find(own)).toBeUndefined();
    }));

  test("when a sign-in ends is known without opening it, and moves with each renewal", () =>
    withStore(async ({ registry, safe, vault }, db) => {
      const kept = { ...crm, credential: { token: { kind: "kept" } } } as const;
      await registry.save({ connections: [kept, books], flows: [] });
      expect(await safe.standing(crm.name)).toEqual({
        expires: null,
        refused: null,
        account: null,
      });
      await safe.keep(crm.name, { secret: { token: "a" }, expires: later });
      await safe.noteAccount(crm.name, "canary-account");
      await safe.noteAccount(books.name, "another");
      expect(await safe.standing(crm.name)).toEqual({
        expires: later,
        refused: null,
        account: "canary-account",
      });
      expect(JSON.stringify(await db.rows(sql`select * from secrets`))).not.toContain("canary");
      expect(await safe.ending(later)).toEqual([crm.name]);
      expect(await safe.ending(noon)).toEqual([]);

      const seen = await vault.read(crm.name);
      await vault.renew(crm.name, seen, async () => null);
      expect((await safe.standing(crm.name)).expires).toEqual(later);
      const much = at("18:00:00");
      await vault.renew(crm.name, seen, async () => ({ secret: { token: "b" }, expires: much }));
      expect((await safe.standing(crm.name)).expires).toEqual(much);
      await safe.keep(crm.name, { secret: { token: "c" }, expires: null });
      expect(await safe.standing(crm.name)).toMatchObject({
        expires: null,
        account: "canary-account",
      });
    }));

  test("a refusal to renew is noted until somebody signs in, a failure that passes is not", () =>
    withStore(async ({ registry, safe, vault }) => {
      environment["REFRESH"] = "r0";
      const source = { kind: "env", name: "REFRESH" } as const;
      await registry.save({
        connections: [{ ...crm, credential: { refresh: source } }],
        flows: [],
      });
      const seen = await vault.read(crm.name);
      const renew = (error: Error) =>
        vault.renew(crm.name, seen, () => Promise.reject(error)).catch(() => undefined);
      await renew(new Error("no route"));
      expect(await safe.ending(noon)).toEqual([]);
      await renew(new SignInRefused("invalid_grant"));
      const { refused } = await safe.standing(crm.name);
      expect(refused).not.toBeNull();
      expect(await safe.ending(noon)).toEqual([crm.name]);
      await renew(new SignInRefused("invalid_grant"));
      expect((await safe.standing(crm.name)).refused).toEqual(refused);

      await vault.renew(crm.name, seen, async () => ({ secret: { refresh: "r1" }, expires: null }));
      expect((await safe.standing(crm.name)).refused).toBeNull();
      await renew(new SignInRefused("invalid_grant"));
      await safe.keep(crm.name, { secret: { refresh: "r2" }, expires: null });
      expect((await safe.standing(crm.name)).refused).toBeNull();
    }));
}
