import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { emptyFolder, startTieline, tieline, type Process } from "../support/bot.ts";
import { personAt, type Shown } from "../support/person.ts";
import { outsideWorld, post, statsOf, type OutsideWorld } from "../support/sandbox.ts";

const [flow, room] = ["customers-to-books", "integrations"];
let folder: Awaited<ReturnType<typeof emptyFolder>>;
let world: OutsideWorld;
let bot: Process;
let env: Record<string, string>;
let olivia: ReturnType<typeof personAt>;

beforeAll(async () => {
  folder = await emptyFolder();
  world = await outsideWorld(folder.path);
  env = { ...world.env, TIELINE_DIR: join(folder.path, "bot") };
  bot = startTieline(["start"], env);
  await bot.printed(/has not run yet/);
  olivia = personAt(world.page);
});
afterAll(async () => {
  await bot?.[Symbol.asyncDispose]();
  await world?.[Symbol.asyncDispose]();
  await folder?.[Symbol.asyncDispose]();
});

const control = (levers: unknown) => post(new URL("/_control", world.page), levers);
const configure = (tool: "hubspot" | "quickbooks", config: unknown) =>
  post(new URL("/_config", world.tools[tool].base_url), config);
const seed = (contacts: number) =>
  post(new URL("/_seed", world.tools.hubspot.base_url), { contacts });
const run = async (...more: string[]) => {
  const { code, out, err } = await tieline(["run", flow, ...more, "--json"], env);
  return { code, err, ...(JSON.parse(out) as Record<string, unknown>) };
};
const messages = async (pattern: RegExp): Promise<Shown[]> =>
  Object.values((await olivia.state()).messages)
    .flat()
    .filter(({ text, ephemeral }) => ephemeral !== true && pattern.test(text));

test("while Slack is away everything goes on; then there is one card a cause, and one message a run", async () => {
  await olivia.type(room, "/tieline health");
  await control({ outage: 5000 });
  expect(await run()).toMatchObject({ code: 2, status: "done", dead_lettered: 7 });
  expect(await run("--full")).toMatchObject({ code: 2, created: 0, dead_lettered: 7 });
  expect(await messages(/Likely fix/)).toHaveLength(0);

  await expect.poll(() => messages(/Likely fix/), { timeout: 30_000 }).toHaveLength(5);
  await olivia.message(room, /· 3 records\nQuickBooks.*6240/);
  // Nothing comes late: what was told is told.
  await sleep(1500);
  const cards = await messages(/Likely fix/);
  expect(cards).toHaveLength(5);
  expect(new Set(cards.map(({ text }) => text.split("\n")[1])).size).toBe(5);
  await olivia.hears(room, /✓ \*Messages\* {2}none waiting/, () =>
    olivia.type(room, "/tieline health"),
  );
});

test("when Slack has us reconnect, or the line is cut, we hear again within seconds", async () => {
  for (const lever of ["disconnect", "cut"]) {
    await control({ [lever]: true });
    const answers = async () => (await olivia.type(room, `/sync status ${flow}`)).ok;
    await expect.poll(answers, { timeout: 15_000, interval: 200 }).toBe(true);
    await olivia.hears(room, /crm\/contacts to books/, () =>
      olivia.type(room, `/sync status ${flow}`),
    );
  }
});

test("what Slack delivers several times has one effect", async () => {
  await control({ duplicate_events: true });
  const before = (await messages(/^✓ \*Done/)).length;
  const [card] = await messages(/\b6240\b/);
  await olivia.say(room, `@Tieline run ${flow}`, card?.ts);
  await expect.poll(() => messages(/^✓ \*Done/), { timeout: 30_000 }).toHaveLength(before + 1);
  await sleep(1000);
  expect(await messages(/^✓ \*Done/)).toHaveLength(before + 1);
  const answers = Object.values((await olivia.state()).messages)
    .flat()
    .filter(({ text, ephemeral }) => ephemeral && /^Started/.test(text));
  expect(answers).toHaveLength(1);
  await control({ duplicate_events: false });
});

test("whatever QuickBooks does in the middle of a run, each customer is there exactly once", async () => {
  const { records } = await statsOf(world.tools.quickbooks);
  await seed(400);
  await configure("quickbooks", {
    faults: [
      { kind: "server_error", status: 500, when: "after", path: "/batch" },
      { kind: "reset", when: "after", path: "/batch" },
      { kind: "truncated", path: "/batch" },
      { kind: "too_many_requests", retry_after: 1, path: "/batch" },
      { kind: "reset", when: "before", path: "/query" },
    ],
  });
  expect(await run("--full")).toMatchObject({ status: "done", read: 900 });
  const books = await statsOf(world.tools.quickbooks);
  expect(books.faults).toBeGreaterThanOrEqual(5);
  expect(books).toMatchObject({ records: records + 400, duplicates: 0 });
  expect(await run("--full")).toMatchObject({ created: 0, updated: 0, dead_lettered: 7 });
  expect((await statsOf(world.tools.quickbooks)).records).toBe(records + 400);
});

test("a credential that has ended stops the flow with one card, and nothing is lost by it", async () => {
  await seed(50);
  const { records } = await statsOf(world.tools.quickbooks);
  await configure("quickbooks", {
    faults: [{ kind: "expired_token", path: "/batch", times: "all" }],
  });
  const stopped = await run("--full");
  expect(stopped).toMatchObject({ code: 1, status: "failed" });
  const card = await olivia.message(room, /^● \*Stopped\*/);
  expect(card.text).toContain("Owner: <@U024BE7LH>");
  expect(await run()).toMatchObject({ code: 1 });
  expect(await messages(/^● \*Stopped\*/)).toHaveLength(1);

  await configure("quickbooks", { clear: true });
  await olivia.press(card, "Resume");
  await olivia.becomes(card, /^✓ \*Fixed\*/);
  expect(await run("--full")).toMatchObject({ code: 2, created: 50, dead_lettered: 7 });
  expect((await statsOf(world.tools.quickbooks)).records).toBe(records + 50);
});
