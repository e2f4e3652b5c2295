import PQueue from "p-queue";
import type postgres from "postgres";
import { StoreAway } from "#domain/errors.ts";
import { explained, isLost } from "./away.ts";
import type { Client } from "./handle.ts";
import { heard } from "./silence.ts";

/** `pid`: of the process that serves it. */
type Connection = { client: postgres.Sql; pid: number };

/** As long as the driver waits for a server that says nothing at all. */
const openMs = 10_000;
/** Whenever a statement has no answer for so long, the server is asked whether it is at work on it. */
const quietMs = 5_000;

/** Of another role's the state is null. One that waits until we take its answer does so in vain. */
const busy = `select pid from pg_stat_activity
  where state is distinct from 'idle' and wait_event is distinct from 'ClientWrite'`;

/**
 * Connections to a server. Each is a client of its own, carries one statement at a time, and is never used again
 * once it has failed. postgres 3.4.9 would connect it anew, but forgets what it is given between the failure and the
 * end of a connection, so that whoever asked waits for ever; and it keeps what was not sent yet, so that for 10 s or
 * more the next connection does not get to say who it is. Where a proxy takes connections and ends them at once it
 * tries for ever.
 */
export function makeConnections(
  most: number,
  connect: (lost: () => void) => postgres.Sql,
): Client & { end(): Promise<void> } {
  /** How types are read and written by each that is connected from then on. */
  const options: Client["options"] = { parsers: {}, serializers: {} };
  const all = new Set<postgres.Sql>();
  const free: Connection[] = [];
  const waiting = new PQueue({ concurrency: most });
  let asking: ReturnType<typeof ask> | null = null;
  let closed = false;

  function start(): postgres.Sql {
    const client = connect(() => lose(client));
    Object.assign(client.options.parsers, options.parsers);
    Object.assign(client.options.serializers, options.serializers);
    all.add(client);
    return client;
  }
  /** What it was given still is told so. */
  function lose(client: postgres.Sql): void {
    if (!all.delete(client)) return;
    const at = free.findIndex((one) => one.client === client);
    if (at >= 0) free.splice(at, 1);
    void client.end({ timeout: 0 });
  }
  /** What a new one is asked first. */
  async function numbers(client: postgres.Sql, text: string): Promise<readonly number[]> {
    const asked = client.unsafe<{ pid: number }[]>(text);
    const rows = await heard(asked, openMs, () => Promise.resolve(false));
    return rows.map(({ pid }) => pid);
  }
  /** Which processes of the server are at work, asked by a connection made for it. */
  async function ask(): Promise<(pid: number) => boolean> {
    const client = start();
    try {
      const working = await numbers(client, busy);
      return (pid) => working.includes(pid);
    } catch (error) {
      // A server that has no place for one more may well be at work.
      return () => !isLost(error);
    } finally {
      lose(client);
      asking = null;
    }
  }
  async function open(): Promise<Connection> {
    const client = start();
    try {
      const [pid = 0] = await numbers(client, "select pg_backend_pid() as pid");
      return { client, pid };
    } catch (error) {
      lose(client);
      throw error;
    }
  }
  async function use(query: (client: postgres.Sql) => PromiseLike<unknown>): Promise<unknown> {
    // One more connection would keep a process that is about to end.
    if (closed) throw new StoreAway("The database has been closed.");
    try {
      return await on(free.pop() ?? (await open()), query);
    } catch (error) {
      throw explained(error);
    }
  }
  /** Where one is lost, those that nobody used meanwhile may be lost too, and would only tell so when asked. */
  async function on(
    connection: Connection,
    query: (client: postgres.Sql) => PromiseLike<unknown>,
  ): Promise<unknown> {
    const { client, pid } = connection;
    const isAtWork = async (): Promise<boolean> => (await (asking ??= ask()))(pid);
    try {
      return await heard(query(client), quietMs, isAtWork);
    } catch (error) {
      if (isLost(error)) for (const lost of [client, ...free.map((one) => one.client)]) lose(lost);
      throw error;
    } finally {
      if (all.has(client)) free.push(connection);
    }
  }

  return {
    options,
    unsafe(text, params, how) {
      let asValues = false;
      const query = (client: postgres.Sql): PromiseLike<unknown> => {
        const statement = client.unsafe(text, params, how);
        return asValues ? statement.values() : statement;
      };
      // A turn later, when the caller has said how the rows are wanted.
      const asked = Promise.resolve().then(() => waiting.add(() => use(query)));
      const values = (): typeof asked => {
        asValues = true;
        return asked;
      };
      return Object.assign(asked, { values }) as ReturnType<Client["unsafe"]>;
    },
    async end() {
      closed = true;
      await Promise.all([...all].map((client) => client.end({ timeout: 5 })));
    },
  };
}
