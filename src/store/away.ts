import type postgres from "postgres";
import { StoreAway } from "#domain/errors.ts";

/**
 * What a server says, or its driver, where the statement is as good as any and a later try may go through:
 * classes 08, 53, 57 and 58, what a transaction must be tried again for, and a server that only reads
 * (postgresql.org/docs, "PostgreSQL Error Codes").
 */
const away =
  /^(08\w{3}|53\w{3}|57\w{3}|58\w{3}|25006|40001|40P01|55P03|E[A-Z]+|(CONNECT|CONNECTION)_[A-Z_]+)$/;

/** The driver's error as it is, or that the store is away. */
export function explained(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { code } = error as Error & { code?: unknown };
  if (typeof code !== "string" || !away.test(code)) return error;
  return new StoreAway(`The database does not work just now: ${error.message}`, { cause: error });
}

/** The same client, whose statements say so where the store is away. */
export function explaining(client: postgres.Sql): postgres.Sql {
  const unsafe = (...given: Parameters<typeof client.unsafe>) => {
    const pending = client.unsafe(...given);
    const then = pending.then.bind(pending) as typeof pending.then;
    pending.then = (done, failed) =>
      then(done, failed == null ? failed : (error: unknown) => failed(explained(error)));
    return pending;
  };
  return new Proxy(client, {
    get: (target, name, receiver): unknown =>
      name === "unsafe" ? unsafe : Reflect.get(target, name, receiver),
  });
}
