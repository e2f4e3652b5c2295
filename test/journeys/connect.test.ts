import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { CLIENT_ID, CLIENT_SECRET } from "#sandbox/tools/quickbooks/access/sign-in.ts";
import { emptyFolder, startTieline, tieline, type Process } from "../support/bot.ts";
import { personAt, type View } from "../support/person.ts";
import { outsideWorld, type OutsideWorld } from "../support/sandbox.ts";

import { browser } from "../web/browser.ts";

const room = "integrations";
let folder: Awaited<ReturnType<typeof emptyFolder>>;
let world: OutsideWorld;
let bot: Process;
let env: Record<string, string>;
let olivia: ReturnType<typeof personAt>;

beforeAll(async () => {
  folder = await emptyFolder();
  world = await outsideWorld(folder.path);
  env = {
    ...world.env,
    TIELINE_DIR: join(folder.path, "bot"),
    LOG_LEVEL: "debug",
    APP_ID: CLIENT_ID,
    APP_SECRET: CLIENT_SECRET,
    DEAD_REFRESH: "RT1-a-refresh-token-that-died-long-ago",
  };
  bot = startTieline(["start"], env);
  await bot.printed(/customers-to-books has not run yet/);
  olivia = personAt(world.page);
});
afterAll(async () => {
  await bot?.[Symbol.asyncDispose]();
  await world?.[Symbol.asyncDispose]();
  await folder?.[Symbol.asyncDispose]();
});

const asks = (line: string, answer: RegExp) =>
  olivia.hears(room, answer, () => olivia.type(room, line));

/** The form with everything in it, as after pressing “More settings”. */
async function whole(form: View): Promise<View> {
  await olivia.pressInView(form, "More settings");
  return olivia.modal(/Base address/);
}

/** What the script of the one-time page sends. */
const onPage = async (invitation: URL, step: "look" | "give", more: object = {}) => {
  const response = await fetch(new URL(`/connect/${step}`, invitation), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ token: invitation.hash.slice(1), ...more }),
  });
  return { status: response.status, said: (await response.json()) as Record<string, unknown> };
};

const invitationIn = (view: View | { blocks?: unknown }): URL => {
  const [found] = /http:[^"]+\/connect#[\w-]+/.exec(JSON.stringify(view.blocks)) ?? [];
  return new URL(found ?? "");
};

/** Every file under the bot's folder, as one text. */
async function everythingKept(): Promise<string> {
  const entries = await readdir(join(folder.path, "bot"), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const texts = files.map(({ parentPath, name }) => readFile(join(parentPath, name), "latin1"));
  return (await Promise.all(texts)).join("\n");
}

test("a tool is connected: its form in Slack, its credential on a page that opens once", async () => {
  const { token = "" } = world.tools.hubspot.credential;
  await olivia.type(room, "/connector add helpdesk");
  await olivia.submit(await olivia.modal(/Choose a tool/), { Tool: "HubSpot" });
  const form = await whole(await olivia.modal(/Portal id/));
  expect(olivia.filled(form)).toMatchObject({ Name: "helpdesk" });

  await olivia.submit(form, { Name: "Help desk!" });
  const refused = await olivia.modal(/Please use/);
  expect(Object.keys(refused.errors ?? {})).toEqual(["name"]);
  await olivia.submit(refused, {
    Name: "helpdesk",
    "Base address": world.tools.hubspot.base_url,
  });
  await olivia.pressInView(await olivia.modal(/is registered.*needs its credential/), "Sign in");
  const invitation = invitationIn(await olivia.modal(/opens once/));

  const page = await (await fetch(new URL("/connect", invitation))).text();
  expect(page).not.toContain(invitation.hash.slice(1));
  const look = await onPage(invitation, "look");
  expect(look.said).toMatchObject({ connection: "helpdesk", title: "HubSpot" });
  const given = await onPage(invitation, "give", { values: { token } });
  expect(given.status).toBe(200);
  const can = ["contacts", "companies", "deals", "orders"].map((one) => `read and write ${one}`);
  expect(given.said).toMatchObject({ can });
  expect((await onPage(invitation, "look")).status).toBe(410);
  expect((await onPage(invitation, "give", { values: { token: "another" } })).status).toBe(410);

  const works = await asks("/connector check helpdesk", /\*helpdesk\* works/);
  expect(works.text).toMatch(/Signed in as \d+\.\nIt can: read and write contacts/);
  expect(await everythingKept()).not.toContain(token);
});

/** What a person does who is sent to the tool's own page: they press the link that consents. */
async function consent(person: ReturnType<typeof browser>, to: string) {
  const { html } = await person.go(to);
  const link = /href="([^"]+)"/.exec(html)?.[1]?.replaceAll("&amp;", "&") ?? "";
  return { link, page: await person.go(link) };
}

/** Begins a sign-in on the one-time page, as its script does. */
const begin = (person: ReturnType<typeof browser>, page: URL, more: object = {}) =>
  person.post(new URL("/connect/begin", page), {
    token: page.hash.slice(1),
    way: "oauth",
    ...more,
  });

test("a tool is signed in to through the browser, and Slack hears of it", async () => {
  const { base_url, settings } = world.tools.quickbooks;
  const client = { id: CLIENT_ID, secret: CLIENT_SECRET };
  await olivia.type(room, "/connector add accounts");
  await olivia.submit(await olivia.modal(/Choose a tool/), { Tool: "QuickBooks" });
  const form = await whole(await olivia.modal(/Leave it empty if you sign in through the browser/));
  await olivia.submit(form, { Name: "accounts", "Base address": base_url });
  await olivia.pressInView(await olivia.modal(/is registered.*needs its credential/), "Sign in");
  const page = invitationIn(await olivia.modal(/opens once/));

  const person = browser();
  const look = await person.post(new URL("/connect/look", page), { token: page.hash.slice(1) });
  expect(look.said).toMatchObject({
    title: "QuickBooks",
    askedBy: "Olivia Berg",
    ways: [
      {
        browser: { clientKnown: false, redirect: new URL("/oauth/quickbooks/callback", page).href },
      },
      { browser: null },
    ],
  });
  expect((await begin(person, page)).status).toBe(422);
  const wrong = await begin(person, page, { client: { ...client, secret: "not the secret" } });
  const failed = await consent(person, String(wrong.said["to"]));
  expect(failed.page.html).toMatch(/does not know the app by this client id and secret/);

  const begun = await begin(person, page, { client });
  const to = String(begun.said["to"]);
  const strange = await consent(browser(), to);
  expect(strange.page.html).toContain("begun in another browser");
  const again = await begin(person, page, { client });
  const told = olivia.eventually("the message to whoever signed in", ({ messages }) =>
    Object.values(messages)
      .flat()
      .find(({ text }) => /✓ \*accounts\* works {2}QuickBooks\nSigned in as Simulated/.test(text)),
  );
  const done = await consent(person, String(again.said["to"]));
  expect(done.page.html).toContain("QuickBooks is connected as “accounts”");
  expect(done.page.html).toContain("account Simulated Trading Company");
  expect((await told).text).toMatch(/customers: .+•••/);
  expect((await person.go(done.link)).html).toContain("was used already");

  const list = await asks("/connector list", /\*accounts\*/);
  expect(list.text).toMatch(
    /✓ \*Signed in\* {2}\*accounts\* {2}QuickBooks\n[^\n]+sign in again by/,
  );
  const { out } = await tieline(["export"], env);
  expect(out).toContain(`realm_id: "${settings["realm_id"] ?? ""}"`);

  const second = invitationIn(await asks("/connector reconnect accounts", /opens once/));
  const known = await person.post(new URL("/connect/look", second), {
    token: second.hash.slice(1),
  });
  expect(known.said).toMatchObject({ ways: [{ browser: { clientKnown: true } }, {}] });
  const renewed = await consent(person, String((await begin(person, second)).said["to"]));
  expect(renewed.page.html).toContain("QuickBooks is connected as “accounts”");

  const secrets = [client.secret, new URL(done.link).searchParams.get("code") ?? ""];
  const { messages, home } = await olivia.state();
  for (const said of [bot.output(), JSON.stringify({ messages, home }), await everythingKept()])
    for (const secret of secrets) expect(said).not.toContain(secret);
});

test("in the sandbox a person only clicks: the app is registered with each tool already", async () => {
  await using own = await emptyFolder();
  await using sandbox = startTieline(["start"], { TIELINE_DIR: own.path });
  const [, url = ""] = await sandbox.printed(/Open (http:\S+) and press Inspect/);
  const someone = personAt(url);
  await someone.type(room, "/connector add accounts");
  await someone.submit(await someone.modal(/Choose a tool/), { Tool: "QuickBooks" });
  await someone.submit(await someone.modal(/Company id/), {});
  await someone.close(await someone.modal(/\*accounts\* works/));
  const shown = await someone.hears(room, /opens once/, () =>
    someone.type(room, "/connector reconnect accounts"),
  );
  const page = invitationIn(shown);
  const person = browser();
  const { said } = await begin(person, page);
  const done = await consent(person, String(said["to"]));
  expect(done.page.html).toContain("QuickBooks is connected as “accounts”");
});

test("a credential that the tool does not accept is said to be wrong, on the page and in Slack", async () => {
  const list = await asks("/connector list", /\*helpdesk\*/);
  expect(list.text).toMatch(/✓ \*Signed in\* {2}\*crm\* {2}HubSpot\nused by customers-to-books/);
  const other = { ...world.tools.quickbooks, connector: "quickbooks" };
  await olivia.type(room, "/connector add ledger");
  await olivia.submit(await olivia.modal(/Choose a tool/), { Tool: "QuickBooks" });
  await olivia.submit(await whole(await olivia.modal(/Company id/)), {
    "Company id": other.settings["realm_id"] ?? "",
    "Base address": other.base_url,
  });
  await olivia.pressInView(await olivia.modal(/is registered.*needs its credential/), "Sign in");
  const invitation = invitationIn(await olivia.modal(/opens once/));
  const given = await onPage(invitation, "give", { values: { token: "not-the-token" } });
  expect(given.status).toBe(200);
  expect(given.said).toEqual({ problem: expect.stringContaining("QuickBooks") as string });
  const broken = await asks("/connector check ledger", /\*ledger\* does not work/);
  expect(
    broken.blocks?.some(({ elements }) =>
      elements?.some(({ action_id }) => action_id?.startsWith("connection.invite")),
    ),
  ).toBe(true);
});

test("a sign-in that the tool will not renew is told at once, with a button that leads out of it", async () => {
  const { base_url, settings } = world.tools.quickbooks;
  const file = join(folder.path, "stale.yaml");
  await writeFile(
    file,
    `connections:
  stale:
    connector: quickbooks
    base_url: ${base_url}
    settings: ${JSON.stringify(settings)}
    credential: { client_id: env:APP_ID, client_secret: env:APP_SECRET, refresh_token: env:DEAD_REFRESH }
`,
  );
  expect((await tieline(["apply", file], env)).code).toBe(0);
  const told = await olivia.hears(room, /\*Reconnect stale\*.+is no longer accepted, since/, () =>
    olivia.type(room, "/connector check stale"),
  );
  await olivia.hears(room, /Sign \*stale\* in on this page/, () => olivia.press(told, "Reconnect"));
  const gone = await asks("/connector remove stale", /Remove \*stale\*\?/);
  await olivia.hears(room, /\*stale\* is removed/, () => olivia.press(gone, "Remove"));
});

test("a connection that a flow uses stays; another goes, with its credential", async () => {
  const sure = await asks("/connector remove crm", /Remove \*crm\*\?/);
  await olivia.hears(room, /crm is used by customers-to-books; nothing was removed/, () =>
    olivia.press(sure, "Remove"),
  );
  const other = await asks("/connector remove ledger", /Remove \*ledger\*\?/);
  await olivia.hears(room, /\*ledger\* is removed/, () => olivia.press(other, "Remove"));
  const { connections } = JSON.parse((await tieline(["check", "--json"], env)).out) as {
    connections: { name: string; ok: boolean }[];
  };
  expect(connections.map(({ name, ok }) => [name, ok])).toEqual([
    ["accounts", true],
    ["books", true],
    ["crm", true],
    ["helpdesk", true],
  ]);
  const last = await asks("/connector remove accounts", /Remove \*accounts\*\?/);
  await olivia.hears(room, /\*accounts\* is removed.+QuickBooks has ended its sign-in too/, () =>
    olivia.press(last, "Remove"),
  );
});

test("somebody who is no admin connects nothing", async () => {
  const ravi = personAt(world.page, "U024BE8RM");
  await ravi.type(room, "/connector add mine");
  await ravi.modal(/needs the admin role; you are a viewer\. Ask <@U024BE7LH> for it/);
});

test("a secret that is typed into a command is refused and is nowhere afterwards", async () => {
  const secret = "pat-na1-3f9c1d7e-5b2a-4c88-9e61-d0a7b4c5e2f3";
  await asks(`/connector add ${secret}`, /looks like a key or a token.*please rotate it/);
  await asks(`/sync run ${secret}`, /looks like a key or a token/);
  await olivia.type(room, "/connector add other");
  await olivia.submit(await olivia.modal(/Choose a tool/), { Tool: "HubSpot" });
  const form = await whole(await olivia.modal(/Portal id/));
  await olivia.submit(form, { Key: secret });
  const refused = await olivia.modal(/please rotate it/);
  expect(Object.values(refused.errors ?? {})).toHaveLength(1);
  await olivia.close(refused);

  const audit = await asks("/tieline audit", /\*Audit\*/);
  expect(audit.text).toMatch(/✓ \*Intact\*/);
  expect(audit.text).toContain("connections.sign-in");
  const { messages, home } = await olivia.state();
  for (const said of [bot.output(), JSON.stringify({ messages, home }), await everythingKept()])
    expect(said).not.toContain(secret.slice(8, 30));
});
