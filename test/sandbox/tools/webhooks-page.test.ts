import { expect, test } from "vitest";
import { type Caller, hubspot, quickbooks } from "./call.ts";
import { listener } from "./listener.ts";

const look = async (tool: Caller) => (await fetch(`${tool.base_url}/_webhooks`)).text();

async function save(tool: Caller, url: string, kinds: readonly string[]) {
  const body = new URLSearchParams([["url", url], ...kinds.map((kind) => ["kinds", kind])]);
  const response = await fetch(`${tool.base_url}/_webhooks`, { method: "POST", body });
  return { status: response.status, text: await response.text() };
}

const kindsOf = (events: unknown[]) =>
  (events as { subscriptionType: string }[]).map(({ subscriptionType }) => subscriptionType);

test("HubSpot's app is given its address by hand, and told of what it subscribes to alone", async () => {
  await using portal = await hubspot({ seed: 0 });
  await using receiver = await listener();
  const before = await look(portal);
  expect(before).toContain(`value="${portal.oauth?.client_secret ?? ""}"`);
  expect(before.match(/ checked/g)?.length).toBe(25);

  const saved = await save(portal, receiver.url, ["contact.creation"]);
  expect(saved).toMatchObject({ status: 200, text: expect.stringContaining("Saved.") as string });
  expect((await look(portal)).match(/ checked/g)?.length).toBe(1);
  const { body } = await portal.post("", { properties: { email: "ada@example.com" } });
  const { id } = body as { id: string };
  await portal.send("PATCH", `/${id}`, { properties: { city: "Oslo" } });
  expect(kindsOf(await receiver.events(1))).toEqual(["contact.creation"]);

  expect(await save(portal, "", [])).toMatchObject({ status: 200 });
  expect(await look(portal)).toMatch(/type="url"\s+value=""/);
});

test("what is no address, or subscribes to nothing, is not taken and stays as it was typed", async () => {
  await using books = await quickbooks({ seed: 0 });
  for (const [url, kinds, said] of [
    ["nowhere", ["Customer"], "This is no address"],
    ["http://127.0.0.1:9/", [], "Choose at least one event"],
  ] as const) {
    const { status, text } = await save(books, url, kinds);
    expect([status, text]).toEqual([400, expect.stringContaining(said)]);
    expect(text).toContain(`value="${url}"`);
  }
  expect(await look(books)).toMatch(/type="url"\s+value=""/);
});

test("QuickBooks tells of the entities that were chosen", async () => {
  await using books = await quickbooks({ seed: 0 });
  await using receiver = await listener();
  await save(books, receiver.url, ["Customer"]);
  await books.post("/customer", { DisplayName: "Ada" });
  const [event] = await receiver.events(1);
  expect(event).toMatchObject({ type: "qbo.customer.created.v1" });
});
