import { afterAll, describe } from "vitest";
import { postgresServer, withPostgresStore } from "../support/with-store.ts";
import { contracts } from "./contracts.ts";

const server = await postgresServer();
afterAll(() => server?.[Symbol.asyncDispose]());

describe.skipIf(server === undefined).each(contracts)(
  "$name on Postgres (skipped where there is none)",
  ({ contract }) => contract(withPostgresStore),
);
