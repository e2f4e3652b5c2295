import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CLIENT_SECRET } from "#sandbox/tools/hubspot/access/sign-in.ts";
import { emptyFolder, startTieline, tieline } from "../../support/bot.ts";
import { makeChance } from "../../support/memory/chance.ts";
import { personAt } from "../../support/person.ts";
import { startPostgres } from "../../support/postgres-server.ts";
import { outsideWorld, post, statsOf, type OutsideWorld } from "../../support/sandbox.ts";
import { makeSender } from "./sender.ts";

const flow = "customers-to-books";
const [changed, tellings, waves] = [2000, 5, 10];
/** The sandbox begins with these, some of them flawed; those of this test come after them. */
const first = 500;

test.for(["embedded", "Postgres"] as const)(
  "10,000 webhooks, doubled and out of order, with reads among them: each change arrives once, on %s",
  { timeout: 600_000 },
  async (database, { skip }) => {
    await using server = database === "Postgres" ? await startPostgres() : undefined;
    if (database === "Postgres" && server === undefined) skip("no Postgres on this machine");
    await using folder = await emptyFolder();
    await using world = await outsideWorld(folder.path);
    const { hubspot, quickbooks } = world.tools;
    await post(new URL("/_seed", hubspot.base_url), { contacts: changed });
    await onEvents(world);
    const env = {
      ...world.env,
      TIELINE_DIR: join(folder.path, "bot"),
      ...(server !== undefined && { DATABASE_URL: server.url }),
    };
    await using bot = startTieline(["start"], env);
    await bot.printed(/serving your Slack workspace/);
    /** A run of its own: what events have started is followed to its end first. */
    const run = async (...more: string[]): Promise<unknown> => {
      const { out, err } = await tieline(["run", flow, ...more, "--json"], env);
      return /is under way already/.test(err) ? run(...more) : JSON.parse(out);
    };
    await run();
    expect(await run("--full")).toMatchObject({ status: "done", created: 0, updated: 0 });
    const before = await statsOf(quickbooks);
    expect(before.records).toBeGreaterThan(changed + first - 10);

    const sender = makeSender(await addressFor(world, env));
    const chance = makeChance(4);
    const ids = await ofThisTest(world);
    expect(ids).toHaveLength(changed);
    const reads: Promise<unknown>[] = [];
    let told: string[] = [];
    for (let wave = 0; wave < waves; wave += 1) {
      const some = ids.slice((wave * changed) / waves, ((wave + 1) * changed) / waves);
      await edit(world, some);
      told.push(...some.flatMap((id) => Array.from({ length: tellings }, () => id)));
      told = shuffled(told, chance.fraction);
      // What is left comes later than what happens after it.
      const now = told.splice(0, Math.floor(told.length * (wave === waves - 1 ? 1 : 0.7)));
      await sender.sendAll(messagesOf(now, chance.whole));
      if (wave % 4 === 1) reads.push(run("--full"));
    }
    expect(sender.heard.events).toBe(changed * tellings);

    const written = async () => (await statsOf(quickbooks)).updates - before.updates;
    await expect.poll(written, { timeout: 60_000 }).toBe(changed);
    await Promise.all(reads);
    expect(await run("--full")).toMatchObject({ status: "done", created: 0, updated: 0 });
    const after = await statsOf(quickbooks);
    expect(after.updates - before.updates).toBe(changed);
    expect(after).toMatchObject({ records: before.records, creates: before.creates, duplicates: before.duplicates }); // prettier-ignore
  },
);

async function onEvents({ env }: OutsideWorld): Promise<void> {
  const file = env["TIELINE_WORKSPACE"] ?? "";
  const text = await readFile(file, "utf8");
  // All of them may change: where the machine is slow many arrive in one run, which a guard would hold.
  await writeFile(file, text.replace("trigger: manual", "trigger: event\n    guard: off"));
}

/** Has the address made, and gives the secret that its messages are signed with, on the page for that. */
async function addressFor({ page }: OutsideWorld, env: Record<string, string>): Promise<string> {
  const made = await tieline(["hooks", "crm", "--renew", "--json"], env);
  const { addresses } = JSON.parse(made.out) as { addresses: { url: string }[] };
  const olivia = personAt(page);
  const room = "integrations";
  const shown = await olivia.hears(room, /Client secret is missing/, () =>
    olivia.type(room, "/connector hooks crm"),
  );
  const invited = await olivia.hears(room, /give it to \*crm\* on this page/, () =>
    olivia.press(shown, "Give the Client secret"),
  );
  const [link = ""] = /http:[^"]+\/connect#[\w.-]+/.exec(JSON.stringify(invited.blocks)) ?? [];
  // What it is for stands before the token.
  const token = new URL(link).hash.split(/[#.]/).at(-1) ?? "";
  await post(new URL("/connect/give", link), { token, values: { signing_secret: CLIENT_SECRET } });
  return addresses[0]?.url ?? "";
}

/** The contacts that came after those the sandbox begins with: their ids go on where these end. */
async function ofThisTest({ tools: { hubspot } }: OutsideWorld): Promise<string[]> {
  const ids: string[] = [];
  for (let after = ""; ;) {
    const query = new URLSearchParams({ limit: "100", ...(after !== "" && { after }) });
    const answer = await fetch(new URL(`/crm/objects/2026-09/contacts?${query.toString()}`, hubspot.base_url), { headers: { authorization: `Bearer ${hubspot.credential["token"] ?? ""}` } }); // prettier-ignore
    type Page = { results: { id: string }[]; paging?: { next: { after: string } } };
    const { results, paging } = (await answer.json()) as Page;
    ids.push(...results.map(({ id }) => id));
    if (paging === undefined) break;
    after = paging.next.after;
  }
  return ids.toSorted((one, other) => Number(one) - Number(other)).slice(first);
}

async function edit({ tools: { hubspot } }: OutsideWorld, ids: readonly string[]): Promise<void> {
  const one = (id: string) =>
    post(new URL("/_edit", hubspot.base_url), { id, set: { company: `Storm ${id}` } });
  for (let at = 0; at < ids.length; at += 20) await Promise.all(ids.slice(at, at + 20).map(one));
}

function shuffled<Item>(items: readonly Item[], fraction: () => number): Item[] {
  const keyed = items.map((item) => ({ item, at: fraction() }));
  return keyed.toSorted((one, other) => one.at - other.at).map(({ item }) => item);
}

/** One event, or up to thirty: a tool gathers what happens at the same time. */
function messagesOf(told: readonly string[], whole: (below: number) => number): string[][] {
  const messages: string[][] = [];
  for (let at = 0; at < told.length;) {
    const size = 1 + whole(30);
    messages.push(told.slice(at, at + size));
    at += size;
  }
  return messages;
}
