import { afterAll, describe } from "vitest";
import { postgresServer, stopPostgres } from "../support/with-store.ts";
import { queueContract } from "./queue.contract.ts";

const server = await postgresServer();
afterAll(stopPostgres);
const handle = async () => ({ kind: "postgres" as const, url: server?.url ?? "" });

describe.skipIf(server === undefined)("the queue on Postgres (skipped where there is none)", () =>
  queueContract(handle),
);
