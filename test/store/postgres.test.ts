import { afterAll, describe } from "vitest";
import { postgresServer, stopPostgres, withPostgresStore } from "../support/with-store.ts";
import { contracts } from "./contracts.ts";

const server = await postgresServer();
afterAll(stopPostgres);

describe.skipIf(server === undefined).each(contracts)(
  "$name on Postgres (skipped where there is none)",
  ({ contract }) => contract(withPostgresStore),
);
