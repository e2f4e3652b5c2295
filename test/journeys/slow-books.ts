import { join } from "node:path";
import { post, statsOf, type OutsideWorld } from "../support/sandbox.ts";

export const contacts = 1500;

/** So many contacts for books that are slow to write, so that there is time for something to happen meanwhile. */
export async function slowBooks(folder: string, { env, tools }: OutsideWorld) {
  const { hubspot, quickbooks } = tools;
  await post(new URL("/_seed", hubspot.base_url), { contacts: contacts - 500 });
  const slow = { kind: "slow", ms: 150, path: "/batch", times: "all" };
  await post(new URL("/_config", quickbooks.base_url), { faults: [slow] });
  return {
    /** Processes of one installation share the database and the master key, and nothing else. */
    env: (name: string, database: string): Record<string, string> => ({
      ...env,
      DATABASE_URL: database,
      TIELINE_KEY: Buffer.alloc(32, 7).toString("base64"),
      TIELINE_DIR: join(folder, name),
    }),
    customers: async (): Promise<number> => (await statsOf(quickbooks)).records,
    calm: () => post(new URL("/_config", quickbooks.base_url), { clear: true }),
  };
}
