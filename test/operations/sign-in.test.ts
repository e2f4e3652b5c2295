import { expect, test } from "vitest";
import { RetryLater } from "#domain/errors.ts";
import { lookAtInvitation, redeemInvitation } from "#operations/connections/invitation.ts";
import { beginSignIn, finishSignIn } from "#operations/connections/sign-in.ts";
import { admin, makeRoom, operator, type Room } from "./support/room.ts";
import { working } from "./support/tools.ts";

const app = { id: "app", secret: "hush" };
const back = "https://tieline.example/oauth/quickbooks/callback";

/** A one-time page for the books, as the link from Slack opens it. */
async function page({ perform }: Room, actor = admin): Promise<string> {
  const { url } = await perform("connections.invite", { connection: "books" }, actor);
  return url.split("#")[1] ?? "";
}

const begin = async ({ world }: Room, token: string, more: { client?: typeof app | null } = {}) => {
  const asked = { token, way: "oauth", client: app, browser: null, ...more };
  const { to, browser } = await beginSignIn(world, asked);
  return { state: new URL(to).searchParams.get("state") ?? "", to, browser };
};

const finish = (
  { world }: Room,
  { state, browser }: { state: string; browser: string | null },
  more: { connector?: string; answered?: Record<string, string> } = {},
) =>
  finishSignIn(world, {
    connector: more.connector ?? "quickbooks",
    browser,
    answered: { state, code: "c1", ...more.answered },
  });

const tooLate =
  "Mistake: This sign-in was used already, or took longer than ten minutes. Ask for a new link in Slack.";

test("signing in keeps the credential, the settings and the app, and says whose account it is", async () => {
  const room = await makeRoom();
  const { world, safe, apps, audit, tools, signIns } = room;
  const token = await page(room);
  expect(await lookAtInvitation(world, token)).toMatchObject({
    title: "QuickBooks",
    ways: [
      {
        name: "oauth",
        fields: [{ name: "client_id" }, { name: "client_secret" }],
        browser: { clientKnown: false, redirect: back },
      },
      { name: "service_key", browser: null },
    ],
  });
  const begun = await begin(room, token);
  expect(new URL(begun.to).searchParams.get("redirect")).toBe(back);
  expect(await finish(room, begun)).toEqual({
    title: "QuickBooks",
    connection: "books",
    account: "Harbour & Sons",
    can: ["read", "write"],
    note: null,
  });
  expect(tools.trips).toMatchObject([
    { way: "oauth", redirect: back, client: app, verifier: "verifier-1" },
  ]);
  expect(safe.kept.get("books")).toMatchObject({ client_id: "app", refresh_token: "r1" });
  expect(safe.standings.get("books")).toMatchObject({
    expires: Temporal.Instant.from("2027-03-01T00:00:00Z"),
    account: "Harbour & Sons",
  });
  expect(apps.kept).toEqual(new Map([["quickbooks ", app]]));
  expect(tools.checked.at(-1)).toMatchObject({
    settings: { realm: "123" },
    credential: {
      client_id: { kind: "kept" },
      client_secret: { kind: "kept" },
      refresh_token: { kind: "kept" },
    },
  });
  expect(signIns.ended).toEqual([token]);
  expect(audit.rows.at(-1)).toMatchObject({
    actor: "U0ADMIN",
    operation: "connections.sign-in",
    outcome: "done",
  });
  expect(JSON.stringify(audit.rows)).not.toMatch(/hush|r1"|verifier|state-1/);
});

test("the person in Slack is told, and so is whoever waits for an end of it", async () => {
  const room = await makeRoom();
  await finish(room, await begin(room, await page(room)));
  expect(room.memory.told.slice(-5)).toMatchObject([
    { kind: "signed_in", connection: "books", user: "U0ADMIN" },
    ...[0, 1, 7, 14].map((days) => ({ kind: "expiry", connection: "books", days })),
  ]);
  expect(room.queue.jobs.at(-1)).toEqual({ kind: "outbox" });
});

test("a client that is known is not asked for, and one whose place is said stays there", async () => {
  const room = await makeRoom();
  const { world, perform, refusal, tools, safe, apps } = room;
  const asked = begin(room, await page(room), { client: null });
  expect(await refusal(asked)).toBe(
    "Mistake: QuickBooks needs the client id and secret of your app.",
  );
  const credential = { client_id: "env:APP_ID", client_secret: "file:app-secret" };
  await perform("connections.add", { name: "books", connector: "quickbooks", credential }, admin);
  tools.appKnown = true;
  await finish(room, await begin(room, await page(room), { client: null }));
  const connection = await world.registry.connection(tools.checked.at(-1)?.name ?? ("" as never));
  expect(connection?.credential).toEqual({
    client_id: { kind: "env", name: "APP_ID" },
    client_secret: { kind: "file", name: "app-secret" },
    refresh_token: { kind: "kept" },
  });
  expect(Object.keys(safe.kept.get("books") ?? {})).toEqual(["refresh_token", "access_token"]);
  expect(apps.kept.size).toBe(0);
});

test("a state is good once", async () => {
  const room = await makeRoom();
  const begun = await begin(room, await page(room));
  await finish(room, begun);
  expect(await room.refusal(finish(room, begun))).toBe(tooLate);
  expect(await room.refusal(finish(room, { ...begun, state: "made up" }))).toBe(tooLate);
  expect(room.tools.trips).toHaveLength(1);
});

test("two that come back at once make one connection", async () => {
  const room = await makeRoom();
  const token = await page(room);
  const [one, two] = [await begin(room, token), await begin(room, token)];
  const said = await Promise.all(
    [one, one, two, two].map((each) => room.refusal(finish(room, each))),
  );
  expect(said.filter((sentence) => sentence === "nothing was refused")).toHaveLength(1);
  expect(said.filter((sentence) => sentence === tooLate)).toHaveLength(3);
  expect(room.tools.trips).toHaveLength(1);
});

test("a state ends after ten minutes", async () => {
  const room = await makeRoom();
  const begun = await begin(room, await page(room));
  room.clock.pass(10 * 60_000);
  expect(await room.refusal(finish(room, begun))).toBe(tooLate);
});

test.each([null, "browser-of-somebody-else"])(
  "in another browser nothing is finished: %s",
  async (browser) => {
    const room = await makeRoom();
    const begun = await begin(room, await page(room));
    expect(await room.refusal(finish(room, { ...begun, browser }))).toBe(
      "Mistake: This sign-in was begun in another browser. Ask for a new link in Slack and open it in this one.",
    );
    expect(await room.refusal(finish(room, begun))).toBe(tooLate);
    expect(room.safe.kept.size).toBe(0);
    expect(room.audit.rows.at(-1)).toMatchObject({
      operation: "connections.sign-in",
      outcome: "refused",
    });
  },
);

test("what comes back to another tool's address is not that tool's answer", async () => {
  const room = await makeRoom();
  const begun = await begin(room, await page(room));
  const astray = finish(room, begun, { connector: "hubspot" });
  expect(await room.refusal(astray)).toMatch(/^Mistake: This answer came back to another address/);
  expect(room.tools.trips).toEqual([]);
  expect(room.safe.kept.size).toBe(0);
});

test.each<[string, (room: Room) => unknown]>([
  ["the workspace is another", ({ world }) => (world.about.teamId = () => "T0OTHER")],
  [
    "the address under which we are reached is",
    ({ world }) => (world.about.publicUrl = () => "https://evil.example"),
  ],
  [
    "the connection is another tool's",
    ({ memory, world }) =>
      world.registry
        .connection("books" as never)
        .then(
          (books) =>
            books && memory.connections.set(books.name, { ...books, connector: "hubspot" }),
        ),
  ],
  ["the connection is gone", ({ memory }) => memory.connections.delete("books" as never)],
])("nothing is kept when %s by the time it comes back", async (_what, change) => {
  const room = await makeRoom();
  const begun = await begin(room, await page(room));
  await change(room);
  expect(await room.refusal(finish(room, begun))).toMatch(/^Mistake: This (sign-in|answer)/);
  expect([room.safe.kept.size, room.tools.trips.length]).toEqual([0, 0]);
});

test("somebody who is no admin any more signs nothing in", async () => {
  const room = await makeRoom();
  await room.perform("people.grant", { subject: "U0OPERATOR", role: "admin" }, admin);
  const token = await page(room, operator);
  const begun = await begin(room, token);
  await room.perform("people.grant", { subject: "U0OPERATOR", role: "operator" }, admin);
  expect(await room.refusal(begin(room, token))).toMatch(/^Mistake: This link was used already/);
  expect(await room.refusal(finish(room, begun))).toBe(tooLate);
  expect(room.safe.kept.size).toBe(0);
});

test.each([
  [{ ok: false, problem: "You signed in to 7, but books is for 5 (realm)." } as const],
  [new RetryLater("The sign-in service asks us to wait", 60_000)],
])(
  "a sign-in that brings nothing changes nothing, and the page is good for another",
  async (arrival) => {
    const room = await makeRoom();
    const token = await page(room);
    const begun = await begin(room, token);
    if (arrival instanceof Error) room.tools.arrive = () => Promise.reject(arrival);
    else room.tools.arrival = arrival;
    const said = await room.refusal(finish(room, begun));
    expect(said).toMatch(
      /^Mistake: (You signed in to 7|The sign-in could not be finished \(The sign-in service asks us to wait\)\. Try again)/,
    );
    expect([room.safe.kept.size, room.apps.kept.size]).toEqual([0, 0]);
    expect(await room.refusal(finish(room, begun))).toBe(tooLate);
    expect((await begin(room, token)).state).not.toBe(begun.state);
  },
);

test("only a way that leads through a browser can be begun, and only on a page that is open", async () => {
  const room = await makeRoom();
  const token = await page(room);
  const asked = { token, way: "service_key", client: app, browser: null };
  expect(await room.refusal(beginSignIn(room.world, asked))).toBe(
    "Mistake: QuickBooks has no such way of signing in.",
  );
  const elsewhere = beginSignIn(room.world, { ...asked, way: "oauth", token: "x".repeat(43) });
  expect(await room.refusal(elsewhere)).toMatch(/^Mistake: This link was used already/);
  await redeemInvitation(room.world, token, { token: "key" });
  expect(await room.refusal(begin(room, token))).toMatch(/^Mistake: This link was used already/);
});

test("a credential that the tool does not accept is kept and said to be so, in Slack too", async () => {
  const room = await makeRoom();
  room.tools.answer = { ok: false, problem: "QuickBooks: no." };
  expect(await finish(room, await begin(room, await page(room)))).toMatchObject({
    problem: "QuickBooks: no.",
  });
  expect(room.memory.told.map(({ kind }) => kind)).toContain("signed_in");
});

test("reconnecting keeps everything, but flows do not go on with another account by themselves", async () => {
  const room = await makeRoom();
  const { world, tools, flow, clock, perform } = room;
  await finish(room, await begin(room, await page(room)));
  const at = clock.now();
  const state = { kind: "paused", reason: "x", held: false, by: "Tieline", at } as const;
  await world.registry.turnFlow(flow.name, state);
  await world.incidents.raise(flow.name, "SignInAgain", "QuickBooks says 401", at);

  tools.answer = { ...working, account: "Another company" };
  const other = await finish(room, await begin(room, await page(room)));
  expect(other).toMatchObject({ note: /^Before, books was signed in as Harbour & Sons/ });
  expect((await perform("flows.get", { flow: flow.name }, operator)).flow.state.kind).toBe(
    "paused",
  );

  tools.answer = working;
  expect(await finish(room, await begin(room, await page(room)))).toMatchObject({ note: null });
  const status = await perform("flows.get", { flow: flow.name }, operator);
  expect(status.flow).toMatchObject({ ...flow, state: { kind: "on" } });
});
