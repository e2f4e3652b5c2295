import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { API_KEY } from "#sandbox/tools/make/gate.ts";
import { SECRET } from "#sandbox/tools/webhook/webhook.ts";
import { emptyFolder, startTieline, tieline, type Process } from "../support/bot.ts";
import { personAt } from "../support/person.ts";
import { post } from "../support/sandbox.ts";

const room = "integrations";
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

const tool = async (name: string): Promise<string> =>
  (await olivia.state()).tools.find((one) => one.name === name)?.url ?? "";
const configure = async (name: string, config: unknown) =>
  post(new URL("/_config", await tool(name)), config);
const edit = async (name: string, object: string, id: string | null, set: unknown) =>
  (await post(new URL("/_edit", await tool(name)), { object, id, set })) as Record<string, unknown>;
const look = async <T>(name: string, path: string): Promise<T> =>
  (await (await fetch(new URL(path, await tool(name)))).json()) as T;
const asks = (line: string, answer: RegExp) =>
  olivia.hears(room, answer, () => olivia.type(room, line));

/** Adds a connection by clicking, with what the form holds already. */
async function add(name: string, title: string, prefilled: Record<string, unknown> = {}) {
  await olivia.type(room, `/connector add ${name}`);
  await olivia.submit(await olivia.modal(/Choose a tool/), { Tool: title });
  const form = await olivia.modal(/Nothing secret is typed here/);
  expect(olivia.filled(form)).toMatchObject({ Name: name, ...prefilled });
  await olivia.submit(form, {});
  await olivia.close(await olivia.modal(new RegExp(`\\*${name}\\* works`)));
}

/** Has the key or the addresses of a connection made, as they are shown to whoever asked. */
async function renew(name: string, label: string): Promise<string> {
  const shown = await asks(`/connector hooks ${name}`, /No address yet/);
  const made = await olivia.hears(room, /it is shown this once/, () => olivia.press(shown, label));
  expect(made.ephemeral).toBe(true);
  return JSON.stringify(made.blocks);
}

async function apply(flows: string): Promise<void> {
  const file = join(folder.path, "more.yaml");
  await writeFile(file, `flows:\n${flows}`);
  expect(await tieline(["apply", file], env)).toMatchObject({ code: 0, err: "" });
}

/** How often this stands in the list of customers that a person sees in QuickBooks. */
async function inBooks(email: string): Promise<number> {
  const list = await (await fetch(new URL(`?q=${email}`, await tool("QuickBooks")))).text();
  return list.split(`>${email}<`).length - 1;
}
const arrives = (email: string) => expect.poll(() => inBooks(email), { timeout: 30_000 }).toBe(1);

const someone = async (): Promise<string> => {
  const list = await (await fetch(await tool("HubSpot"))).text();
  return />([a-z]+\.[a-z]+@[a-z.]+)</.exec(list)?.[1] ?? "";
};
const out = (name: string, email: string): string => `  to-${name}:
    from: crm/contacts
    to: ${name}/customers
    where: { email: "${email}" }
  from-${name}:
    from: ${name}/customers
    to: books/customers
    match: [email]
    trigger: event
`;

test("Zapier: a Zap asks to be told and is, posts an event that reaches QuickBooks, and fails", async () => {
  await add("zaps", "Zapier");
  const [key = ""] = /[\w-]{43}(?![\w-])/.exec(await renew("zaps", "Make the key")) ?? [];
  const shown = await asks("/connector hooks zaps", /The key was made/);
  expect(shown.text).not.toContain(key);
  const base =
    /(http:\S+?)\/hooks\/events\/customers/.exec(JSON.stringify(shown.blocks))?.[1] ?? "";
  await configure("Zapier", {
    subscribe: { url: `${base}/hooks/subscriptions`, key, event: "customer.created" },
    action: { url: `${base}/hooks/events/customers`, key },
    report: { url: `${base}/hooks/events/failures`, key },
  });

  const zap = await edit("Zapier", "zaps", "241870013", { on: true });
  expect(zap["state"]).toMatchObject({ kind: "on" });
  await asks("/connector hooks zaps", /customer\.created\s+sub_/);

  const email = await someone();
  await apply(out("zaps", email));
  await asks("/sync run to-zaps", /Done.*\*to-zaps\*.*1 written/);
  type Arrival = { path: string; body: Record<string, unknown> };
  const arrivals = await look<Arrival[]>("Zapier", "/_arrivals");
  expect(arrivals.map(({ path }) => path.split("/")[2]).toSorted()).toEqual(["catch", "standard"]);
  for (const { body } of arrivals) expect(body).toMatchObject({ type: "customer.created", email });

  const lead = { record_id: "lead-1", name: "Nora Quist", email: "nora.quist@orchard.example" };
  const run = await edit("Zapier", "zaps", "241870014", { run: lead });
  expect(run["posted"]).toMatchObject({ status: 202, outcome: "taken" });
  await arrives(lead.email);

  const failing = new URL("/hooks/catch/1834092/2k7r0zd/", await tool("Zapier"));
  const fail = () => fetch(failing, { method: "POST", body: "{}" });
  await fail();
  const card = await olivia.message(
    room,
    /Needs a hand.*Invoice paid, write an e-mail · 1 failure/,
  );
  expect(card.text).toContain("Error while sending e-mail: the recipient is empty.  (2. Send an e-mail)"); // prettier-ignore
  await fail();
  const more = await olivia.becomes(card, /2 failures/);
  const page = /"url":"(http[^"]+_record\/zaps\/241870015)"/.exec(JSON.stringify(more.blocks));
  expect((await fetch(page?.[1] ?? "")).status).toBe(200);
  await olivia.press(more, "Mark as fixed");
  await olivia.becomes(card, /✓ \*Fixed\*[\s\S]*Marked as fixed by/);
  await fail();
  await olivia.becomes(card, /Needs a hand.*Invoice paid, write an e-mail · 1 failure/);

  await edit("Zapier", "zaps", "241870013", { on: false });
  await asks("/connector hooks zaps", /Nobody has asked to be told/);
  expect(bot.output()).not.toContain(key);
});

test("Make: events out and in; incomplete executions are cards that close once Make has none", async () => {
  await add("scenarios", "Make", { "Team id": "27" });
  const [key = ""] = /[\w-]{43}(?![\w-])/.exec(await renew("scenarios", "Make the key")) ?? [];
  const shown = await asks("/connector hooks scenarios", /The key was made/);
  const url = /http:\S+?\/hooks\/events\/customers/.exec(JSON.stringify(shown.blocks))?.[0] ?? "";
  await configure("Make", { action: { url: url.replace(/\\n.*/, ""), key } });

  const executions = async () =>
    (await look<{ objects: { executions: number } }>("Make", "/_stats")).objects.executions;
  const before = await executions();
  await apply(out("scenarios", await someone()));
  await asks("/sync run to-scenarios", /Done.*\*to-scenarios\*.*1 written/);
  expect(await executions()).toBe(before + 1);

  const event = { id: "evt-1", type: "customer.created", record_id: "m1", data: { name: "Ida Falk", email: "ida.falk@orchard.example" } }; // prettier-ignore
  await edit("Make", "scenarios", "925104", { run: event });
  await arrives("ida.falk@orchard.example");

  await asks("/connector check scenarios", /\*scenarios\* works/);
  const card = await olivia.message(room, /Needs a hand.*Orders to the warehouse · \d+ failures[\s\S]*recipient address is empty/); // prettier-ignore
  const headers = { authorization: `Token ${API_KEY}`, "content-type": "application/json" };
  const all = new URL("/api/v2/dlqs?scenarioId=925102&confirmed=true", await tool("Make"));
  const gone = await fetch(all, { method: "DELETE", headers, body: '{"all":true}' });
  expect(gone.status).toBe(200);
  await asks("/connector check scenarios", /\*scenarios\* works/);
  await olivia.becomes(card, /✓ \*Fixed\*[\s\S]*None of them is left there/);
});

test("webhook: a signed event comes in, a forged one does not, and ours are verified there", async () => {
  await add("shop", "Webhook");
  const made = await renew("shop", "Make the addresses");
  const [url = ""] = /http:[^\s"\\]+\/hooks\/[\w-]{43}\/customers/.exec(made) ?? [];
  await configure("Webhook", { send: { url, secret: SECRET } });
  const data = { id: "w1", name: "Pia Lund", email: "pia.lund@orchard.example" };
  await apply(out("shop", await someone()));

  const forged = await edit("Webhook", "events", null, { type: "customer.changed", subject: "w1", data, mishap: "tampered" }); // prettier-ignore
  expect(forged["status"]).toBe(401);
  const twice = await edit("Webhook", "events", null, { type: "customer.changed", subject: "w1", data, mishap: "twice" }); // prettier-ignore
  expect(twice["status"]).toBe(202);
  await arrives(data.email);

  await asks("/sync run to-shop", /Done.*\*to-shop\*.*1 written/);
  const deliveries = await look<{ verdict: string; event: { type: string } }[]>("Webhook", "/_deliveries"); // prettier-ignore
  expect(deliveries.map(({ verdict, event }) => [verdict, event.type])).toEqual([["taken", "customer.created"]]); // prettier-ignore
  expect(bot.output()).not.toContain(url);
});
