import { expect, test } from "vitest";
import { claimsOf, signedToken } from "#sandbox/tools/jwt.ts";
import { type Received, receiver, type Response } from "./hook-receiver.ts";
import { type Monday, monday } from "./monday-call.ts";
import { signIn } from "./signing-in.ts";

const echo = ({ body }: Received): Response => ({ status: 200, body });
const SUBSCRIBE = `mutation($b: ID!, $u: String!, $e: WebhookEventType!, $c: JSON) {
  create_webhook(board_id: $b, url: $u, event: $e, config: $c) { id board_id event config }
}`;
const CHANGE = 'mutation($b: ID!, $i: ID, $v: JSON!) { change_multiple_column_values(board_id: $b, item_id: $i, column_values: $v) { id } }'; // prettier-ignore

type Event = Record<string, unknown> & { type: string; triggerUuid: string };
const eventIn = ({ body }: Received) => (JSON.parse(body) as { event: Event }).event;

const subscribe = (desk: Monday, u: string, e: string, c?: object) =>
  desk.ask(SUBSCRIBE, { b: desk.board, u, e, ...(c && { c: JSON.stringify(c) }) });

async function create(desk: Monday, v = "{}"): Promise<string> {
  const { data } = await desk.ask('mutation($b: ID!, $v: JSON) { create_item(board_id: $b, item_name: "New", column_values: $v) { id } }', { b: desk.board, v }); // prettier-ignore
  return (data["create_item"] as { id: string }).id;
}

test("the address says the challenge back while the request is open; a person's own messages are unsigned", async () => {
  await using desk = await monday({ seed: 1 });
  await using target = await receiver(echo);
  const { data } = await subscribe(desk, `${target.url}/hooks/1`, "create_item");
  expect(data["create_webhook"]).toMatchObject({ board_id: desk.board, event: "create_item", config: null }); // prettier-ignore
  expect(target.received).toHaveLength(1);
  expect(JSON.parse(target.received[0]?.body ?? "{}")).toEqual({ challenge: expect.any(String) as string }); // prettier-ignore

  const id = await create(desk, '{"status":{"index":1}}');
  const [, told] = await target.until(2);
  expect(told?.headers.authorization).toBeUndefined();
  expect(eventIn(told as Received)).toMatchObject({
    type: "create_pulse",
    boardId: Number(desk.board),
    pulseId: Number(id),
    pulseName: "New",
    groupId: "topics",
    originalTriggerUuid: null,
    columnValues: { status: { label: { index: 1, text: "Done" } } },
  });
});

test.each<[string, (received: Received) => Response]>([
  ["answers something else", () => ({ status: 200, body: '{"challenge":"x"}' })],
  ["answers nothing", () => ({ status: 200 })],
  ["is not well", (received) => ({ ...echo(received), status: 500 })],
])("there is no webhook where the address %s", async (_, answer) => {
  await using desk = await monday({ seed: 1 });
  await using target = await receiver(answer);
  const { status, errors, data } = await subscribe(desk, `${target.url}/1`, "create_item");
  expect([status, data]).toEqual([200, { create_webhook: null }]);
  expect(errors[0]?.extensions.code).toBe("WebhookChallengeException");
  const { data: left } = await desk.ask("query($b: ID!) { webhooks(board_id: $b) { id } }", { b: desk.board }); // prettier-ignore
  expect(left["webhooks"]).toEqual([]);
});

test("an app's messages carry a token for this address, signed with the app's secret", async () => {
  await using desk = await monday({ seed: 1 });
  await using target = await receiver(echo);
  const { redeem } = await signIn(desk, { body: "json", scope: "boards:read boards:write webhooks:write" }); // prettier-ignore
  const app = desk.as((await redeem()).body.access_token);
  const url = `${target.url}/hooks/2`;
  await subscribe(app, url, "change_name");
  const id = await create(desk);
  await desk.ask(CHANGE, { b: desk.board, i: id, v: '{"name":"Newer"}' });
  const [, told] = await target.until(2);
  const claims = claimsOf(told?.headers.authorization ?? "", String(desk.credential["signing_secret"])); // prettier-ignore
  expect(claims).toMatchObject({ aud: url, accountId: 12345678 });
  expect(Number(claims?.["exp"])).toBeGreaterThan(Date.now() / 1000);
  expect(claimsOf(told?.headers.authorization ?? "", "another secret")).toBeUndefined();
  expect(eventIn(told as Received)).toMatchObject({ type: "update_name", value: { name: "Newer" }, previousValue: { name: "New" } }); // prettier-ignore
});

test("a token is signed as RFC 7519 and its registry have it", () => {
  // From the tool that most people compare with: HS256, "your-256-bit-secret".
  expect(signedToken({ sub: "1234567890", name: "John Doe", iat: 1516239022 }, "your-256-bit-secret")).toBe("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c"); // prettier-ignore
});

test("each subscription hears of its own, by names that differ from what was subscribed to", async () => {
  await using desk = await monday({ seed: 1 });
  await using target = await receiver(echo);
  const events = ["change_column_value", "item_archived", "item_deleted", "item_restored", "item_moved_to_any_group", "create_column"]; // prettier-ignore
  for (const event of events) await subscribe(desk, `${target.url}/all`, event);
  await subscribe(desk, `${target.url}/text`, "change_specific_column_value", { columnId: "text" });
  await subscribe(desk, `${target.url}/done`, "change_status_column_value", { columnId: "status", columnValue: { index: 1 } }); // prettier-ignore
  const asked = target.received.length;
  const id = await create(desk);
  await desk.ask(CHANGE, { b: desk.board, i: id, v: '{"text":"x","status":{"index":2},"date4":"2026-12-01"}' }); // prettier-ignore
  await desk.control("/_edit", { object: "items", id, set: { status: { index: 1 }, group: "group_later" } }); // prettier-ignore
  await desk.control("/_edit", { object: "items", id, set: { state: "archived" } });
  await desk.control("/_edit", { object: "items", id, set: { state: "active" } });
  await desk.ask("mutation($i: ID) { delete_item(item_id: $i) { id } }", { i: id });
  await desk.ask('mutation($b: ID!) { create_column(board_id: $b, title: "More", column_type: text) { id } }', { b: desk.board }); // prettier-ignore
  const told = (await target.until(asked + 11)).slice(asked);
  const at = (path: string) => told.filter((message) => message.path === path).map(eventIn);
  expect(at("/all").map(({ type }) => type).sort()).toEqual(["archive_pulse", "create_column", "delete_pulse", "move_pulse_into_group", "restore_pulse", "update_column_value", "update_column_value", "update_column_value", "update_column_value"].sort()); // prettier-ignore
  expect(at("/text")).toMatchObject([{ columnId: "text", columnType: "text", value: { value: "x" }, previousValue: null }]); // prettier-ignore
  expect(at("/done")).toMatchObject([{ columnType: "color", value: { label: { index: 1, text: "Done" } }, previousValue: { label: { index: 2 } } }]); // prettier-ignore
  expect(at("/all").find(({ type }) => type === "delete_pulse")).toMatchObject({ itemId: Number(id), itemName: "New" }); // prettier-ignore
  expect(new Set(told.map((message) => eventIn(message).triggerUuid)).size).toBe(11);
});

test("what is not taken is sent again, until the webhook is deleted", async () => {
  await using desk = await monday({ seed: 1 });
  await using target = await receiver(echo);
  const { data } = await subscribe(desk, `${target.url}/1`, "create_item");
  await desk.control("/_config", { hook_retry_ms: 20 });
  target.answer = () => ({ status: target.received.length < 4 ? 500 : 200 });
  await create(desk);
  const messages = await target.until(4);
  expect(new Set(messages.slice(1).map((message) => eventIn(message).triggerUuid)).size).toBe(1);
  const { id } = data["create_webhook"] as { id: string };
  expect((await desk.ask("mutation($i: ID!) { delete_webhook(id: $i) { id } }", { i: id })).errors).toEqual([]); // prettier-ignore
  const again = await desk.ask("mutation($i: ID!) { delete_webhook(id: $i) { id } }", { i: id });
  expect(again.errors[0]?.extensions.code).toBe("ResourceNotFoundException");
});

test("some events need to be told of which column or group", async () => {
  await using desk = await monday({ seed: 1 });
  await using target = await receiver(echo);
  const code = async (event: string, config?: object) =>
    (await subscribe(desk, `${target.url}/1`, event, config)).errors[0]?.extensions.code;
  expect(await code("change_specific_column_value")).toBe("InvalidArgumentException");
  expect(await code("item_moved_to_specific_group", { group: "topics" })).toBe("InvalidArgumentException"); // prettier-ignore
  expect(await code("item_moved_to_specific_group", { groupId: "topics" })).toBeUndefined();
});

test("while a first answer is being made, the same key is a conflict", async () => {
  await using desk = await monday({ seed: 1 });
  await using target = await receiver(echo);
  const { promise, resolve } = Promise.withResolvers<void>();
  target.answer = async (received) => {
    await promise;
    return echo(received);
  };
  const key = { "idempotency-key": "6a0a4a1e-8d8f-4b64-9a6f-000000000003" };
  const variables = { b: desk.board, u: `${target.url}/1`, e: "create_item" };
  const first = desk.ask(SUBSCRIBE, variables, key);
  await target.until(1);
  const second = await desk.ask(SUBSCRIBE, variables, key);
  expect(second.status).toBe(409);
  expect(second.errors[0]?.extensions.code).toBe("IDEMPOTENCY_CONFLICT");
  expect(second.headers.get("retry-after")).toBe("1");
  resolve();
  expect((await first).errors).toEqual([]);
  const third = await desk.ask(SUBSCRIBE, variables, key);
  expect(third.headers.get("idempotency-replayed")).toBe("true");
});
