import { expect, test } from "vitest";
import type { Fields } from "#sandbox/slack/fields.ts";
import { actions, button, plain, section } from "./blocks-to-try.ts";
import {
  callerOf,
  general,
  integrations,
  olivia,
  settings,
  withBolt,
  withSlack,
} from "./with-slack.ts";

test("a click in a message brings the message, and the app repairs it", async () => {
  await using running = await withSlack();
  const { slack, page } = running;
  const heard: Fields[] = [];
  await using _ = await withBolt(slack, (app) => {
    app.action("retry", async ({ ack, body, respond }) => {
      heard.push(body as unknown as Fields);
      await ack();
      await respond({ replace_original: true, text: "Retried" });
    });
  });
  const menu = { type: "overflow", action_id: "more", options: [{ text: plain("A"), value: "a" }] };
  const blocks = [actions(button("retry", "Retry", { value: "42", style: "primary" }), menu)];
  const said = { channel: integrations, text: "Failed", blocks };
  const { ts } = await callerOf(slack)("chat.postMessage", said);
  const block_id = (await page.messages())[0]?.blocks?.[0]?.["block_id"];
  const container = { kind: "message", channel: integrations, ts };

  const forged = { block_id, action_id: "more", selected_option: { value: "z" } };
  expect(await page.clicks(container, forged)).toMatchObject({ error: "invalid_option" });
  const absent = { block_id, action_id: "nothing" };
  expect(await page.clicks(container, absent)).toMatchObject({ error: "action_not_found" });

  const click = { block_id, action_id: "retry", value: "forged" };
  expect(await page.clicks(container, click)).toEqual({ ok: true });
  expect(heard).toMatchObject([
    {
      type: "block_actions",
      user: { id: olivia, username: "olivia" },
      container: { type: "message", message_ts: ts, channel_id: integrations, is_ephemeral: false },
      channel: { id: integrations, name: "integrations" },
      message: { ts, text: "Failed", blocks: [{ block_id }] },
      actions: [{ type: "button", action_id: "retry", block_id, value: "42", style: "primary" }],
      trigger_id: expect.any(String),
      response_url: expect.stringContaining("/response/"),
    },
  ]);
  await page.finds(({ messages }) => messages[integrations]?.[0]?.text === "Retried");
});

test("a click in an ephemeral message has no message, and can remove it", async () => {
  await using running = await withSlack();
  const { slack, page } = running;
  const heard: Fields[] = [];
  await using _ = await withBolt(slack, (app) => {
    app.action("dismiss", async ({ ack, body, respond }) => {
      heard.push(body as unknown as Fields);
      await ack();
      await respond({ delete_original: true });
    });
  });
  const said = {
    channel: integrations,
    user: olivia,
    text: "x",
    blocks: [actions(button("dismiss"))],
  };
  const { message_ts: ts } = await callerOf(slack)("chat.postEphemeral", said);
  const block_id = (await page.messages())[0]?.blocks?.[0]?.["block_id"];
  const container = { kind: "message", channel: integrations, ts };
  await page.clicks(container, { block_id, action_id: "dismiss" });
  expect(heard[0]).toMatchObject({ container: { is_ephemeral: true, message_ts: ts } });
  expect(heard[0]).not.toHaveProperty("message");
  await page.finds(({ messages }) => messages[integrations]?.length === 0);
});

test("the app hears mentions, direct messages, invitations and visits to its Home", async () => {
  await using running = await withSlack();
  const { slack, page } = running;
  const heard: Fields[] = [];
  await using _ = await withBolt(slack, (app) => {
    const note = async ({ event }: { event: object }) => void heard.push(event as Fields);
    app.event("app_mention", note);
    app.event("member_joined_channel", note);
    app.event("app_home_opened", async ({ event, client }) => {
      await note({ event });
      const view = { type: "home" as const, blocks: [section("Welcome") as never] };
      await client.views.publish({ user_id: event.user, view });
    });
    app.message(/status/, async ({ event, say }) => {
      await note({ event });
      await say("All is well.");
    });
  });
  await page.types("Thanks @Tieline, well done");
  const bot = (await page.sees())["app"] as { bot_user_id: string };
  await page.finds(() => heard.length === 1);
  expect(heard[0]).toMatchObject({
    type: "app_mention",
    user: olivia,
    channel: integrations,
    text: `Thanks <@${bot.bot_user_id}>, well done`,
  });

  await page.types("@Tieline are you here?", general);
  expect((await page.messages(general)).at(-1)).toMatchObject({
    user: "USLACKBOT",
    text: "Tieline is not in #general. To add it: /invite @Tieline",
  });
  expect(await page.types("/invite @Tieline", general)).toEqual({ ok: true });
  await page.finds(() => heard.length === 2);
  expect(heard[1]).toMatchObject({ type: "member_joined_channel", user: bot.bot_user_id });

  const im = (await page.sees()).channels.find(({ kind }) => kind === "im")?.id ?? "";
  await page.types("What is the status?", im);
  await page.finds(({ messages }) => messages[im]?.at(-1)?.text === "All is well.");
  expect(heard[2]).toMatchObject({ type: "message", channel_type: "im", channel: im });

  await page.opensHome();
  await page.finds(({ home }) => home);
  expect(heard[3]).toMatchObject({ type: "app_home_opened", user: olivia, tab: "home" });
  await page.opensHome();
  await page.finds(() => heard.length === 5);
  expect(heard[4]).toMatchObject({ view: { type: "home", blocks: [{ type: "section" }] } });
});

test("a click in the App Home brings the view", async () => {
  await using running = await withSlack();
  const { slack, page } = running;
  const heard: Fields[] = [];
  await using _ = await withBolt(slack, (app) => {
    app.action("pause", async ({ ack, body }) => {
      heard.push(body as unknown as Fields);
      await ack();
    });
  });
  const view = { type: "home", blocks: [actions(button("pause")), section("Quiet")] };
  await callerOf(slack)("views.publish", { user_id: olivia, view });
  const { home } = await page.sees();
  const block_id = home?.blocks[0]?.["block_id"];
  expect(await page.clicks({ kind: "home" }, { block_id, action_id: "pause" })).toEqual({
    ok: true,
  });
  const container = { type: "view", view_id: home?.id };
  expect(heard).toMatchObject([{ container, view: { id: home?.id, type: "home" } }]);
});

test("files are uploaded, shared and shown in an image block", async () => {
  await using running = await withSlack({ limits: settings.limits ?? {} });
  const { slack, page } = running;
  await using bolt = await withBolt(slack, () => undefined);
  const { client } = bolt.app;
  const png = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");
  await client.filesUploadV2({
    channel_id: integrations,
    file: png,
    filename: "chart.png",
    title: "Runs",
    alt_text: "Runs of the last 14 days",
    initial_comment: "The week",
  });
  const [shared] = await page.messages();
  expect(shared).toMatchObject({ text: "The week", files: [{ title: "Runs", size: 16 }] });
  const [file] = shared?.["files"] as { id: string }[];
  const shown = await fetch(`${slack.url}/ui/files/${file?.id}`);
  expect(shown.headers.get("content-type")).toBe("image/png");
  expect(Buffer.from(await shown.arrayBuffer())).toEqual(png);

  const image = (id: string) => ({ type: "image", alt_text: "A chart", slack_file: { id } });
  const say = (id: string) =>
    callerOf(slack)("chat.postMessage", { channel: integrations, text: "x", blocks: [image(id)] });
  expect(await say(file?.id ?? "")).toMatchObject({ ok: true });
  expect(await say("F000")).toMatchObject({ error: "invalid_blocks" });
  const early = await callerOf(slack)("files.getUploadURLExternal", {
    filename: "a.png",
    length: 3,
  });
  expect(await say(String(early["file_id"]))).toMatchObject({ error: "invalid_blocks" });
  const complete = { files: [{ id: early["file_id"] }] };
  expect(await callerOf(slack)("files.completeUploadExternal", complete)).toMatchObject({
    error: "file_not_found",
  });
});
