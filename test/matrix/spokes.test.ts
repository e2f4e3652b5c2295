import { afterAll, describe, expect, test } from "vitest";
import { entityOf } from "#domain/entities/index.ts";
import { sameValue, type Fields, type Value } from "#domain/fields.ts";
import { connectionName, flowName } from "#domain/ids.ts";
import { isFormOf } from "#engine/form-of.ts";
import { withCompanions } from "#engine/companions.ts";
import { never } from "../connectors/world.ts";
import { postgresServer, stopPostgres, withPostgresStore, withStore, type Store, type WithStore } from "../support/with-store.ts"; // prettier-ignore
import { openTeam, plan, type Spoke, type Team } from "./team.ts";

const customers = Number(process.env["SPOKES_CUSTOMERS"] ?? 1000);
const edits = 100;
const seed = Number(process.env["SPOKES_SEED"] ?? Math.floor(Math.random() * 1e9));

const tools = {
  crm: "hubspot",
  sales: "salesforce",
  campaigns: "activecampaign",
  letters: "mailchimp",
  books: "quickbooks",
  invoices: "freshbooks",
  tables: "airtable",
  boards: "monday",
  "crm-two": "hubspot",
  "books-two": "quickbooks",
} as const;

const server = await postgresServer();
afterAll(stopPostgres);

describe("ten spokes on one hub", () => {
  const minutes = { timeout: 600_000 };
  test("on the embedded database", minutes, () => story(withStore));
  test.skipIf(server === undefined)(
    "on Postgres (skipped where there is none)",
    minutes,
    () => story(withPostgresStore),
  );
});

const story = (within: WithStore): Promise<void> =>
  within(async (store) => {
    console.log(`seed ${String(seed)}: SPOKES_SEED=${String(seed)} repeats it`);
    const random = randomBy(seed);
    await using team = await openTeam(store, tools);
    console.log("opened");
    await team.save(flowsOf(team));
    console.log("saved");
    await fill(team.spoke("crm"));
    console.log("filled");
    let t = Date.now();
    const lap = (w: string) => { console.log(w, Date.now() - t); t = Date.now(); };
    await pass(team);
    lap("first");
    const again = await pass(team);
    lap("second"); console.log(again.map((r) => [r.flow, JSON.stringify(r.counts)]));
    console.log((await pass(team)).map((r) => [r.flow, JSON.stringify(r.counts)]));
  });

const flowsOf = ({ spokes }: Team) =>
  spokes.flatMap(({ as, object }) => [
    plan(`${as}-in`, `${as}/${object}`, "hub/customer", {}),
    plan(`${as}-out`, "hub/customer", `${as}/${object}`, { trigger: { kind: "event" } }),
  ]);

/** Everything is read once, and what comes of that is carried on. */
async function pass(team: Team) {
  for (const { as } of team.spokes) await team.start(flowName(`${as}-in`));
  return team.rest();
}

async function fill(spoke: Spoke): Promise<void> {
  const target = byHand(spoke);
  const all = Array.from({ length: customers }, (_, n) => ({
    kind: "create" as const,
    key: String(n),
    hash: "h",
    fields: held(customer(n), target.holds),
  }));
  for (let at = 0; at < all.length; at += target.batch) {
    const sent = await target.send({ id: `fill-${String(at)}`, writes: all.slice(at, at + target.batch) }, never); // prettier-ignore
    if (sent.kind !== "each" || sent.outcomes.some(({ kind }) => kind !== "accepted"))
      throw new Error(JSON.stringify(sent));
  }
}

const byHand = (spoke: Spoke) =>
  spoke.target(spoke.object, {
    connection: connectionName("people"),
    flow: flowName("by-hand"),
    content: null,
  });

const customer = (n: number): Fields => ({
  first_name: `Ada${String(n)}`,
  last_name: `Lovelace${String(n)}`,
  name: `Ada${String(n)} Lovelace${String(n)}`,
  email: `ada${String(n)}@firm${String(n)}.example.com`,
  phone: `+3317018${String(1000 + (n % 9000))}`,
  company_name: `Firm ${String(n)}`,
  "address.city": "Paris",
});

const held = (fields: Fields, holds: ReadonlySet<string>): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => holds.has(name)));

/** A sequence of numbers from 0 to 1 that is the same for the same seed (mulberry32). */
function randomBy(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
