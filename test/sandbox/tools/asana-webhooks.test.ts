import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { hookSignature } from "#sandbox/tools/asana/hook-deliveries.ts";
import { type Asana, asana } from "./asana-call.ts";
import { type Received, receiver, type Response } from "./hook-receiver.ts";

const shaking = ({ headers }: Received): Response => ({
  status: 200,
  headers: { "x-hook-secret": String(headers["x-hook-secret"] ?? "") },
});

const filters = [
  { resource_type: "task", action: "changed", fields: ["name", "due_on", "completed"] },
  { resource_type: "task", action: "added" },
  { resource_type: "task", action: "deleted" },
];

async function subscribed(desk: Asana, target: string) {
  const made = await desk.post("/webhooks", { resource: desk.project, target, filters });
  expect(made.status).toBe(201);
  return { gid: made.one.gid, secret: (made.body as { "X-Hook-Secret": string })["X-Hook-Secret"] };
}

type Told = { events: { action: string; resource: object; change?: { field: string } }[] };
const eventsIn = (message: Received | undefined) => (JSON.parse(message?.body ?? "{}") as Told).events; // prettier-ignore

test("the target sends the secret back while the request is open; then events come signed", async () => {
  await using desk = await asana({ seed: 1 });
  await using target = await receiver(shaking);
  const { secret } = await subscribed(desk, `${target.url}/hooks/asana/1`);
  expect(target.received).toHaveLength(1);
  expect(target.received[0]?.headers["x-hook-secret"]).toBe(secret);

  const { one } = await desk.post("/tasks", { name: "New", projects: [desk.project] });
  await desk.put(`/tasks/${one.gid}`, { notes: "Not listened to", name: "Newer" });
  await target.until(2);
  await new Promise((resolve) => setTimeout(resolve, 60));
  const events = target.received.slice(1).flatMap(eventsIn);
  expect(events.map(({ action, change }) => change?.field ?? action)).toEqual(["added", "added", "name"]); // prettier-ignore
  expect(events[0]?.resource).toEqual({ gid: one.gid, resource_type: "task", resource_subtype: "default_task" }); // prettier-ignore
  for (const { body, headers } of target.received.slice(1))
    expect(headers["x-hook-signature"]).toBe(createHmac("sha256", secret).update(body).digest("hex")); // prettier-ignore
});

test("the signature is the hex HMAC-SHA256 of the body", () => {
  expect(hookSignature("what do ya want for nothing?", "Jefe")).toBe("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"); // prettier-ignore
});

test.each<[string, (received: Received) => Response]>([
  ["answers without the secret", () => ({ status: 200 })],
  ["sends another secret back", () => ({ status: 200, headers: { "x-hook-secret": "0" } })],
  ["answers 201", (received) => ({ ...shaking(received), status: 201 })],
])("there is no webhook where the target %s", async (_, answer) => {
  await using desk = await asana({ seed: 1 });
  await using target = await receiver(answer);
  const made = await desk.post("/webhooks", { resource: desk.project, target: `${target.url}/x` });
  expect(made).toMatchObject({ status: 400, body: { errors: [{ message: expect.stringContaining("activation handshake") as string }] } }); // prettier-ignore
  expect((await desk.get(`/webhooks?workspace=${desk.workspace}`)).page.data).toEqual([]);
});

test("what cannot be subscribed to is refused", async () => {
  await using desk = await asana({ seed: 1 });
  await using target = await receiver(shaking);
  const ask = async (resource: string, url: string, more = {}) =>
    (await desk.post("/webhooks", { resource, target: url, ...more })).status;
  expect(await ask(desk.project, target.url.replace("127.0.0.1", "localhost"))).toBe(403);
  expect(await ask("1", `${target.url}/x`)).toBe(404);
  expect(await ask(desk.project, "hooks")).toBe(400);
  expect(await ask(desk.workspace, `${target.url}/x`)).toBe(400);
  expect(await ask(desk.project, `${target.url}/x`, { filters: [{ action: "added", fields: ["name"] }] })).toBe(400); // prettier-ignore
  expect(await ask(desk.workspace, `${target.url}/x`, { filters: [{ resource_type: "project" }] })).toBe(201); // prettier-ignore
  expect(await ask(desk.workspace, `${target.url}/x`, { filters: [{ resource_type: "project" }] })).toBe(403); // prettier-ignore
  await desk.post("/tasks", { name: "x", projects: [desk.project] });
  await desk.put(`/projects/${desk.project}`, { name: "Told of" });
  expect(eventsIn((await target.until(2))[1])).toMatchObject([{ resource: { resource_type: "project" }, change: { field: "name" } }]); // prettier-ignore
});

test("heartbeats are empty and signed; a webhook is changed and deleted", async () => {
  await using desk = await asana({ seed: 1 });
  await using target = await receiver(shaking);
  const { gid, secret } = await subscribed(desk, `${target.url}/1`);
  await desk.control("/_config", { heartbeat_ms: 30 });
  const [, beat] = await target.until(2);
  expect(beat?.body).toBe('{"events":[]}');
  expect(beat?.headers["x-hook-signature"]).toBe(hookSignature('{"events":[]}', secret));
  const changed = await desk.put(`/webhooks/${gid}`, { filters: [] });
  expect(changed.one).toMatchObject({ filters: [], active: true, last_failure_content: "" });
  expect((await desk.send("DELETE", `/webhooks/${gid}`)).body).toEqual({ data: {} });
  expect((await desk.get(`/webhooks/${gid}`)).status).toBe(404);
});

test("a target that fails is tried again, told of, and given up in the end", async () => {
  await using desk = await asana({ seed: 1 });
  await using target = await receiver(shaking);
  const { gid } = await subscribed(desk, `${target.url}/1`);
  await desk.control("/_config", { hook_retry_ms: 20 });
  let down = true;
  target.answer = () => (down ? { status: 503, body: "closed" } : { status: 200 });
  const { one } = await desk.post("/tasks", { name: "Late", projects: [desk.project] });
  const failing = async () => (await desk.get(`/webhooks/${gid}`)).one;
  await expect.poll(failing, { timeout: 5000 }).toMatchObject({ last_failure_content: "closed", failure_deletion_timestamp: expect.any(String) as string }); // prettier-ignore
  down = false;
  await expect.poll(async () => (await failing())["delivery_retry_count"], { timeout: 5000 }).toBe(0); // prettier-ignore
  expect(eventsIn(target.received.at(-1))[0]?.resource).toMatchObject({ gid: one.gid });

  down = true;
  await desk.control("/_config", { hook_patience_ms: 0 });
  await desk.put(`/tasks/${one.gid}`, { name: "Lost" });
  await expect
    .poll(async () => (await desk.get(`/webhooks/${gid}`)).status, { timeout: 8000 })
    .toBe(404);
});

test("a 410 ends it at once", async () => {
  await using desk = await asana({ seed: 1 });
  await using target = await receiver(shaking);
  const { gid } = await subscribed(desk, `${target.url}/1`);
  target.answer = () => ({ status: 410 });
  await desk.post("/tasks", { name: "x", projects: [desk.project] });
  await expect.poll(async () => (await desk.get(`/webhooks/${gid}`)).status).toBe(404);
});
