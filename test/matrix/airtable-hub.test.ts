import { afterAll, describe, expect, test } from "vitest";
import { flowName } from "#domain/ids.ts";
import type { Run } from "#domain/run.ts";
import { never } from "../connectors/world.ts";
import { postgresServer, stopPostgres, withPostgresStore, withStore, type Store, type WithStore } from "../support/with-store.ts"; // prettier-ignore
import { apart, missing, shownIn, type Golden } from "./equal.ts";
import { customer, edit, fill, randomBy } from "./people-at-work.ts";
import { openTeam, plan, type Team } from "./team.ts";

const customers = 60;
const edits = 30;
const seed = Number(process.env["SPOKES_SEED"] ?? 26);

const centre = "tables";
const tools = {
  [centre]: "airtable",
  crm: "hubspot",
  books: "quickbooks",
  letters: "mailchimp",
  invoices: "freshbooks",
} as const;

const server = await postgresServer();
afterAll(stopPostgres);

describe("Airtable as the hub: what is changed anywhere is everywhere", () => {
  const minutes = { timeout: 300_000 };
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
    for (let rounds = 1; (await round(team)).some(hasWritten); rounds += 1)
      expect(rounds, "rounds until all is at rest").toBeLessThan(5);
    const full = await recordsIn(team, store);
    expect(full.length).toBe(customers);
    expect(await apart(team, full)).toEqual([]);

    await edit(team, full, edits, randomBy(seed));
    const shown = await shownIn(team, full);
    const before = writesOf(team);
    // What the last one brings to the centre the first one takes from there in the next round.
    for (let n = 0; n < 2; n += 1) await round(team);

    const golden = await recordsIn(team, store);
    expect(await apart(team, golden)).toEqual([]);
    const { [centre]: inCentre, ...writes } = since(before, team);
    const { [centre]: _, ...wanted } = missing(team, golden, shown);
    // Two changes of one record may pass the centre in two rounds; each is a write of its own then.
    for (const [as, least] of Object.entries(wanted)) {
      expect(writes[as], as).toBeGreaterThanOrEqual(least);
      expect(writes[as], as).toBeLessThanOrEqual(edits);
    }
    expect(inCentre).toBeLessThanOrEqual(edits);
    expect((await round(team)).filter(hasWritten)).toEqual([]);
  });

/** One flow a tool, both ways; where two changed the same, what stands in Airtable counts. */
const flowsOf = (team: Team) =>
  others(team).map(({ as, object }) =>
    plan(as, `${as}/${object}`, `${centre}/${team.spoke(centre).object}`, {
      twoWay: { default: "target", fields: {} },
    }),
  );

const others = ({ spokes }: Team) => spokes.filter(({ as }) => as !== centre);

async function round(team: Team): Promise<readonly Run[]> {
  for (const { as } of others(team)) await team.start(flowName(as));
  return team.rest();
}

/** The records of the centre, and where each of them is. */
async function recordsIn(team: Team, store: Store): Promise<readonly Golden[]> {
  const { source, object } = team.spoke(centre);
  const found = new Map<string, Golden & { at: Map<string, string> }>();
  for await (const { records } of source(object).pages(null, { gone: false, signal: never }))
    for (const { id, content } of records)
      if (content.kind === "live")
        found.set(id, { id, fields: content.fields, at: new Map([[centre, id]]) });
  for (const { as } of others(team))
    for (const [id, { link }] of await store.ledger.back.look(flowName(as), [...found.keys()]))
      if (link !== null) found.get(id)?.at.set(as, link.id);
  return [...found.values()];
}

const hasWritten = ({ counts }: Run): boolean =>
  counts.created + counts.updated + counts.deleted + counts.deadLettered + counts.held > 0;

const writesOf = ({ spokes }: Team): Readonly<Record<string, number>> =>
  Object.fromEntries(spokes.map((spoke) => [spoke.as, spoke.writes() ?? 0]));

const since = (before: Readonly<Record<string, number>>, team: Team) =>
  Object.fromEntries(Object.entries(writesOf(team)).map(([as, now]) => [as, now - (before[as] ?? 0)])); // prettier-ignore
