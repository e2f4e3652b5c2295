import { execFileSync, spawn } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";

export type PostgresServer = AsyncDisposable & {
  /** A user without special rights who owns the database. */
  url: string;
  /** A superuser, to break things with. */
  adminUrl: string;
  /** Of the server, where it is one of our own. */
  pid: number | null;
};

/** One of our own, with which anything may be done. */
export type OwnPostgres = PostgresServer & {
  /** Of its data; what is put beside it is gone with it. */
  folder: string;
  port: number;
  /** Who it runs as, where that is somebody else. */
  user: { uid?: number; gid?: number };
  /** Ends it at once (an immediate shutdown) and starts it again; resolves when it can be reached. */
  restart(): Promise<void>;
};

/**
 * A real Postgres: the one of TIELINE_TEST_DATABASE_URL, else one of our own from the binaries of this
 * machine, on loopback, gone when disposed; undefined where there are none.
 */
export async function startPostgres(): Promise<PostgresServer | undefined> {
  const url = process.env["TIELINE_TEST_DATABASE_URL"];
  if (url !== undefined)
    return { url, adminUrl: url, pid: null, [Symbol.asyncDispose]: async () => undefined };
  return ownPostgres();
}

/** One of our own; undefined where there are no binaries of it. `vacuums`: it tidies up, as one that lives long. */
export async function ownPostgres({ vacuums = false } = {}): Promise<OwnPostgres | undefined> {
  const bin = binaries();
  if (bin === undefined) return undefined;

  const user = owner();
  const folder = mkdtempSync(join(tmpdir(), "tieline-postgres-"));
  if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid);
  const data = join(folder, "data");
  const init = [
    "-D",
    data,
    "-U",
    "postgres",
    "--auth=trust",
    "-E",
    "UTF8",
    "--locale=C",
    "--no-sync",
  ];
  execFileSync(join(bin, "initdb"), init, { ...user, stdio: "ignore", cwd: folder });

  const port = await freePort();
  const settings = [
    `port=${port}`,
    "listen_addresses=127.0.0.1",
    `unix_socket_directories=${folder}`,
  ];
  const flags = [...settings, "fsync=off", `autovacuum=${vacuums ? "on" : "off"}`].flatMap(
    (setting) => ["-c", setting],
  );
  const start = () =>
    spawn(join(bin, "postgres"), ["-D", data, ...flags], {
      ...user,
      cwd: folder,
      stdio: "ignore",
    });
  let server = start();
  const kill = () => server.kill("SIGQUIT");
  process.once("exit", kill);
  const end = async (): Promise<void> => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const gone = new Promise((resolve) => server.once("exit", resolve));
    kill();
    await gone;
  };

  const adminUrl = `postgres://postgres@127.0.0.1:${port}/postgres`;
  await prepared(adminUrl);
  return {
    url: `postgres://tieline@127.0.0.1:${port}/tieline`,
    adminUrl,
    folder,
    port,
    user,
    get pid() {
      return server.pid ?? null;
    },
    async restart() {
      await end();
      server = start();
      await using admin = disposable(postgres(adminUrl, { max: 1, onnotice: () => undefined }));
      await reached(admin.sql);
    },
    async [Symbol.asyncDispose]() {
      process.off("exit", kill);
      await end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function binaries(): string | undefined {
  const root = "/usr/lib/postgresql";
  if (!existsSync(root)) return undefined;
  return readdirSync(root)
    .map((version) => join(root, version, "bin"))
    .filter((bin) => existsSync(join(bin, "postgres")) && existsSync(join(bin, "initdb")))
    .at(-1);
}

/** Postgres will not run as root. */
function owner(): { uid?: number; gid?: number } {
  if (userInfo().uid !== 0) return {};
  const id = (flag: string) => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

async function prepared(url: string): Promise<void> {
  await using admin = disposable(postgres(url, { max: 1, onnotice: () => undefined }));
  await reached(admin.sql);
  await admin.sql`create role tieline login`;
  await admin.sql`create database tieline owner tieline`;
}

async function reached(sql: postgres.Sql): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    const up = await sql`select 1`.then(
      () => true,
      (error: unknown) => {
        if (tries === 200) throw error;
        return false;
      },
    );
    if (up) return;
    await sleep(50);
  }
}

const disposable = (sql: postgres.Sql) => ({
  sql,
  [Symbol.asyncDispose]: () => sql.end({ timeout: 1 }),
});

const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        resolve(address !== null && typeof address === "object" ? address.port : 0),
      );
    });
  });
