import postgres from "postgres";
import { afterAll, expect, test } from "vitest";
import { connectionName } from "#domain/ids.ts";
import { postgresServer, stopPostgres, withPostgresStore, type Store } from "../support/with-store.ts"; // prettier-ignore

const server = await postgresServer();
afterAll(stopPostgres);
const never = new AbortController().signal;
const end = { connection: connectionName("shop"), object: "customers" };

type Way = { name: string; store(store: Store): Promise<unknown>; read(store: Store): Promise<readonly unknown[]> }; // prettier-ignore

const ways: readonly Way[] = [
  {
    name: "events",
    store: ({ inbox }) =>
      inbox.keep(end, [{ event: "e1", record: "7", at: null, gone: false, content: "{}" }]),
    read: async ({ inbox }) => (await inbox.after(end, null, 10)).records,
  },
  {
    name: "hints",
    store: ({ hints }) => hints.keep(end, [{ record: "7", into: null }]),
    read: async ({ hints }) => (await hints.after(end, null, 10)).hints,
  },
  {
    name: "golden records",
    store: ({ hub }) =>
      hub.target("customer", "crm").send({ id: "r1", writes: [{ kind: "create", key: "1", hash: "h", fields: { name: "Ada" } }] }, never), // prettier-ignore
    async read({ hub }) {
      const pages = hub.source("customer").pages(null, { gone: false, signal: never });
      return (await Array.fromAsync(pages)).flatMap(({ records }) => records);
    },
  },
];

test.skipIf(server === undefined).for(ways)(
  "$name stored while another transaction is under way are read all the same, once it is over (skipped where there is no Postgres)",
  (way) =>
    withPostgresStore(async (store) => {
      const client = postgres(server?.url ?? "", { max: 1, onnotice: () => undefined });
      try {
        const other = await client.reserve();
        await other`begin`;
        await other`select pg_current_xact_id()`;
        await way.store(store);
        let over = false;
        const reading = way.read(store).then((found) => ({ found, over }));
        await new Promise((resolve) => setTimeout(resolve, 100));
        over = true;
        await other`commit`;
        other.release();
        expect(await reading).toEqual({ found: [expect.anything()], over: true });
      } finally {
        await client.end();
      }
    }),
);
