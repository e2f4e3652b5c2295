import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sql } from "#store/drizzle.ts";
import { openDatabase } from "#store/database.ts";
import { sealing } from "#store/sealing.ts";
import { openStore } from "#store/store.ts";
import { runChild } from "../support/child.ts";
import { postgresServer, stopPostgres } from "../support/with-store.ts";
import { crm } from "./examples.ts";

const server = await postgresServer();
afterAll(stopPostgres);
const renewing = new URL("processes/renewing.ts", import.meta.url);
const options = {
  sealing: sealing(new Uint8Array(32).fill(7)),
  secrets: { environment: () => undefined, folder: "" },
};

/** A sign-in service whose refresh tokens are good once; two that come with one end it for both. */
const service = { good: "r0", given: 0, refused: 0, delayMs: 0, url: "" };
const http = createServer((request, response) => {
  let token = "";
  request.on("data", (chunk: Buffer) => (token += chunk.toString()));
  request.on("end", () => {
    if (token !== service.good) {
      service.refused += 1;
      response.writeHead(400).end();
      return;
    }
    service.given += 1;
    service.good = `r${service.given}`;
    const answer = service.good;
    void sleep(service.delayMs).then(() => response.end(answer));
  });
});
beforeAll(async () => {
  await new Promise<void>((ready) => http.listen(0, "127.0.0.1", ready));
  service.url = `http://127.0.0.1:${String((http.address() as AddressInfo).port)}`;
});
afterAll(() => {
  http.closeAllConnections();
  http.close();
});

/** A store with the connection signed in, over a pool of its own. */
async function signedIn(schema: string, refresh: string) {
  const db = await openDatabase({ url: server?.url ?? "", folder: "", schema });
  const store = openStore(db, options);
  const connection = { ...crm, credential: { refresh_token: { kind: "kept" } } } as const;
  await store.registry.save({ connections: [connection], flows: [] });
  await store.safe.keep(crm.name, { secret: { refresh_token: refresh }, expires: null });
  return { db, store };
}

test.skipIf(server === undefined)("two pools that renew together ask once", async () => {
  const schema = `renewal_${process.pid}_pools`;
  const { db, store } = await signedIn(schema, "r0");
  await using _first = db;
  await using second = await openDatabase({ url: server?.url ?? "", folder: "", schema });
  const other = openStore(second, options);
  let asked = 0;
  const seen = await store.vault.read(crm.name);
  const renewed = await Promise.all(
    [store, other, store, other].map(({ vault }) =>
      vault.renew(crm.name, seen, async () => {
        asked += 1;
        await sleep(100);
        return { secret: { refresh_token: "r1" }, expires: null };
      }),
    ),
  );
  expect(asked).toBe(1);
  expect(new Set(renewed.map((secret) => secret["refresh_token"]))).toEqual(new Set(["r1"]));
});

test.skipIf(server === undefined)(
  "processes that renew all the time never send a token twice",
  async () => {
    const schema = `renewal_${process.pid}_processes`;
    Object.assign(service, { good: "r0", given: 0, refused: 0, delayMs: 0 });
    const { db, store } = await signedIn(schema, "r0");
    await using _pool = db;
    const args = [server?.url ?? "", schema, service.url, "25"];
    await using one = runChild(renewing, args);
    await using two = runChild(renewing, args);
    await Promise.all([one.said("done"), two.said("done")]);
    expect(service.refused).toBe(0);
    expect(service.given).toBeGreaterThanOrEqual(25);
    expect(await store.vault.read(crm.name)).toEqual({ refresh_token: service.good });
    expect((await store.safe.standing(crm.name)).refused).toBeNull();
  },
);

test.skipIf(server === undefined)(
  "a process that is killed while it renews holds nobody up for long",
  async () => {
    const schema = `renewal_${process.pid}_killed`;
    Object.assign(service, { good: "r0", given: 0, refused: 0, delayMs: 60_000 });
    const { db, store } = await signedIn(schema, "r0");
    await using _pool = db;
    await using doomed = runChild(renewing, [server?.url ?? "", schema, service.url, "1", "1500"]);
    await doomed.said("ready");
    while (service.given === 0) await sleep(10);
    await doomed.kill();
    const began = Date.now();
    const renewed = await store.vault.renew(crm.name, { refresh_token: "r0" }, async () => ({
      secret: { refresh_token: "of the next" },
      expires: null,
    }));
    expect(renewed).toEqual({ refresh_token: "of the next" });
    expect(Date.now() - began).toBeLessThan(10_000);
  },
);

test.skipIf(server === undefined)(
  "a process that was stopped for longer than its lease sends no token that another has used",
  async () => {
    const schema = `renewal_${process.pid}_stopped`;
    Object.assign(service, { good: "r0", given: 0, refused: 0, delayMs: 0 });
    const { db, store } = await signedIn(schema, "r0");
    await using _pool = db;
    const args = [server?.url ?? "", schema, service.url, "1", "1500", "stops"];
    await using stopped = runChild(renewing, args);
    await stopped.said("ready");
    while ((await db.rows(sql`select from leases`)).length === 0) await sleep(10);
    await store.vault.renew(crm.name, { refresh_token: "r0" }, async ({ refresh_token: body = "" }) => {
      const response = await fetch(service.url, { method: "POST", body });
      return { secret: { refresh_token: await response.text() }, expires: null };
    }); // prettier-ignore
    stopped.process.kill("SIGCONT");
    await stopped.said("done");
    expect(service).toMatchObject({ given: 1, refused: 0 });
    expect(await store.vault.read(crm.name)).toEqual({ refresh_token: "r1" });
  },
);
