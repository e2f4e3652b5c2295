import { expect, test } from "vitest";
import { modal, section } from "./blocks-to-try.ts";
import {
  callerOf,
  everyScope,
  finance,
  general,
  integrations,
  olivia,
  ravi,
  settings,
  withSlack,
} from "./with-slack.ts";

test("a call is judged by its token, its method and its scopes", async () => {
  await using running = await withSlack({
    app: { ...settings.app, commands: [], events: [], scopes: ["chat:write", "im:read"] },
  });
  const { slack } = running;
  const call = callerOf(slack);
  expect(await callerOf(slack, null)("auth.test")).toMatchObject({
    ok: false,
    error: "not_authed",
  });
  expect(await callerOf(slack, "xoxb-wrong")("auth.test")).toMatchObject({ error: "invalid_auth" });
  expect(await callerOf(slack, slack.app_token)("auth.test")).toMatchObject({
    error: "not_allowed_token_type",
  });
  expect(await call("apps.connections.open")).toMatchObject({ error: "not_allowed_token_type" });
  expect(await call("chat.shout")).toMatchObject({ error: "unknown_method" });
  expect(await call("constructor")).toMatchObject({ error: "unknown_method" });
  expect(await call("auth.test")).toMatchObject({ ok: true, team_id: slack.team_id });
  expect(await call("users.info", { user: olivia })).toMatchObject({
    error: "missing_scope",
    needed: "users:read",
    provided: "chat:write,im:read",
  });
  expect(await call("conversations.list", { types: "private_channel" })).toMatchObject({
    error: "missing_scope",
    needed: "groups:read",
  });
});

test("a message is kept with its metadata, changed in place and removed", async () => {
  await using running = await withSlack();
  const { slack, page } = running;
  const call = callerOf(slack);
  const metadata = { event_type: "run", event_payload: { id: "r1" } };
  const blocks = [section("*Hello*")];
  const posted = await call("chat.postMessage", {
    channel: integrations,
    text: "Hello",
    blocks,
    metadata,
  });
  expect(posted).toMatchObject({ ok: true, channel: integrations, message: { metadata } });
  const ts = posted["ts"];
  expect((await page.messages()).at(-1)).toMatchObject({ ts, text: "Hello", metadata });

  await call("chat.update", { channel: integrations, ts, text: "Hi", blocks });
  const [first] = await page.messages();
  expect(first).toMatchObject({ text: "Hi", metadata, blocks: [{ type: "section" }] });
  expect(first).not.toHaveProperty("edited");

  const updated = await call("chat.update", {
    channel: integrations,
    ts,
    text: "Bye",
    metadata: {},
  });
  expect(updated).toMatchObject({ ok: true, ts, text: "Bye" });
  const [second] = await page.messages();
  expect(second).toMatchObject({ text: "Bye", edited: { user: expect.any(String) } });
  expect(second).not.toHaveProperty("blocks");
  expect(second).not.toHaveProperty("metadata");

  expect(await call("chat.delete", { channel: integrations, ts })).toMatchObject({ ok: true });
  expect(await page.messages()).toEqual([]);
  expect(await call("chat.update", { channel: integrations, ts, text: "x" })).toMatchObject({
    error: "message_not_found",
  });
});

test("a form says the same as JSON", async () => {
  await using running = await withSlack();
  const { slack, page } = running;
  const response = await fetch(`${slack.api_url}chat.postMessage`, {
    method: "POST",
    headers: { authorization: `Bearer ${slack.bot_token}` },
    body: new URLSearchParams({
      channel: integrations,
      text: "Hello",
      blocks: JSON.stringify([section("Hello")]),
    }),
  });
  expect(await response.json()).toMatchObject({ ok: true });
  expect((await page.messages())[0]?.blocks?.[0]).toMatchObject({ type: "section" });
  expect(response.headers.get("x-oauth-scopes")).toBe(everyScope.join(","));
});

test.each([
  ["a channel that is not there", { channel: "C000" }, "channel_not_found"],
  ["a private channel without the bot", { channel: finance }, "channel_not_found"],
  ["a public channel without the bot", { channel: general }, "not_in_channel"],
  ["a channel by its name", { channel: "#general" }, "not_in_channel"],
  ["somebody who is deactivated", { channel: "U024BE6TH" }, "channel_not_found"],
  ["nothing", { text: "" }, "no_text"],
  ["empty blocks", { text: "", blocks: [] }, "no_text"],
  ["too much", { text: "x".repeat(40_001) }, "msg_too_long"],
  ["text and markdown", { markdown_text: "*x*" }, "markdown_text_conflict"],
  ["blocks that are no list", { blocks: "{" }, "invalid_blocks_format"],
  ["metadata without a type", { metadata: { event_payload: {} } }, "invalid_metadata_format"],
  ["no channel", { channel: "" }, "invalid_arguments"],
])("chat.postMessage refuses %s", async (_, args, error) => {
  await using running = await withSlack();
  const call = callerOf(running.slack);
  const given = { channel: integrations, text: "Hello", ...args };
  expect(await call("chat.postMessage", given)).toMatchObject({ ok: false, error });
});

test("an update is limited to 4,000 characters and to the bot's own messages", async () => {
  await using running = await withSlack();
  const { slack, page } = running;
  const call = callerOf(slack);
  const { ts } = await call("chat.postMessage", { channel: integrations, text: "Hello" });
  const long = { channel: integrations, ts, text: "x".repeat(4001) };
  expect(await call("chat.update", long)).toMatchObject({ error: "msg_too_long" });
  const { ts: theirs } = await page.types("Good morning");
  const change = { channel: integrations, ts: theirs, text: "Changed" };
  expect(await call("chat.update", change)).toMatchObject({ error: "cant_update_message" });
  expect(await call("chat.delete", change)).toMatchObject({ error: "cant_delete_message" });
});

test("an ephemeral message is for one member of the channel, and no method finds it", async () => {
  await using running = await withSlack();
  const { slack, page } = running;
  const call = callerOf(slack);
  const said = { channel: integrations, text: "Only you" };
  expect(await call("chat.postEphemeral", { ...said, user: "U024BE6TH" })).toMatchObject({
    error: "user_not_in_channel",
  });
  const { message_ts } = await call("chat.postEphemeral", { ...said, user: ravi });
  expect(await page.messages()).toEqual([]);
  const state = await fetch(`${slack.url}/ui/state?user=${ravi}`);
  expect(await state.json()).toMatchObject({
    messages: { [integrations]: [{ ts: message_ts, ephemeral: true, text: "Only you" }] },
  });
  expect(
    await call("chat.update", { channel: integrations, ts: message_ts, text: "x" }),
  ).toMatchObject({ error: "message_not_found" });
});

test("a reply stands in its thread, and the root counts it", async () => {
  await using running = await withSlack();
  const { slack, page } = running;
  const call = callerOf(slack);
  const { ts } = await call("chat.postMessage", { channel: integrations, text: "Root" });
  const reply = await call("chat.postMessage", {
    channel: integrations,
    text: "Reply",
    thread_ts: ts,
  });
  const nested = { channel: integrations, text: "Under the reply", thread_ts: reply["ts"] };
  await call("chat.postMessage", nested);
  const [root, first, second] = await page.messages();
  expect(root).toMatchObject({ reply_count: 2 });
  expect([first?.["thread_ts"], second?.["thread_ts"]]).toEqual([ts, ts]);
  const link = await call("chat.getPermalink", { channel: integrations, message_ts: reply["ts"] });
  const led = await fetch(String(link["permalink"]), { redirect: "manual" });
  expect(led.headers.get("location")).toBe(`/#/c/${integrations}/${String(ts)}`);
});

test("one message a second a channel, after a small burst", async () => {
  await using running = await withSlack({
    limits: { messagesPerSecond: 1, messageBurst: 3, tiers: true },
  });
  const call = callerOf(running.slack);
  const say = (channel: string) => call("chat.postMessage", { channel, text: "Hello" });
  for (let n = 0; n < 3; n++) expect(await say(integrations)).toMatchObject({ ok: true });
  expect(await say(integrations)).toMatchObject({
    status: 429,
    error: "ratelimited",
    retryAfter: "1",
  });
  expect(await say(olivia)).toMatchObject({ ok: true });
});

test("the tiers hold, and can be switched off", async () => {
  await using running = await withSlack({ limits: { tiers: true } });
  const call = callerOf(running.slack);
  for (let n = 0; n < 20; n++) expect(await call("users.list")).toMatchObject({ ok: true });
  expect(await call("users.list")).toMatchObject({ status: 429, retryAfter: "3" });
  await running.page.control({ tiers: false });
  expect(await call("users.list")).toMatchObject({ ok: true });
});

test("people, groups and conversations are listed page by page", async () => {
  await using running = await withSlack();
  const call = callerOf(running.slack);
  expect(await call("users.info", { user: olivia })).toMatchObject({
    user: { id: olivia, real_name: "Olivia Berg", tz: "Europe/Paris", deleted: false },
  });
  expect(await call("users.info", { user: "U0" })).toMatchObject({ error: "user_not_found" });
  const first = await call("users.list", { limit: 2 });
  const { next_cursor: cursor } = first["response_metadata"] as { next_cursor: string };
  const rest = await call("users.list", { cursor });
  const ids = [first, rest].flatMap(({ members }) => members as { id: string; deleted: boolean }[]);
  expect(new Set(ids.map(({ id }) => id)).size).toBe(6);
  expect(ids.find(({ id }) => id === "U024BE6TH")?.deleted).toBe(true);
  expect(await call("users.list", { cursor: "nonsense" })).toMatchObject({
    error: "invalid_cursor",
  });
  expect(await call("usergroups.list", { include_users: true })).toMatchObject({
    usergroups: [{ handle: "integrations", users: [olivia, ravi] }],
  });
  expect(await call("usergroups.users.list", { usergroup: "S0" })).toMatchObject({
    error: "no_such_subteam",
  });
  const types = "public_channel,private_channel";
  expect(await call("conversations.list", { types })).toMatchObject({
    channels: [
      { name: "general", is_member: false },
      { name: "integrations", is_member: true },
    ],
  });
  expect(await call("conversations.info", { channel: finance })).toMatchObject({
    error: "channel_not_found",
  });
  const { channel } = await call("conversations.open", { users: olivia });
  const { id } = channel as { id: string };
  expect(id).toMatch(/^D/);
  expect(await call("chat.postMessage", { channel: olivia, text: "Hi" })).toMatchObject({
    channel: id,
  });
  expect(await call("conversations.join", { channel: general })).toMatchObject({ ok: true });
  expect(await call("chat.postMessage", { channel: general, text: "Hi" })).toMatchObject({
    ok: true,
  });
});

test("faults come on demand: an outage, a 429 for one method, a revoked token", async () => {
  await using running = await withSlack();
  const { slack, page } = running;
  const call = callerOf(slack);
  await page.control({ rate_limit: { method: "auth.test", times: 1, retry_after: 7 } });
  expect(await call("auth.test")).toMatchObject({ status: 429, retryAfter: "7" });
  expect(await call("auth.test")).toMatchObject({ status: 200, ok: true });
  await page.control({ outage: 60_000 });
  expect(await call("auth.test")).toMatchObject({ status: 503 });
  await page.control({ outage: 0, revoke_token: true });
  expect(await call("auth.test")).toMatchObject({ error: "token_revoked" });
  expect(await page.control({ catch_fire: true })).toMatchObject({
    ok: false,
    error: expect.stringContaining("There are: disconnect"),
  });
  const stats = await page.stats();
  expect(stats).toMatchObject({ calls: { "auth.test": 4 } });
  expect(stats["refusals"]).toHaveLength(3);
});

test("a view is published for one person, under its hash", async () => {
  await using running = await withSlack();
  const { slack, page } = running;
  const call = callerOf(slack);
  const home = { type: "home", blocks: [section("Good morning")] };
  const first = await call("views.publish", { user_id: olivia, view: home });
  const { hash } = first["view"] as { hash: string };
  expect((await page.sees()).home).toMatchObject({ hash, blocks: [{ type: "section" }] });
  expect(await call("views.publish", { user_id: olivia, view: home, hash })).toMatchObject({
    ok: true,
  });
  expect(await call("views.publish", { user_id: olivia, view: home, hash })).toMatchObject({
    error: "hash_conflict",
  });
  const strange = await call("views.publish", { user_id: olivia, view: modal([section("x")]) });
  expect(strange).toMatchObject({ error: "invalid_arguments" });
  const large = { type: "home", blocks: [], private_metadata: "x".repeat(250_001) };
  expect(await call("views.publish", { user_id: olivia, view: large })).toMatchObject({
    error: "view_too_large",
  });
  expect(await call("views.open", { trigger_id: "1.2.3", view: modal([]) })).toMatchObject({
    error: "invalid_trigger_id",
  });
  expect(await call("views.update", { view_id: "V0", view: modal([]) })).toMatchObject({
    error: "not_found",
  });
});
