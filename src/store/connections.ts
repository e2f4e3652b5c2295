import PQueue from "p-queue";
import type postgres from "postgres";
import { StoreAway } from "#domain/errors.ts";
import { explained, isLost } from "./away.ts";
import type { Client } from "./handle.ts";

/** What is to be told of a connection: that the server speaks with it, and that it has ended. */
type Told = { up(): void; lost(): void };

/** Longer than the driver waits for a server that says nothing at all. */
const upMs = 12_000;

/**
 * Connections to a server. Each is a client of its own, carries one statement at a time, and is never used again
 * once it has failed. postgres 3.4.9 would connect it anew, but forgets what it is given between the failure and the
 * end of a connection, so that whoever asked waits for ever; and it keeps what was not sent yet, so that for 10 s or
 * more the next connection does not get to say who it is. Where a proxy takes connections and ends them at once it
 * tries for ever.
 */
export function makeConnections(
  most: number,
  connect: (told: Told) => postgres.Sql,
): Client & { end(): Promise<void> } {
  /** How types are read and written by each that is connected from then on. */
  const options: Client["options"] = { parsers: {}, serializers: {} };
  const all = new Set<postgres.Sql>();
  const free: postgres.Sql[] = [];
  const waiting = new PQueue({ concurrency: most });
  let closed = false;

  function start(): postgres.Sql {
    const late = setTimeout(() => lose(client), upMs).unref();
    const up = (): void => clearTimeout(late);
    const client = connect({ up, lost: () => lose(client) });
    Object.assign(client.options.parsers, options.parsers);
    Object.assign(client.options.serializers, options.serializers);
    all.add(client);
    return client;
  }
  /** What it was given still is told so. */
  function lose(client: postgres.Sql): void {
    if (!all.delete(client)) return;
    const at = free.indexOf(client);
    if (at >= 0) free.splice(at, 1);
    void client.end({ timeout: 0 });
  }
  async function use(ask: (client: postgres.Sql) => PromiseLike<unknown>): Promise<unknown> {
    // One more connection would keep a process that is about to end.
    if (closed) throw new StoreAway("The database has been closed.");
    const client = free.pop() ?? start();
    try {
      return await ask(client);
    } catch (error) {
      if (isLost(error)) lose(client);
      throw explained(error);
    } finally {
      if (all.has(client)) free.push(client);
    }
  }

  return {
    options,
    unsafe(text, params, how) {
      let asValues = false;
      const ask = (client: postgres.Sql): PromiseLike<unknown> => {
        const statement = client.unsafe(text, params, how);
        return asValues ? statement.values() : statement;
      };
      // A turn later, when the caller has said how the rows are wanted.
      const asked = Promise.resolve().then(() => waiting.add(() => use(ask)));
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
