import { existsSync } from "node:fs";
import { join } from "node:path";
import postgres from "postgres";
import { lockFolder } from "./folder-lock.ts";
import type { Database } from "./handle.ts";
import { migrate } from "./migrate.ts";
import { startThread } from "./pglite-socket.ts";
import { rawRows } from "./raw-rows.ts";
import { startUpkeep } from "./upkeep.ts";

/** Postgres inside this process, its data under the folder, which is ours alone until disposed. */
export async function openEmbedded(folder: string, schema: string): Promise<Database> {
  await using opening = new AsyncDisposableStack();
  opening.use(lockFolder(folder));
  const embedded = opening.use(await startEmbedded(join(folder, "database")));
  await embedded.use(schema);
  await embedded.handle.client.unsafe(nobodyWorks);
  opening.use(startUpkeep(embedded));
  const parts = opening.move();
  return { ...embedded, [Symbol.asyncDispose]: () => parts.disposeAsync() };
}

/** The folder is ours: whoever held a flow or a lease is no more. */
const nobodyWorks = `
  update flow_progress set run = null, beat_at = null, left_at = coalesce(left_at, beat_at);
  delete from leases`;

export type Embedded = Database & {
  handle: { kind: "embedded" };
  /** Brings a schema to the newest migration and works in it. */
  use(schema: string): Promise<void>;
};

/** With its data in this folder; without one they are gone when it is disposed. */
export async function startEmbedded(dataDir: string | null): Promise<Embedded> {
  if (dataDir !== null && !existsSync(join(dataDir, "PG_VERSION"))) await make(dataDir);
  const thread = await startThread(dataDir);
  const listeners = new Map<string, (payload: string) => void>();
  const options = {
    ...session,
    socket: () => thread.socket,
    onnotify: (channel: string, payload: string) => listeners.get(channel)?.(payload),
  };
  const client = postgres(options);
  const run = (text: string) => client.unsafe(text).simple();
  return {
    kind: "embedded",
    ...rawRows(client),
    handle: {
      kind: "embedded",
      client,
      async listen(channel, heard) {
        listeners.set(channel, heard);
        await run(`listen "${channel}"`);
        return async () => {
          listeners.delete(channel);
          await run(`unlisten "${channel}"`);
        };
      },
    },
    async use(schema) {
      await migrate(run, schema);
      await run(`set search_path to "${schema}"`);
    },
    async [Symbol.asyncDispose]() {
      await client.end({ timeout: 5 });
      await thread[Symbol.asyncDispose]();
    },
  };
}

/**
 * On a thread that ends: what makes a database is a machine of its own, and as long as its thread lives so does its
 * memory (some 350 MiB, PGlite 0.5.16).
 */
async function make(dataDir: string): Promise<void> {
  await using _thread = await startThread(dataDir);
}

/** PGlite has one session, for as long as it is there. */
const session = {
  ...{ user: "postgres", database: "postgres", host: "localhost", ssl: false, max: 1 },
  max_lifetime: null,
  onnotice: () => undefined,
};
