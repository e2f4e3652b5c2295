import { createHmac } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { signatureV1, signatureV3 } from "#sandbox/tools/hubspot/webhooks/signature.ts";
import { type Caller, hubspot } from "./call.ts";
import { listener } from "./listener.ts";

type Event = { subscriptionType: string; objectId: number } & Record<string, unknown>;

const secret = "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy";
const sample =
  '[{"eventId":1,"subscriptionId":12345,"portalId":62515,"occurredAt":1564113600000,"subscriptionType":"contact.creation","attemptNumber":0,"objectId":123,"changeSource":"CRM","changeFlag":"NEW","appId":54321}]';

test("signatures are those of HubSpot's own examples", () => {
  expect(signatureV1(secret, sample)).toBe(
    "232db2615f3d666fe21a8ec971ac7b5402d33b9a925784df3ca654d05f4817de",
  );
  const sent = {
    method: "POST",
    uri: "https://www.example.com/webhook_uri",
    body: sample,
    timestamp: "1564113600000",
  };
  expect(signatureV3(secret, sent)).toBe("DxmVAjFNa2xfF3YgQjdZP6TNcok9k1oaH7UXombPtvw=");
});

async function listened(portal: Caller, url: string, more: object = {}): Promise<void> {
  const { status } = await portal.control("/_config", { webhook: { url, ...more } });
  expect(status).toBe(200);
}

const kinds = (events: unknown[]) =>
  (events as Event[]).map(({ subscriptionType, objectId }) => [subscriptionType, objectId]);

test("what happened is told by an app's webhook, signed over all of the message", async () => {
  await using portal = await hubspot({ seed: 0 });
  await using receiver = await listener();
  await listened(portal, receiver.url);
  const ada = { properties: { email: "ada@example.com", city: "Oslo" } };
  await Promise.all([
    portal.post("", ada),
    portal.post("//crm/objects/2026-09/companies", { properties: { name: "Quay Books" } }),
    portal.post("//crm/objects/2026-09/orders", { properties: { hs_order_name: "#1" } }),
  ]);
  const events = (await receiver.events(3)) as Event[];
  expect(events.map(({ subscriptionType }) => subscriptionType).sort()).toEqual([
    "company.creation",
    "contact.creation",
    "object.creation",
  ]);
  expect(events.find(({ objectTypeId }) => objectTypeId === "0-123")).toMatchObject({
    portalId: 39812704,
    attemptNumber: 0,
    changeSource: "INTEGRATION",
  });
  const [message] = receiver.heard;
  const timestamp = message?.headers.get("x-hubspot-request-timestamp") ?? "";
  expect(Math.abs(Date.now() - Number(timestamp))).toBeLessThan(5000);
  const expected = createHmac("sha256", portal.oauth?.client_secret ?? "")
    .update(`POST${receiver.url}${message?.body ?? ""}${timestamp}`)
    .digest("base64");
  expect(message?.headers.get("x-hubspot-signature-v3")).toBe(expected);
});

test("each changed property is an event of its own, and tells who changed it", async () => {
  await using portal = await hubspot({ seed: 0 });
  await portal.post("", { properties: { email: "ada@example.com", city: "Oslo" } });
  await using receiver = await listener();
  await listened(portal, receiver.url);
  await portal.control("/_edit", { id: "1001", set: { city: null, phone: "+47 22 33 44 55" } });
  const events = await receiver.events(2);
  expect(events).toHaveLength(2);
  expect(events).toMatchObject([
    { subscriptionType: "contact.propertyChange", propertyName: "city", propertyValue: "" },
    { propertyName: "phone", propertyValue: "+47 22 33 44 55", changeSource: "CRM_UI" },
  ]);
});

test("archiving, restoring, associating, merging and erasing are told", async () => {
  await using portal = await hubspot({ seed: 0 });
  const objects = "//crm/objects/2026-09";
  for (const name of ["a", "b"]) await portal.post("", { properties: { email: `${name}@example.com` } }); // prettier-ignore
  await portal.post(`${objects}/deals`, { properties: { dealname: "Shop" } });
  await using receiver = await listener();
  await listened(portal, receiver.url);

  await portal.send("DELETE", "/1001");
  await portal.control("/_edit", { id: "1001", set: { archived: false } });
  await portal.send("PUT", `${objects}/contacts/1001/associations/default/deals/30001`);
  await portal.post("/merge", { primaryObjectId: "1001", objectIdToMerge: "1002" });
  await portal.post("/gdpr-delete", { objectId: "1003" });
  const events = (await receiver.events(6)) as Event[];
  expect(kinds(events)).toEqual([
    ["contact.deletion", 1001],
    ["contact.restore", 1001],
    ["contact.associationChange", 1001],
    ["deal.associationChange", 30001],
    ["contact.merge", 1003],
    ["contact.privacyDeletion", 1003],
  ]);
  expect(events[2]).toMatchObject({
    associationType: "CONTACT_TO_DEAL",
    fromObjectId: 1001,
    toObjectId: 30001,
    associationRemoved: false,
  });
  expect(events[4]).toMatchObject({
    primaryObjectId: 1001,
    mergedObjectIds: [1001, 1002],
    newObjectId: 1003,
  });
});

test("a message has at most a hundred events, and one that is not taken is sent again", async () => {
  await using portal = await hubspot({ seed: 0 });
  await using receiver = await listener([{ status: 503 }]);
  await listened(portal, receiver.url);
  const input = (n: number) => ({ properties: { email: `c${String(n)}@example.com` } });
  const half = (from: number) => ({
    inputs: Array.from({ length: 100 }, (_, n) => input(from + n)),
  });
  await Promise.all([
    portal.post("/batch/create", half(0)),
    portal.post("/batch/create", half(100)),
  ]);
  const [first, again, second] = (await receiver.until(3)).map(
    ({ body }) => JSON.parse(body) as Event[],
  );
  expect([first?.length, second?.length]).toEqual([100, 100]);
  expect(again).toEqual(first);
});

test("an untidy webhook tells the last event first, and the first one twice", async () => {
  await using portal = await hubspot({ seed: 0 });
  await using receiver = await listener();
  await listened(portal, receiver.url, { untidy: true });
  await portal.post("/batch/create", {
    inputs: ["a", "b"].map((name) => ({ properties: { email: `${name}@example.com` } })),
  });
  expect(kinds(await receiver.events(3)).map(([, id]) => id)).toEqual([1002, 1001, 1001]);
});

test("without a target nobody is told, and a target is an address", async () => {
  await using portal = await hubspot({ seed: 0 });
  await using receiver = await listener();
  await listened(portal, receiver.url);
  await portal.control("/_config", { webhook: null });
  await portal.post("", { properties: { email: "ada@example.com" } });
  await sleep(100);
  expect(receiver.heard).toEqual([]);
  expect((await portal.control("/_config", { webhook: { url: "nowhere" } })).status).toBe(400);
});
