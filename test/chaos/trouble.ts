import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { ownPostgres, type OwnPostgres } from "../support/postgres-server.ts";
import { openLine, type Line } from "./cut.ts";
import type { Trouble } from "./plan.ts";
import { moveToSmallDisk, type SmallDisk } from "./small-disk.ts";

/** A Postgres with which all kinds of things are wrong now and then. */
export type Troubled = AsyncDisposable & {
  /** For the workers: by a line that can be cut. */
  url: string;
  /** For who only looks. */
  straight: string;
  /** Resolves when it is over; false where it cannot be brought about on this machine. */
  cause(trouble: Trouble, writes: () => Promise<number>): Promise<boolean>;
};

/** How long it lasts. */
const lastsMs = 3_000;
/** What was announced before may be sent still. */
const graceMs = 1_500;

/** Undefined where there is no Postgres. */
export async function openTroubled(): Promise<Troubled | undefined> {
  const server = await ownPostgres({ vacuums: true });
  if (server === undefined) return undefined;
  await using parts = new AsyncDisposableStack();
  // A tmpfs goes before the folder it lies in, and after the server that uses it.
  const disk = await moveToSmallDisk(server);
  parts.use(server);
  const line = parts.use(await openLine(server.port));
  const moved = parts.move();
  return {
    url: `postgres://tieline@127.0.0.1:${String(line.port)}/tieline`,
    straight: server.url,
    cause: (trouble, writes) => cause(trouble, { server, line, disk, writes }),
    async [Symbol.asyncDispose]() {
      disk?.[Symbol.dispose]();
      await moved.disposeAsync();
    },
  };
}

type Means = {
  server: OwnPostgres;
  line: Line;
  disk: SmallDisk | null;
  writes(): Promise<number>;
};

async function cause(trouble: Trouble, { server, line, disk, writes }: Means): Promise<boolean> {
  switch (trouble) {
    case "restart":
      await server.restart();
      return true;
    case "terminate":
      await admin(
        server,
        (sql) => sql`
        select pg_terminate_backend(pid) from pg_stat_activity where usename = 'tieline'`,
      );
      return true;
    case "read-only":
      await setReadOnly(server, true);
      await nothingIsWritten(writes);
      await setReadOnly(server, false);
      return true;
    case "full":
      if (disk === null) return false;
      disk.fill();
      try {
        await isFull(server);
        await sleep(lastsMs);
      } finally {
        disk.empty();
      }
      return true;
    case "cut:before":
    case "cut:after":
      await line.cut(trouble === "cut:before" ? "before" : "after");
      return true;
    default:
      return trouble satisfies never;
  }
}

const setReadOnly = ({ adminUrl }: OwnPostgres, on: boolean): Promise<void> =>
  admin({ adminUrl }, async (sql) => {
    await sql`set default_transaction_read_only = off`;
    await sql.unsafe(`alter system set default_transaction_read_only = ${on ? "on" : "off"}`);
    await sql`select pg_reload_conf()`;
  });

/** What cannot be remembered is not done. */
async function nothingIsWritten(writes: () => Promise<number>): Promise<void> {
  await sleep(graceMs);
  const before = await writes();
  await sleep(lastsMs - graceMs);
  const more = (await writes()) - before;
  if (more > 0)
    throw new Error(`${String(more)} records were written while the database was read-only`);
}

/** @throws when there was room left after all */
async function isFull({ url }: OwnPostgres): Promise<void> {
  await admin({ adminUrl: url }, async (sql) => {
    const said =
      await sql`create table more as select n, repeat('x', 500) from generate_series(1, 20000) n`.then(
        // prettier-ignore
        () => "nothing",
        (error: unknown) => `${String((error as { code?: string }).code)} ${String(error)}`,
      );
    // The first connection after a hard restart has a file of its own to write before anything else.
    if (!said.startsWith("53100") && !said.includes("could not write init file"))
      throw new Error(`a full disk is error 53100, and it was ${said}`);
  });
}

async function admin(
  { adminUrl }: Pick<OwnPostgres, "adminUrl">,
  use: (sql: postgres.Sql) => Promise<unknown>,
): Promise<void> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => undefined });
  try {
    await use(sql);
  } finally {
    await sql.end({ timeout: 1 });
  }
}
