import { connectionName } from "#domain/ids.ts";
import { lookAtInvitation, redeemInvitation } from "#operations/connections/invitation.ts";
import { receiveMessage } from "#operations/hooks/receive.ts";
import { openReception } from "#operations/hooks/reception.ts";
import { subscribe } from "#operations/hooks/subscribe.ts";
import { RetryLater } from "#domain/errors.ts";
import { expect, test } from "vitest";
import { quickbooks } from "./support/tools.ts";
import { admin, makeRoom, operator, terminal, type Room } from "./support/room.ts";

const books = connectionName("books");
const flows = `flows:
  told:
    from: books/messages
    to: crm/contacts
    trigger: event
`;

/** The token of a connection's address, as the admin is shown it. */
async function tokenOf({ perform }: Room): Promise<string> {
  const { addresses } = await perform("hooks.renew", { connection: "books" }, admin);
  return new URL(addresses[0]?.url ?? "").pathname.split("/")[2] ?? "";
}
const knock = (token: string, object: string | null = "messages") => ({
  method: "POST",
  url: `https://tieline.example/hooks/${token}`,
  headers: {},
  body: new Uint8Array(),
  shown: "in_address" as const,
  token,
  object,
});

test("the token is shown where it is made, and nowhere after", async () => {
  const room = await makeRoom();
  const { perform } = room;
  expect(await perform("hooks.show", { connection: "books" }, operator)).toMatchObject({
    madeAt: null,
    verified: false,
    addresses: [
      { about: "What QuickBooks tells", url: "https://tieline.example/hooks/•••" },
      { about: "Messages", url: "https://tieline.example/hooks/•••/messages" },
      { about: "Asking to be told", url: "https://tieline.example/hooks/subscriptions" },
      { about: "Samples of an event", url: "https://tieline.example/hooks/samples/EVENT" },
    ],
  });
  const token = await tokenOf(room);
  const after = await perform("hooks.show", { connection: "books" }, operator);
  expect(after.madeAt).not.toBeNull();
  expect(JSON.stringify([after, room.audit.rows])).not.toContain(token);
  expect(room.audit.rows.at(-1)).toMatchObject({ operation: "hooks.renew", outcome: "done" });
});

test("what is only asked has no address, and says so", async () => {
  const { perform, refusal } = await makeRoom();
  expect(await refusal(perform("hooks.show", { connection: "crm" }, admin))).toBe(
    "Mistake: HubSpot sends us nothing: it is only asked.",
  );
});

test("a message is given to the connector as it came, and wakes who waits for it", async () => {
  const room = await makeRoom();
  await room.perform("workspace.apply", { text: flows, file: "w.yaml" }, terminal);
  const token = await tokenOf(room);
  room.queue.jobs.length = 0;
  expect(await receiveMessage(room.world, knock(token))).toMatchObject({ status: 202 });
  expect(room.tools.messages).toMatchObject([{ method: "POST", object: "messages" }]);
  expect(room.queue.jobs).toEqual([{ kind: "event", flow: "told" }]);
});

test("messages that come at the same time look once for who waits, and each is answered after that", async () => {
  const room = await makeRoom();
  await room.perform("workspace.apply", { text: flows, file: "w.yaml" }, terminal);
  const token = await tokenOf(room);
  room.queue.jobs.length = 0;
  let looks = 0;
  const { flows: all } = room.world.registry;
  room.world.registry.flows = () => ((looks += 1), all());
  const receive = openReception(room.world);
  const answers = await Promise.all(Array.from({ length: 20 }, () => receive(knock(token))));
  expect(answers.every(({ status }) => status === 202)).toBe(true);
  expect(looks).toBeLessThan(5);
  expect(room.queue.jobs).toContainEqual({ kind: "event", flow: "told" });

  room.queue.add = () => Promise.reject(new Error("the queue is away"));
  await expect(receive(knock(token))).rejects.toThrow("the queue is away");
});

test.each([401, 404, 405])(
  "a %i of the connector's is the one answer to strangers",
  async (status) => {
    const room = await makeRoom();
    const token = await tokenOf(room);
    const stranger = await receiveMessage(room.world, knock("A".repeat(43)));
    room.tools.outcome = {
      answer: { status, headers: { allow: "POST" }, body: "why" },
      changed: [],
      records: [],
      failures: [],
    };
    expect(await receiveMessage(room.world, knock(token))).toEqual(stranger);
    expect(stranger).toEqual({ status: 401, headers: {}, body: "" });
  },
);

test("the old token ends with the new one, and the connection's with the connection", async () => {
  const room = await makeRoom();
  const old = await tokenOf(room);
  const fresh = await tokenOf(room);
  expect((await receiveMessage(room.world, knock(old))).status).toBe(401);
  expect((await receiveMessage(room.world, knock(fresh))).status).toBe(202);
  room.memory.connections.delete(books);
  expect((await receiveMessage(room.world, knock(fresh))).status).toBe(401);
});

test("a handshake that needs a tool which does not answer is asked to come again", async () => {
  const room = await makeRoom();
  const token = await tokenOf(room);
  room.tools.receive = () => Promise.reject(new RetryLater("slow down", 1000));
  const answer = await receiveMessage(room.world, knock(token));
  expect(answer).toEqual({ status: 503, headers: { "retry-after": "30" }, body: "" });
});

test("a token in the address is no key: nobody asks to be told with it", async () => {
  const room = await makeRoom();
  const token = await tokenOf(room);
  const asked = { event: "customer.created", url: "https://hooks.example/1" };
  expect(await subscribe(room.world, token, asked)).toEqual({ kind: "unknown_key" });
});

test("who asked to be told is shown without their address, and can be removed", async () => {
  const { perform, subscriptions, clock } = await makeRoom();
  const asked = { event: "customer.created", url: "https://hooks.example/secret" };
  const made = await subscriptions.add(books, asked, clock.now());
  const view = await perform("hooks.show", { connection: "books" }, operator);
  expect(view.subscribers).toEqual([
    { id: made?.id, event: "customer.created", endpoint: { kind: "on", failingSince: null } },
  ]);
  const input = { connection: "books", subscription: made?.id ?? "" };
  expect(await perform("hooks.unsubscribe", input, admin)).toMatchObject({
    removed: true,
    subscribers: [],
  });
  expect((await perform("hooks.unsubscribe", input, admin)).removed).toBe(false);
});

test("the secret a tool signs with is given on the one-time page, once there is an address", async () => {
  const room = await makeRoom();
  const { world, perform } = room;
  const page = async () =>
    new URL((await perform("connections.invite", { connection: "books" }, admin)).url).hash.slice(
      1,
    );
  const before = await page();
  const waysOf = async (token: string) =>
    (await lookAtInvitation(world, token))?.ways.map(({ gives }) => gives);
  expect(await waysOf(before)).toEqual(quickbooks.credentials.map(() => "credential"));

  await tokenOf(room);
  const token = await page();
  expect(await waysOf(token)).toEqual(["credential", "credential", "messages"]);
  expect(await redeemInvitation(world, token, { signing_secret: "v3r1f13r" })).toEqual({
    learned: true,
  });
  expect(room.safe.kept.size).toBe(0);
  const address = await world.hooks.addressOf(books);
  expect(await world.hooks.learned(address!)).toEqual(["v3r1f13r"]);
  expect(await perform("hooks.show", { connection: "books" }, operator)).toMatchObject({ verified: true }); // prettier-ignore
  expect(JSON.stringify(room.audit.rows)).not.toContain("v3r1f13r");
  expect(room.audit.rows.at(-1)).toMatchObject({ operation: "hooks.signing-secret", actor: "U0ADMIN" }); // prettier-ignore
  expect(await room.refusal(redeemInvitation(world, token, { signing_secret: "again" }))).toMatch(/used already/); // prettier-ignore
});
