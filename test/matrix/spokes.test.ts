import { afterAll, describe, expect, test } from "vitest";
import { flowName } from "#domain/ids.ts";
import type { Run } from "#domain/run.ts";
import { postgresServer, stopPostgres, withPostgresStore, withStore, type WithStore } from "../support/with-store.ts"; // prettier-ignore
import { customer, edit, fill, randomBy } from "./people-at-work.ts";
import { apart, goldenIn, missing, shownIn } from "./equal.ts";
import { openTeam, plan, type Team } from "./team.ts";

const customers = Number(process.env["SPOKES_CUSTOMERS"] ?? 1000);
const edits = Number(process.env["SPOKES_EDITS"] ?? 100);
const seed = Number(process.env["SPOKES_SEED"] ?? 26);

/** Every tool that holds customers, and two of them twice. */
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

describe("ten spokes on one hub: what is changed anywhere is everywhere in one pass", () => {
  const minutes = { timeout: 600_000 };
  test("on the embedded database", minutes, () => story(withStore));
  test.skipIf(server === undefined)("on Postgres (skipped where there is none)", minutes, () =>
    story(withPostgresStore),
  );
});

const story = (within: WithStore): Promise<void> =>
  within(async (store) => {
    console.log(`SPOKES_SEED=${String(seed)} makes the same edits again`);
    await using team = await openTeam(store, tools);
    await team.save(flowsOf(team));
    await fill(
      team.spoke("crm"),
      Array.from({ length: customers }, (_, n) => customer(n)),
    );
    for (let passes = 1; (await pass(team)).some(hasWritten); passes += 1)
      expect(passes, "passes until all is at rest").toBeLessThan(4);
    const full = await goldenIn(team, store);
    expect(full.length).toBe(customers);
    expect(await apart(team, full)).toEqual([]);

    const edited = await edit(team, full, edits, randomBy(seed));
    const shown = await shownIn(team, full);
    forgetReads(team);
    const before = writesOf(team);
    await pass(team);

    const golden = await goldenIn(team, store);
    expect(since(before, team)).toEqual(missing(team, golden, shown));
    expect(await apart(team, golden)).toEqual([]);
    // The tool is asked for what changed once, and once more before something is written to it.
    const reads = edited.flatMap(({ at }) => team.spokes.map((spoke) => readsOf(spoke, at.get(spoke.as) ?? ""))); // prettier-ignore
    expect(Math.max(...reads)).toBeLessThanOrEqual(2);

    forgetReads(team);
    const after = writesOf(team);
    expect((await pass(team)).filter(hasWritten)).toEqual([]);
    expect(Object.values(since(after, team)).every((writes) => writes === 0)).toBe(true);
    expect(team.spokes.every(({ reads: { asked } }) => asked.size === 0)).toBe(true);
  });

/** A flow to the hub, and one from there that starts when something has changed in it. */
const flowsOf = ({ spokes }: Team) =>
  spokes.flatMap(({ as, object }) => [
    plan(`${as}-in`, `${as}/${object}`, "hub/customer", {}),
    plan(`${as}-out`, "hub/customer", `${as}/${object}`, { trigger: { kind: "event" } }),
  ]);

/** Each tool is read once, and what comes of that is carried on until nothing is left to do. */
async function pass(team: Team): Promise<readonly Run[]> {
  for (const { as } of team.spokes) await team.start(flowName(`${as}-in`));
  return team.rest();
}

const hasWritten = ({ counts }: Run): boolean =>
  counts.created + counts.updated + counts.deleted + counts.deadLettered > 0;

const writesOf = ({ spokes }: Team): Readonly<Record<string, number>> =>
  Object.fromEntries(spokes.map((spoke) => [spoke.as, spoke.writes() ?? 0]));

const since = (before: Readonly<Record<string, number>>, team: Team) =>
  Object.fromEntries(Object.entries(writesOf(team)).map(([as, now]) => [as, now - (before[as] ?? 0)])); // prettier-ignore

function forgetReads({ spokes }: Team): void {
  for (const { reads } of spokes) {
    reads.asked.clear();
    reads.listed.clear();
  }
}

const readsOf = ({ reads: { asked, listed } }: Team["spokes"][number], id: string): number =>
  (asked.get(id) ?? 0) + (listed.get(id) ?? 0);
