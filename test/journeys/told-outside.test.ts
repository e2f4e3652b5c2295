import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { emptyFolder, startTieline, tieline, type Process } from "../support/bot.ts";
import { personAt } from "../support/person.ts";
import { post } from "../support/sandbox.ts";

const room = "integrations";
/** The deals of the CRM are in the hub; one that is won there begins a project. */
const flows = `flows:
  deals-to-hub:
    from: crm/deals
    to: hub/deal
    match: [title]
    trigger: manual
  won-to-tasks:
    from: hub/deal
    to: work/projects
    convert: deal-to-project
    where: { status: won }
    trigger: { event: deal.won, where: { amount: { more_than: "0" } } }
`;
let folder: Awaited<ReturnType<typeof emptyFolder>>;
let env: Record<string, string>;
let bot: Process;
let olivia: ReturnType<typeof personAt>;

beforeAll(async () => {
  folder = await emptyFolder();
  env = { TIELINE_DIR: join(folder.path, "bot"), LOG_LEVEL: "debug" };
  bot = startTieline(["start"], env);
  const [, page = ""] = await bot.printed(/Open (http\S+)/);
  await bot.printed(/Ctrl-C/);
  olivia = personAt(page);
  await post(new URL("/_control", page), { tiers: false, messages_per_second: null });
});
afterAll(async () => {
  await bot?.[Symbol.asyncDispose]();
  await folder?.[Symbol.asyncDispose]();
});

type Taken = { verdict: string; webhookId: string; event: { type: string; subject: string; data: Record<string, unknown> } | null }; // prettier-ignore
const tool = async (name: string): Promise<string> =>
  (await olivia.state()).tools.find((one) => one.name === name)?.url ?? "";
const answers = async (told: unknown) =>
  post(new URL("/_config", await tool("Webhook")), { answers: told });
const received = async (): Promise<Taken[]> =>
  (await (await fetch(new URL("/_deliveries", await tool("Webhook")))).json()) as Taken[];
const asks = (line: string, answer: RegExp) =>
  olivia.hears(room, answer, () => olivia.type(room, line));
const kinds = async (): Promise<string[]> =>
  (await received()).map(({ verdict, event }) => `${verdict} ${event?.type ?? "?"}`);

async function add(name: string, title: string): Promise<void> {
  await olivia.type(room, `/connector add ${name}`);
  await olivia.submit(await olivia.modal(/Choose a tool/), { Tool: title });
  await olivia.submit(await olivia.modal(/Nothing secret is typed here/), {});
  await olivia.close(await olivia.modal(new RegExp(`\\*${name}\\* works`)));
}

test("what happens here starts another flow, and is delivered, logged, sent once more and switched off", async () => {
  await add("hook", "Webhook");
  await add("work", "Asana");
  const shown = await asks("/connector hooks hook", /Told of nothing that happens here/);
  await olivia.press(shown, "Choose events");
  const form = await olivia.modal(/as it happens/);
  await olivia.submit(form, { Events: "deal.won, run.finished" });
  await olivia.message(room, /Told when it happens here\*\s+deal\.won, run\.finished/);

  const file = join(folder.path, "more.yaml");
  await writeFile(file, flows);
  const applied = await tieline(["apply", file], env);
  expect(applied).toMatchObject({ code: 0, err: "" });

  // The receiver fails twice, then works: the same event is tried again under the same id.
  await answers({ status: 500, times: 1 });
  await asks("/sync run deals-to-hub", /Done.*\*deals-to-hub\*/);
  await expect.poll(kinds, { timeout: 40_000 }).toContain("taken deal.won");
  await expect.poll(kinds, { timeout: 40_000 }).toContain("taken run.finished");
  await expect.poll(async () => (await asks("/sync status won-to-tasks", /won-to-tasks/)).text, { timeout: 60_000 }).toMatch(/Last: .*Done/); // prettier-ignore
  const failed = (await received()).find(({ verdict }) => verdict === "told to");
  await expect
    .poll(
      async () =>
        (await received())
          .filter(({ webhookId }) => webhookId === failed?.webhookId)
          .map(({ verdict }) => verdict),
      { timeout: 40_000 },
    ) // prettier-ignore
    .toEqual(["told to", "taken"]);

  const again = await asks("/connector hooks hook", /Takes them/);
  await olivia.press(again, "Deliveries");
  const log = await olivia.modal(/✓ Delivered/);
  expect(JSON.stringify(log.blocks)).toMatch(/500 · [\d,]+ ms/);

  // A time is sent once more, after how many that would be was shown; the receiver knows them again.
  await olivia.pressInView(log, "Send a time once more");
  const range = await olivia.modal(/whether it was taken or not/);
  const expired = await olivia.submit(range, { From: "2020-01-01", To: "2020-01-02" });
  expect(JSON.stringify(expired.errors)).toContain("Deliveries are kept for 30 days");
  const today = Temporal.Now.plainDateISO("UTC");
  await olivia.submit(range, {
    From: today.subtract({ days: 1 }).toString(),
    To: today.add({ days: 1 }).toString(),
  });
  const plan = await olivia.modal(/under its own webhook-id/);
  await olivia.submit(plan, {});
  await olivia.message(room, /on the way to \*hook\* once more/);
  await expect.poll(kinds, { timeout: 40_000 }).toContain("duplicate deal.won");

  // Gone for good: one card, and on again by its button.
  await answers({ status: 410, times: 1 });
  await asks("/sync run deals-to-hub", /Done.*\*deals-to-hub\*/);
  const card = await olivia.message(room, /● Switched off {2}\*hook\*/);
  await olivia.press(card, "Switch on again");
  await olivia.becomes(card, /✓ On again {2}\*hook\*/);
  const before = (await received()).length;
  await asks("/sync run deals-to-hub", /Done.*\*deals-to-hub\*/);
  await expect.poll(async () => (await received()).length, { timeout: 40_000 }).toBeGreaterThan(before); // prettier-ignore
});

test("a Zap asks for an event of ours and gets it; what a flow writes there is in the same log", async () => {
  await add("zaps", "Zapier");
  const none = await asks("/connector hooks zaps", /No address yet/);
  const made = await olivia.hears(room, /it is shown this once/, () => olivia.press(none, "Make the key")); // prettier-ignore
  const [key = ""] = /[\w-]{43}(?![\w-])/.exec(JSON.stringify(made.blocks)) ?? [];
  const shown = await asks("/connector hooks zaps", /The key was made/);
  const [, base = ""] = /(http:\S+?)\/hooks\/events\/customers/.exec(JSON.stringify(shown.blocks)) ?? []; // prettier-ignore
  const url = `${base}/hooks/subscriptions`;
  await post(new URL("/_config", await tool("Zapier")), { subscribe: { url, key, event: "run.finished" } }); // prettier-ignore
  await post(new URL("/_edit", await tool("Zapier")), { object: "zaps", id: "241870013", set: { on: true } }); // prettier-ignore
  // One that asks, and is gone by the time it is told.
  const asked = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
    body: JSON.stringify({
      target_url: new URL("/hooks/standard/1834092/gone1/", await tool("Zapier")).href,
      event: "run.finished",
    }),
  });
  const { id: goneSoon } = (await asked.json()) as { id: string };
  await asks("/connector hooks zaps", new RegExp(goneSoon));

  type Arrival = { path: string; body: Record<string, unknown> };
  const arrivals = async (type: string): Promise<Arrival[]> =>
    ((await (await fetch(new URL("/_arrivals", await tool("Zapier")))).json()) as Arrival[]).filter(
      ({ body }) => body["type"] === type,
    );
  const list = await (await fetch(await tool("HubSpot"))).text();
  const email = />([a-z]+\.[a-z]+@[a-z.]+)</.exec(list)?.[1] ?? "";
  const file = join(folder.path, "zaps.yaml");
  await writeFile(file, `flows:\n  to-zaps:\n    from: crm/contacts\n    to: zaps/customers\n    where: { email: "${email}" }\n`); // prettier-ignore
  expect(await tieline(["apply", file], env)).toMatchObject({ code: 0, err: "" });
  await asks("/sync run to-zaps", /Done.*\*to-zaps\*.*1 written/);

  await expect.poll(async () => (await arrivals("run.finished")).length, { timeout: 40_000 }).toBe(1); // prettier-ignore
  const [told] = await arrivals("run.finished");
  expect(told?.path).toMatch(/^\/hooks\/standard\//);
  expect(told?.body).toMatchObject({ flow: "to-zaps", status: "done", created: "1" });
  expect(await arrivals("customer.created")).toMatchObject([{ body: { email } }]);
  const hooks = await asks("/connector hooks zaps", /Who asked to be told/);
  expect(hooks.text).not.toContain(goneSoon);

  await olivia.press(hooks, "Deliveries");
  const log = await olivia.modal(/written by \*to-zaps\*/);
  const text = JSON.stringify(log.blocks);
  expect(text).toMatch(/✓ Delivered {2}\*customer\.created\*/);
  expect(text).toMatch(/✓ Delivered {2}\*run\.finished\*/);
  expect(text).toContain(`to ${goneSoon}, who asked to be told`);
  expect(text).toMatch(/410 · [\d,]+ ms/);

  // All of it once more, each under its own id; whoever is gone is left alone.
  await olivia.pressInView(log, "Send a time once more");
  const today = Temporal.Now.plainDateISO("UTC");
  const range = await olivia.modal(/by flows and by ourselves/);
  await olivia.submit(range, {
    From: today.subtract({ days: 1 }).toString(),
    To: today.add({ days: 1 }).toString(),
  });
  const plan = await olivia.modal(/\*2 events\* to \*zaps\*/);
  await olivia.submit(plan, {});
  await expect.poll(async () => (await arrivals("customer.created")).length, { timeout: 40_000 }).toBe(2); // prettier-ignore
  await expect.poll(async () => (await arrivals("run.finished")).length, { timeout: 40_000 }).toBe(2); // prettier-ignore
  for (const type of ["customer.created", "run.finished"])
    expect(new Set((await arrivals(type)).map(({ body }) => body["id"])).size).toBe(1);
});
