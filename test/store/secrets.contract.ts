import { randomUUID } from "node:crypto";
import { chmodSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { Connection, SecretSource } from "#domain/connection.ts";
import { SignInAgain } from "#domain/errors.ts";
import { connectionName } from "#domain/ids.ts";
import { sql } from "#store/drizzle.ts";
import { sealing } from "#store/sealing.ts";
import { openStore } from "#store/store.ts";
import { environment, secretsFolder, type WithStore } from "../support/with-store.ts";
import { crm } from "./examples.ts";

const name = crm.name;
const signingIn = (credential: Connection["credential"]) => ({
  connections: [{ ...crm, credential }],
  flows: [],
});
const env = (variable: string): SecretSource => ({ kind: "env", name: variable });
const file = (path: string): SecretSource => ({ kind: "file", name: path });

export function secretsContract(withStore: WithStore): void {
  test("values of the environment and of files are read at each request", () =>
    withStore(async ({ registry, vault }) => {
      await registry.save(signingIn({ token: env("CRM_TOKEN"), key: file("crm.key") }));
      environment["CRM_TOKEN"] = "first";
      writeFileSync(join(secretsFolder, "crm.key"), "of a file\n", { mode: 0o600 });
      expect(await vault.read(name)).toEqual({ token: "first", key: "of a file" });
      environment["CRM_TOKEN"] = "second";
      expect(await vault.read(name)).toEqual({ token: "second", key: "of a file" });
      delete environment["CRM_TOKEN"];
      await expect(vault.read(name)).rejects.toThrow(SignInAgain);
      await expect(vault.read(connectionName("none"))).rejects.toThrow(SignInAgain);
    }));

  test("a file is read only inside its folder, and only when nobody else can read it", () =>
    withStore(async ({ registry, vault }) => {
      const outside = join(secretsFolder, "..", `tieline-outside-${process.pid}`);
      writeFileSync(outside, "secret", { mode: 0o600 });
      onTestFinished(() => rmSync(outside));
      writeFileSync(join(secretsFolder, "open.key"), "secret");
      chmodSync(join(secretsFolder, "open.key"), 0o644);
      for (const path of [`../tieline-outside-${process.pid}`, outside, "none", ".", ""]) {
        await registry.save(signingIn({ token: file(path) }));
        await expect(vault.read(name)).rejects.toThrow(SignInAgain);
      }
      const link = `link-${randomUUID()}`;
      symlinkSync(outside, join(secretsFolder, link));
      await registry.save(signingIn({ token: file(link) }));
      await expect(vault.read(name)).rejects.toThrow("not inside");
      await registry.save(signingIn({ token: file("open.key") }));
      await expect(vault.read(name)).rejects.toThrow("chmod 600");
    }));

  test("what the one-time page was given is kept sealed, and cannot be moved or changed", () =>
    withStore(async (store, db) => {
      const other = connectionName("other");
      await store.registry.save(signingIn({ token: { kind: "kept" } }));
      await store.registry.save({
        connections: [{ ...crm, name: other, credential: { token: { kind: "kept" } } }],
        flows: [],
      });
      await expect(store.vault.read(name)).rejects.toThrow("Nobody has signed in");
      expect(await store.safe.has(name)).toBe(false);
      await store.safe.keep(name, { secret: { token: "canary-1" }, expires: null });
      await store.safe.keep(other, { secret: { token: "canary-2" }, expires: null });
      expect(await store.safe.has(name)).toBe(true);
      expect(await store.vault.read(name)).toEqual({ token: "canary-1" });
      expect(JSON.stringify(await db.rows(sql`select * from secrets`))).not.toContain("canary");

      await db.rows(
        sql`update secrets set kept = (select kept from secrets where connection = 'other')`,
      );
      await expect(store.vault.read(name)).rejects.toThrow("changed or moved");
      expect(await store.vault.read(other)).toEqual({ token: "canary-2" });
      await store.safe.keep(name, { secret: { token: "canary-3" }, expires: null });
      await db.rows(sql`update secrets set kept = reverse(kept)`);
      await expect(store.vault.read(name)).rejects.toThrow(SignInAgain);

      await store.safe.keep(name, { secret: { token: "canary-4" }, expires: null });
      const lost = openStore(db, {
        sealing: sealing(new Uint8Array(32).fill(8)),
        secrets: { environment: () => undefined, folder: secretsFolder },
      });
      await expect(lost.vault.read(name)).rejects.toThrow("but the master key is");
      expect(await store.registry.removeConnection(name)).toBe(true);
      expect(await store.safe.has(name)).toBe(false);
    }));

  test("one worker renews a credential, and the others get what it stored", () =>
    withStore(async (store) => {
      environment["REFRESH"] = "r0";
      await store.registry.save(signingIn({ refresh: env("REFRESH") }));
      const seen = await store.vault.read(name);
      let renewals = 0;
      const renew = () =>
        store.vault.renew(name, seen, async ({ refresh }) => {
          renewals += 1;
          await new Promise((resolve) => setTimeout(resolve, 100));
          return { secret: { refresh: `${refresh}+`, access: "a1" }, expires: null };
        });
      const got = await Promise.all([renew(), renew(), renew(), renew()]);
      expect(renewals).toBe(1);
      expect(new Set(got.map((secret) => JSON.stringify(secret))).size).toBe(1);
      expect(await store.vault.read(name)).toEqual({ refresh: "r0+", access: "a1" });

      environment["REFRESH"] = "r1";
      expect(await store.vault.read(name)).toEqual({ refresh: "r1" });
    }));

  test("a renewal that fails leaves what there was, and the next may try", () =>
    withStore(async (store) => {
      await store.registry.save(signingIn({ token: { kind: "kept" } }));
      await store.safe.keep(name, { secret: { token: "old" }, expires: null });
      const seen = await store.vault.read(name);
      const failing = store.vault.renew(name, seen, () => Promise.reject(new Error("no route")));
      await expect(failing).rejects.toThrow("no route");
      expect(
        await store.vault.renew(name, seen, async () => ({
          secret: { token: "new" },
          expires: null,
        })),
      ).toEqual({
        token: "new",
      });

      await store.safe.keep(name, { secret: { token: "of a person" }, expires: null });
      expect(await store.vault.read(name)).toEqual({ token: "of a person" });
    }));
}
