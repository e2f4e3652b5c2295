import type { NewEvent } from "./event.ts";
import type { ConnectionName } from "./ids.ts";

/** That a connection's tool wants somebody to sign in again. */
export const connectionBroken = (connection: ConnectionName, problem: string): NewEvent => ({
  type: "connection.broken",
  source: `/connections/${connection}`,
  subject: connection,
  data: { connection, problem },
});
