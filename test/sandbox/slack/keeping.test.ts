import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Fields } from "#sandbox/slack/fields.ts";
import { actions, button, input, modal, section } from "./blocks-to-try.ts";
import { callerOf, general, integrations } from "./with-slack.ts";
import { olivia, withBolt, withSlack } from "./with-slack.ts";

/** A folder of its own that is gone after the test. */
function someFolder() {
  const folder = mkdtempSync(join(tmpdir(), "slack-"));
  return { folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
}

test("after a restart everything is still there, and works on", async () => {
  using kept = someFolder();
  const { folder } = kept;
  let before: Fields;
  let pieces: { token: string; ts: unknown; file: unknown; view: unknown };
  {
    await using running = await withSlack({ folder });
    const { slack, page } = running;
    const call = callerOf(slack);
    await using _ = await withBolt(slack, (app) => {
      app.command("/sync", async ({ ack, client, command }) => {
        await ack("Only you");
        const view = modal([input("name", { type: "plain_text_input" })]) as never;
        await client.views.open({ trigger_id: command.trigger_id, view });
      });
    });
    const said = { channel: integrations, text: "Root", blocks: [actions(button("go"))] };
    const { ts } = await call("chat.postMessage", said);
    await call("chat.postMessage", { channel: integrations, text: "Reply", thread_ts: ts });
    const home = { type: "home", blocks: [section("Home")] };
    await call("views.publish", { user_id: olivia, view: home });
    const asked = await call("files.getUploadURLExternal", { filename: "a.png", length: 3 });
    await fetch(String(asked["upload_url"]), { method: "POST", body: "png" });
    await call("files.completeUploadExternal", { files: [{ id: asked["file_id"] }] });
    await page.types("/invite @Tieline", general);
    await page.types("/sync");
    const view = await page.finds(({ modals }) => modals[0]);
    before = await page.sees();
    pieces = { token: slack.bot_token, ts, file: asked["file_id"], view: view.id };
  }
  await using again = await withSlack({ folder });
  const { slack, page } = again;
  expect(slack.bot_token).toBe(pieces.token);
  const after = await page.sees();
  expect({ ...after, version: 0, app: 0 }).toEqual({ ...before, version: 0, app: 0 });
  expect(after.version).toBeGreaterThan(Number(before["version"]));
  expect(Buffer.from(await (await fetch(`${slack.url}/ui/files/${pieces.file}`)).bytes())).toEqual(
    Buffer.from("png"),
  );

  const submitted: unknown[] = [];
  await using _ = await withBolt(slack, (app) => {
    app.view("modal", async ({ ack, view }) => {
      submitted.push(view.id);
      await ack();
    });
  });
  await page.submits(String(pieces.view), { name: { value: { value: "x" } } });
  expect(submitted).toEqual([pieces.view]);
  const update = { channel: integrations, ts: pieces.ts, text: "Changed" };
  expect(await callerOf(slack)("chat.update", update)).toMatchObject({ ok: true });
  const next = await callerOf(slack)("chat.postMessage", { channel: general, text: "Next" });
  expect(Number(next["ts"])).toBeGreaterThan(Number(pieces.ts));
});

test("a taken port is an error, and leaves nothing behind", async () => {
  await using running = await withSlack();
  const port = Number(new URL(running.slack.url).port);
  await expect(withSlack({ port })).rejects.toThrow("EADDRINUSE");
});

test("an app that Slack would not install is refused with every reason", async () => {
  const command = { command: "sync", description: "", usage_hint: "" };
  const app = { name: "X", commands: [command], scopes: [], events: ["app_mention"] };
  await expect(withSlack({ app })).rejects.toThrow(
    "Slack would not install this app. The event app_mention needs the scope app_mentions:read. " +
      'Slash commands need the scope commands. sync is not a command: "/", then at most 31 characters. ' +
      "sync needs a description of at most 2000 characters.",
  );
});

test("an event that nobody took is delivered after a restart", async () => {
  using kept = someFolder();
  const { folder } = kept;
  {
    await using running = await withSlack({ folder });
    await running.page.types("@Tieline hello");
  }
  await using again = await withSlack({ folder, timings: { eventRetriesMs: [100, 100, 100] } });
  const heard: string[] = [];
  await using _ = await withBolt(again.slack, (app) => {
    app.event("app_mention", async ({ event }) => void heard.push(event.text));
  });
  await again.page.finds(() => heard.length === 1);
  expect(heard[0]).toMatch(/hello$/);
});
