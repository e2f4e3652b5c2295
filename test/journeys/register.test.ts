import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { emptyFolder, startTieline, tieline, type Process } from "../support/bot.ts";
import { runChild } from "../support/child.ts";
import { helpdesk } from "../support/manifest.ts";
import { personAt, type Shown } from "../support/person.ts";
import { startPostgres } from "../support/postgres-server.ts";
import { outsideWorld, type OutsideWorld } from "../support/sandbox.ts";

const room = "integrations";
const ravi = "U024BE8RM";
const wider = helpdesk.replace("api.helpdesk.example", "api2.helpdesk.example");

type Person = ReturnType<typeof personAt>;

/** Hands a manifest in and asks for it; returns its card. */
async function ask(by: Person, text: string, note = ""): Promise<Shown> {
  await by.type(room, "/connector register");
  const form = await by.modal(/A connector is one YAML file/);
  await by.submit(form, { Manifest: await by.upload("desk.yaml", text), Note: note });
  const review = await by.modal(/What it could do/);
  const card = await by.hears(room, /Needs a second admin/, () => by.submit(review, {}));
  await by.close(await by.modal(/waits for a second admin/));
  return card;
}

describe("a kind of connector is registered from Slack", () => {
  let folder: Awaited<ReturnType<typeof emptyFolder>>;
  let world: OutsideWorld;
  let bot: Process;
  let env: Record<string, string>;
  let olivia: Person;
  let other: Person;

  const start = async (): Promise<void> => {
    bot = startTieline(["start"], env);
    await bot.printed(/customers-to-books/);
    await olivia.eventually("the bot", ({ app }) => (app.connected ? true : undefined));
  };
  const asks = (by: Person, line: string, answer: RegExp): Promise<Shown> =>
    by.hears(room, answer, () => by.type(room, line));
  const offered = async (): Promise<string> => {
    await olivia.type(room, "/connector add");
    const form = await olivia.modal(/Choose a tool/);
    await olivia.close(form);
    return JSON.stringify(form);
  };

  beforeAll(async () => {
    folder = await emptyFolder();
    world = await outsideWorld(folder.path);
    env = { ...world.env, TIELINE_DIR: join(folder.path, "bot") };
    olivia = personAt(world.page);
    other = personAt(world.page, ravi);
    await start();
  });
  afterAll(async () => {
    await bot?.[Symbol.asyncDispose]();
    await world?.[Symbol.asyncDispose]();
    await folder?.[Symbol.asyncDispose]();
  });

  test("what is wrong in a manifest is told at its line, and nothing of it is kept", async () => {
    await asks(olivia, "/tieline roles", /<@U024BE7LH>/);
    await other.type(room, "/connector register");
    await other.modal(/needs the admin role; you are a viewer\. Ask <@U024BE7LH> for it/);

    await olivia.type(room, "/connector register");
    const form = await olivia.modal(/A connector is one YAML file/);
    const broken = helpdesk.replace("      records: items\n", "      recrods: items\n");
    await olivia.submit(form, { Manifest: await olivia.upload("desk.yaml", broken) });
    const wrong = JSON.stringify(await olivia.modal(/2 problems/));
    expect(wrong).toMatch(/Line 31, column 7.*recrods/);
    expect(wrong).toContain("recrods: items\\n      ^");
    expect(await offered()).not.toContain("Help desk");
  });

  test("the only admin hears how to have another, and cannot approve their own wish", async () => {
    const card = await ask(olivia, helpdesk, "for support");
    expect(card.text).toContain("Nobody else is an admin here");
    await olivia.hears(room, /You asked for this yourself.*There is none yet/, () =>
      olivia.press(card, "Approve"),
    );
    expect(await offered()).not.toContain("Help desk");
    await asks(olivia, `/tieline roles <@${ravi}> admin`, /is admin now/);
    const again = (await other.again(card)) ?? card;
    await other.hears(room, /Approved: \*Help desk\*/, () => other.press(again, "Approve"));
    await olivia.becomes(card, /^✓ \*Approved\*.*\n.*approved by <@U024BE8RM>/);
    const heard = await olivia.eventually("the answer", ({ messages }) =>
      Object.values(messages)
        .flat()
        .find(({ text }) => /approved what you asked for/.test(text)),
    );
    expect(heard.channel).toMatch(/^D/);
    expect(await offered()).toContain("Help desk");
  });

  test("a workspace file may use it, from another process too", async () => {
    const file = join(folder.path, "desk-workspace.yaml");
    await writeFile(file, "connections:\n  desk:\n    connector: helpdesk\n    credential: { token: env:DESK }\n"); // prettier-ignore
    const applied = await tieline(["apply", file, "--json"], env);
    expect(applied.code, applied.err).toBe(0);
    expect(JSON.parse(applied.out)).toMatchObject({ connections: { created: ["desk"] } });
  });

  test("the next version is asked for with what is new, and one click goes back where nothing is", async () => {
    const tidier = await ask(olivia, helpdesk.replace("title: People", "title: Persons"));
    await other.press((await other.again(tidier)) ?? tidier, "Approve");
    await olivia.becomes(tidier, /^✓ \*Approved\*/);

    const card = await ask(other, wider);
    expect(card.text).toMatch(/New hosts\* {2}api2\.helpdesk\.example/);
    expect(card.text).toContain("The credentials of desk would go to these hosts too.");
    await other.hears(room, /You asked for this yourself: another admin/, () =>
      other.press(card, "Approve"),
    );
    await olivia.press((await olivia.again(card)) ?? card, "Refuse");
    await other.becomes(card, /^■ \*Refused\*/);

    const shown = await asks(olivia, "/connector versions helpdesk", /\*Version 2\* · in use/);
    expect(shown.text).toMatch(/\*Version 1\*\n.*approved by <@U024BE8RM>.*\nfor support/);
    await olivia.hears(room, /Version 1 of \*helpdesk\* is in use/, () =>
      olivia.press(shown, "Use version 1"),
    );
  });

  test("after a restart it is there, and the audit has all of it", async () => {
    await bot.end();
    await start();
    expect(await offered()).toContain("Help desk");
    await asks(olivia, "/connector versions helpdesk", /\*Version 1\* · in use/);
    const audit = await asks(olivia, "/tieline audit", /\*Audit\*/);
    expect(audit.text).toMatch(/✓ \*Intact\*/);
    for (const what of [
      "connectors.propose",
      "approvals.ask",
      "approvals.approve",
      "approvals.connector",
      "connectors.use",
    ])
      // prettier-ignore
      expect(audit.text).toContain(what);
    expect(audit.text).toMatch(/approvals\.approve \(refused: You asked for this yourself/);
  });
});

test("every process on one database knows it at once, without a restart", async ({ skip }) => {
  await using server = await startPostgres();
  if (server === undefined) return skip("no Postgres on this machine");
  await using folder = await emptyFolder();
  await using world = await outsideWorld(folder.path);
  const key = Buffer.alloc(32, 7).toString("base64");
  await using bot = startTieline(["start"], {
    ...world.env,
    DATABASE_URL: server.url,
    TIELINE_KEY: key,
    TIELINE_DIR: join(folder.path, "bot"),
    TIELINE_ADMINS: `U024BE7LH,${ravi}`,
  });
  await bot.printed(/customers-to-books/);
  await using worker = runChild(new URL("processes/catalogue.ts", import.meta.url), [
    server.url,
    join(folder.path, "worker"),
    key,
  ]);
  expect(await worker.said("known: ")).not.toContain("helpdesk");

  const other = personAt(world.page, ravi);
  const card = await ask(personAt(world.page), helpdesk);
  await other.hears(room, /Approved: \*Help desk\*/, () => other.press(card, "Approve"));
  const approved = Date.now();
  while (!worker.lines.some((line) => line.includes("helpdesk (Help desk)"))) {
    expect(Date.now() - approved).toBeLessThan(10_000);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
});
