import { randomBytes } from "node:crypto";
import { existsSync, statSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDatabase } from "#store/database.ts";
import { sql } from "#store/drizzle.ts";
import { emptyFolder, startTieline, tieline, type Process } from "./support/bot.ts";
import { personAt, type Shown } from "./support/person.ts";
import { outsideWorld, post, type OutsideWorld } from "./support/sandbox.ts";

const room = "integrations";
const canary = (name: string) => `canary-${name}-${randomBytes(12).toString("hex")}`;

/** As a customer may well call themselves in a form on somebody's web site. */
const hostile =
  "<!channel> <@U024BE7LH> <https://evil.example|hubspot.com> *bold* ``` :boom: \u202e &lt;!here&gt;";
const person = { email: `${canary("mail")}@evil.example`, phone: "+44 20 7946 0958 ext x7766554" };

const given = { wrong: canary("wrong"), inSlack: `xoxb-${canary("pasted")}` };
const key = randomBytes(32);
let folder: Awaited<ReturnType<typeof emptyFolder>>;
let world: OutsideWorld;
let bot: Process;
let env: Record<string, string>;
let olivia: ReturnType<typeof personAt>;
let secrets: Record<string, string>;
/** What was said in Slack on the way, to whomever, also what was replaced since. */
const seen: string[] = [];
const inChannel = new Map<string, Shown>();

const look = async (): Promise<void> => {
  for (const user of ["U024BE7LH", "U024BE8RM", "U024BE9SL"]) {
    const state = await personAt(world.page, user).state();
    seen.push(JSON.stringify({ ...state, channels: [] }));
    for (const shown of Object.values(state.messages).flat())
      if (shown.ephemeral !== true && !shown.channel.startsWith("D"))
        inChannel.set(`${shown.ts} ${shown.text}`, shown);
  }
};
const asks = (line: string, answer: RegExp) =>
  olivia.hears(room, answer, () => olivia.type(room, line));
const fault = (tool: "hubspot" | "quickbooks", faults: object[], clear = true) =>
  post(new URL("/_config", world.tools[tool].base_url), { clear, faults });

beforeAll(async () => {
  folder = await emptyFolder();
  world = await outsideWorld(folder.path);
  env = {
    ...world.env,
    TIELINE_DIR: join(folder.path, "bot"),
    TIELINE_KEY: key.toString("base64"),
    TIELINE_ADMINS: "U024BE7LH",
    LOG_LEVEL: "debug",
  };
  const { slack, tools } = world;
  secrets = {
    "bot token": slack.bot_token,
    "app token": slack.app_token,
    "signing secret": slack.signing_secret,
    "CRM token": tools.hubspot.credential["token"] ?? "",
    "books token": tools.quickbooks.credential["token"] ?? "",
    "master key": key.toString("base64").replace(/=+$/, ""),
    "master key in hex": key.toString("hex"),
    "wrong credential": given.wrong,
    "pasted credential": given.inSlack,
  };
  await post(new URL("/_edit", tools.hubspot.base_url), {
    id: null,
    set: { firstname: hostile, ...person },
  });
  bot = startTieline(["start"], env);
  await bot.printed(/customers-to-books has not run yet/);
  olivia = personAt(world.page, "U024BE7LH");
}, 120_000);
afterAll(async () => {
  await bot?.[Symbol.asyncDispose]();
  await world?.[Symbol.asyncDispose]();
  await folder?.[Symbol.asyncDispose]();
});

type Node = { type?: string; text?: unknown; elements?: unknown; emoji?: unknown };

/** Every text object in blocks, wherever it is. */
function textsIn(value: unknown): { type: string; text: string; emoji?: unknown }[] {
  if (typeof value !== "object" || value === null) return [];
  const { type, text, emoji } = value as Node;
  const own = typeof text === "string" && typeof type === "string" ? [{ type, text, emoji }] : [];
  return [...own, ...Object.values(value).flatMap(textsIn)];
}

/** Nothing of the hostile name does anything where it is read as markup. */
function expectHarmless(where: string, message: { text?: string; blocks?: unknown }): void {
  const read = textsIn(message.blocks)
    .filter(({ type }) => type === "mrkdwn")
    .map(({ text }) => text);
  for (const text of [...read, message.text ?? ""]) {
    expect(text, where).not.toMatch(/<!(channel|here|everyone)|<@U024BE7LH> &lt;|<https:\/\/evil/);
    expect(text, where).not.toMatch(/`{3}|:boom:|\*bold\*|\u202e|&amp;lt;!channel/);
  }
  for (const { type, text, emoji } of textsIn(message.blocks)) {
    expect(text, where).not.toContain("\u202e");
    if (type === "plain_text") expect(emoji, `${where}: ${text}`).toBe(false);
  }
}

test("a hostile name is shown harmlessly wherever it is shown", async () => {
  await asks("/sync run customers-to-books", /Started/);
  await olivia.message(room, /✓ \*Done, with exceptions\*/);
  await sleep(1500);
  await look();
  for (const [, shown] of inChannel) expectHarmless("a card", shown);

  const list = await asks("/dlq list customers-to-books", /records? open/);
  expectHarmless("the list", list);
  const digest = await asks("/digest now", /Integrations · /);
  expectHarmless("the digest", digest);
  const { dead_letters: letters } = JSON.parse(
    (await tieline(["dead-letters", "customers-to-books", "--json"], env)).out,
  ) as { dead_letters: { id: string; key: string; message: string }[] };
  let found = 0;
  for (const { id } of letters) {
    await olivia.type(room, `/dlq show ${id}`);
    const modal = await olivia.eventually(`the record ${id}`, ({ modals }) => {
      const top = modals.at(-1);
      return top && JSON.stringify(top).includes(id) ? top : undefined;
    });
    expectHarmless("the modal", modal);
    if (JSON.stringify(modal.blocks).includes("evil.example|hubspot.com")) found += 1;
    await olivia.close(modal);
  }
  expect(found, JSON.stringify(letters)).toBe(1);
  await look();
}, 120_000);

test("a run goes wrong in many ways", async () => {
  const echoOf = (token = ""): string => `Bearer ${token} of ${person.email} ${person.phone} is no good`;
  const echo = echoOf(secrets["books token"]);
  const body = { fault: { error: [{ message: echo, detail: echo, code: "3200" }], type: "AUTHENTICATION" } };
  const rerun = async (answer: RegExp): Promise<void> => {
    await olivia.hears(room, answer, () => olivia.type(room, "/sync run customers-to-books full"));
    await look();
  };
  await fault("quickbooks", [{ kind: "answer", status: 401, body, times: "all" }]);
  await rerun(/✕ \*Failed\*/);
  await fault("quickbooks", []);
  await asks("/sync resume customers-to-books", /may run again/);
  await look();

  await fault("hubspot", [{ kind: "answer", status: 403, body: { message: echoOf(secrets["CRM token"]), category: "MISSING_SCOPES" }, times: "all" }]);
  await rerun(/✕ \*Failed\*/);
  await fault("hubspot", [{ kind: "html", status: 502, times: 2 }, { kind: "truncated", times: 1 }]);
  await asks("/sync resume customers-to-books", /may run again/);
  await tieline(["run", "customers-to-books", "--full"], env);
  await fault("hubspot", []);
  await look();
}, 120_000); // prettier-ignore

/** Gives a token on the page that this leads to, once more, and where it does not belong. */
async function giveOn(invited: { blocks?: unknown }, token: string): Promise<void> {
  const [address = ""] = /http:[^"|>]+\/connect#[\w-]+/.exec(JSON.stringify(invited.blocks)) ?? [];
  const page = new URL(address);
  const give = { token: page.hash.slice(1), values: { token } };
  const answer = JSON.stringify(await post(new URL("/connect/give", page), give));
  expect(answer).not.toContain(token);
  await fetch(new URL("/connect/give", page), { method: "POST", body: JSON.stringify(give) });
  await fetch(new URL(`/connect?token=${token}`, page));
  await look();
}

test("credentials are given on the page, wrong ones and right ones, and one where none belongs", async () => {
  const base = { "Base address": world.tools.hubspot.base_url };
  const said = await asks(`/connector add helpdesk ${given.inSlack}`, /please rotate it/);
  expect(JSON.stringify(said)).not.toContain(given.inSlack);

  await olivia.type(room, "/connector add helpdesk");
  await olivia.submit(await olivia.modal(/Choose a tool/), { Tool: "HubSpot" });
  await olivia.pressInView(await olivia.modal(/Portal id/), "More settings");
  await olivia.submit(await olivia.modal(/Base address/), { ...base, Key: given.inSlack });
  await olivia.submit(await olivia.modal(/rotate/), { ...base, Key: "" });
  const added = await olivia.modal(/needs its credential/);
  await olivia.pressInView(added, "Sign in");
  await giveOn(await olivia.modal(/opens once/), given.wrong);
  const broken = await asks("/connector check helpdesk", /\*helpdesk\* does not work/);
  const press = () => olivia.press(broken, "Reconnect");
  await giveOn(await olivia.hears(room, /opens once/, press), secrets["CRM token"] ?? "");
  await asks("/connector check helpdesk", /\*helpdesk\* works/);
  await asks("/tieline audit", /connections\.sign-in/);
  await look();
}, 60_000);

/** A secret as it may stand somewhere. */
function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const json = JSON.stringify(secret).slice(1, -1);
  const base64 = bytes.toString("base64").replace(/=+$/, "");
  return [secret, encodeURIComponent(secret), json, bytes.toString("hex"), base64, bytes.toString("base64url")];
} // prettier-ignore

function expectNothingIn(where: string, text: string): void {
  for (const [name, secret] of Object.entries(secrets)) {
    expect(secret.length, name).toBeGreaterThan(10);
    for (const form of formsOf(secret))
      if (text.includes(form)) {
        const at = text.indexOf(form);
        expect.fail(`${name} stands in ${where}: …${text.slice(Math.max(0, at - 200), at)}`);
      }
  }
}

/** Every row of every table, as text. */
async function dump(): Promise<string> {
  await using db = await openDatabase({ url: null, folder: join(folder.path, "bot") });
  const tables = await db.rows(sql`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema')`);
  const texts: string[] = [];
  for (const { name } of tables) {
    const rows = await db.rows(sql`select t::text as row from ${sql.raw(String(name))} t`);
    texts.push(`${String(name)} ${rows.map(({ row }) => String(row)).join("\n")}`);
  }
  expect(texts.length).toBeGreaterThan(15);
  return texts.join("\n");
}

test("no secret stands in the output, the log, the database, Slack or the audit", async () => {
  const audit = JSON.stringify(await tieline(["export"], env));
  const output = bot.output();
  expect(await bot.end("SIGTERM")).toBe(0);
  const file = join(folder.path, "bot", "tieline.log");
  const log = existsSync(file) ? await readFile(file, "utf8") : "";
  expect(`${output}${log}`).toMatch(/"level":\d+/);

  // The search finds what is there, and the tools did say the credentials back.
  const [secret = ""] = Object.values(secrets);
  for (const form of formsOf(secret))
    expect(() => expectNothingIn("here", `x${form}x`)).toThrow("stands in here");
  expect(seen.join("\n")).toContain("[credential]");

  expectNothingIn("the output", output);
  expectNothingIn("the log", log);
  expectNothingIn("the export", audit);
  expectNothingIn("Slack", seen.join("\n"));
  const kept = await dump();
  expect(kept).toContain("connections.sign-in");
  expectNothingIn("the database", kept);
}, 60_000);

test("what is kept is for its owner alone", async () => {
  // Files in a closed folder are closed.
  const bots = join(folder.path, "bot");
  const kept = [bots, ...(await readdir(bots)).map((entry) => join(bots, entry))];
  expect(kept).toContain(join(bots, "database"));
  const open = kept.filter((path) => (statSync(path).mode & 0o077) !== 0);
  if (process.platform !== "win32") expect(open).toEqual([]);
});

test("no contact's address or number stands in a channel or in the log", async () => {
  const { base_url, credential } = world.tools.hubspot;
  const contacts: { properties: { email: string | null; phone: string | null } }[] = [];
  for (let after = ""; ;) {
    const url = `${base_url}/crm/objects/2026-09/contacts?limit=100&properties=email,phone${after}`;
    const headers = { authorization: `Bearer ${credential["token"] ?? ""}` };
    const page = (await (await fetch(url, { headers })).json()) as {
      results: typeof contacts;
      paging?: { next: { after: string } };
    };
    contacts.push(...page.results);
    if (page.paging === undefined) break;
    after = `&after=${page.paging.next.after}`;
  }
  expect(contacts.length).toBe(501);
  expect(inChannel.size).toBeGreaterThan(5);
  const said = [...inChannel.values()].map((shown) => JSON.stringify(shown)).join("\n");
  const places = { "a channel": said, "the log": bot.output() };
  for (const [where, text] of Object.entries(places))
    for (const { properties } of contacts)
      for (const value of [properties.email, properties.phone])
        if (value !== null && value.length > 5 && text.includes(value)) {
          const at = text.indexOf(value);
          expect.fail(
            `${value} stands in ${where}: …${text.slice(Math.max(0, at - 200), at + 40)}`,
          );
        }
}, 60_000);
