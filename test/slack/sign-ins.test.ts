import { expect, test } from "vitest";
import { Mistake } from "#domain/errors.ts";
import type { NoticeDays, Subject } from "#domain/ports/outbox.ts";
import type { Standing } from "#domain/ports/registry.ts";
import type { ConnectionView } from "#operations/contract.ts";
import type { SlackApi } from "#slack/client.ts";
import { makeOutboxSender } from "#slack/outbox/sender.ts";
import { describeConnection, usualOfHidden } from "#slack/views/connection-form.ts";
import { connectionChecked, connectionList, connectionRemoved } from "#slack/views/connections.ts";
import { digestMessage } from "#slack/views/digest.ts";
import { message } from "#slack/message.ts";
import { ask, buttonsIn } from "../commands/ask.ts";
import { expectGoodMessage, expectGoodModal } from "./support/limits.ts";
import { memoryOutbox } from "../support/memory/outbox.ts";
import { inMemoryPosts } from "./support/outbox.ts";
import { performing } from "./support/answers.ts";
import { connection, digest, facts, now } from "./support/samples.ts";

const inDays = (days: number): Temporal.Instant => now.add({ minutes: Math.round(24 * 60 * days) });
const viewOf = (standing: Partial<Standing>): ConnectionView => ({
  ...connection,
  signedIn: true,
  title: "QuickBooks",
  standing: { ...connection.standing, ...standing },
});

/** The bot's messages to people, while a connection's sign-in stands as `view` says at `time`. */
function messenger(view: ConnectionView) {
  const world = { view: view as ConnectionView | undefined, now };
  const posted: { to: string; text: string; buttons: readonly string[] }[] = [];
  const edited: string[] = [];
  const api: SlackApi = {
    async post(to, said) {
      expectGoodMessage(said);
      posted.push({ to, text: said.text, buttons: buttonsIn(said.blocks) });
      return { channel: to, ts: `${world.now.epochMilliseconds / 1000}.000100` };
    },
    async update(_channel, _ts, said) {
      expectGoodMessage(said);
      edited.push(said.text);
    },
    whisper: () => Promise.resolve(),
    canvas: () => Promise.resolve({ link: null }),
    upload: () => Promise.resolve("F1"),
  };
  const health = { ok: false, problem: "QuickBooks: no." } as const;
  const { perform } = performing({
    "connections.list": () => (world.view === undefined ? [] : [world.view]),
    "connections.check": () => {
      if (world.view === undefined) throw new Mistake("There is no connection crm any more.");
      return { ...world.view, health };
    },
  });
  const outbox = memoryOutbox({ outbox: [], told: [] });
  const sender = makeOutboxSender({
    outbox,
    perform,
    api,
    posts: inMemoryPosts(),
    incidents: { history: () => Promise.resolve([]) },
    settings: { get: async () => ({ ...digest.settings, channel: "#general" }) },
    pictures: { drawn: (said) => Promise.resolve(said) },
    clock: { now: () => world.now, elapsed: () => 0, sleep: () => Promise.resolve() },
    log: { info() {}, warn() {}, error() {} },
    closing: new AbortController().signal,
    paceMs: 1,
  });
  return {
    world,
    posted,
    edited,
    async tell(...subjects: Subject[]) {
      for (const subject of subjects) await outbox.tell(subject);
      await sender.send();
    },
  };
}
const notice = (days: NoticeDays): Subject => ({ kind: "expiry", connection: "crm", days });

test("each notice of an end goes to the owner once, with a button to reconnect", async () => {
  const slack = messenger(viewOf({ expires: inDays(13.5) }));
  await slack.tell(notice(14));
  await slack.tell(notice(14));
  slack.world.now = inDays(7.5);
  await slack.tell(notice(7));
  slack.world.now = inDays(8);
  await slack.tell(notice(7));
  expect(slack.posted).toMatchObject([
    {
      to: "U024BE7LH",
      text: expect.stringMatching(
        /\*Reconnect crm\*: the QuickBooks sign-in of \*crm\* expires in 13 days, <!date/,
      ) as string,
    },
    { to: "U024BE7LH", text: expect.stringMatching(/expires in 6 days/) as string },
  ]);
  expect(slack.posted[0]?.text).toContain(
    "This flow stops then: customers-to-books. Reconnecting keeps all that it remembers.",
  );
  expect(slack.posted[0]?.buttons).toEqual(["connection.invite crm"]);
  expect(slack.edited).toEqual([
    expect.stringMatching(/expires in 13 days/),
    expect.stringMatching(/expires in 5 days/),
  ]);
});

test("a sign-in that is refused is told at once; after signing in again the message says so", async () => {
  const slack = messenger(viewOf({ refused: now, expires: inDays(80) }));
  await slack.tell(notice(0));
  expect(slack.posted).toMatchObject([
    { text: expect.stringMatching(/is no longer accepted, since/) as string },
  ]);
  slack.world.view = viewOf({ expires: inDays(100) });
  slack.world.now = inDays(1);
  await slack.tell(notice(0), notice(1), notice(7), notice(14));
  expect(slack.posted).toHaveLength(1);
  expect(slack.edited).toEqual([
    expect.stringMatching(/✓ \*crm\* is signed in to QuickBooks again until <!date/),
  ]);

  slack.world.now = inDays(50);
  slack.world.view = viewOf({ refused: inDays(50) });
  await slack.tell(notice(0));
  expect(slack.posted).toHaveLength(2);
});

test("a connection without an owner is the channel's, and one that is gone is nobody's", async () => {
  const view = viewOf({ expires: inDays(0.5) });
  const slack = messenger({ ...view, connection: { ...view.connection, owner: null } });
  await slack.tell(notice(1));
  expect(slack.posted).toMatchObject([
    { to: "#general", text: expect.stringMatching(/expires within a day/) as string },
  ]);
  slack.world.view = undefined;
  await slack.tell(notice(7), { kind: "signed_in", connection: "crm", user: "U1", at: "x" });
  expect(slack.posted).toHaveLength(1);
});

test("whoever signed in hears in Slack what came of it", async () => {
  const slack = messenger(viewOf({}));
  await slack.tell({ kind: "signed_in", connection: "crm", user: "U024BE8RM", at: "2026" });
  expect(slack.posted).toMatchObject([
    { to: "U024BE8RM", text: expect.stringContaining("*crm* does not work") as string },
  ]);
});

test("a look names account, scopes and a record of each object, masked", () => {
  const checked = connectionChecked({
    ...viewOf({}),
    health: {
      ok: true,
      account: "Harbour & Sons",
      can: ["read people"],
      limits: "",
      scopes: { has: ["a", "b"], more: ["b"] },
      samples: [
        { object: "people", title: "Ada Lovelace" },
        { object: "mails", title: "ada@example.com" },
        { object: "places", title: null },
      ],
    },
  });
  expectGoodMessage(checked);
  expect(checked.text).toContain("Signed in as Harbour &amp; Sons.");
  expect(checked.text).toContain("Allowed: a, b. It does not need: b.");
  expect(checked.text).toContain(
    "people: A••• L•••, for one\nmails: a•••@e•••.com, for one\nplaces: none yet",
  );
  expect(checked.text).not.toMatch(/Lovelace|ada@/);
});

test("the list says until when, and who has to sign in again", () => {
  const text = (standing: Partial<Standing>, signedIn = true) =>
    connectionList([{ ...viewOf(standing), signedIn }]);
  expect(text({ expires: inDays(3) }).text).toMatch(/sign in again by <!date/);
  const refused = text({ refused: now }, false);
  expect(refused.text).toContain("● *Signed out*");
  expect(buttonsIn(refused.blocks)).toContain("connection.invite crm");
});

test("the digest names sign-ins that end, each with its button", () => {
  const said = digestMessage({
    ...digest,
    incidents: [],
    ending: [viewOf({ expires: inDays(6.2) }), viewOf({ refused: now })],
  });
  expectGoodMessage(said);
  expect(said.text).toMatch(
    /● \*Sign in again\*: the QuickBooks sign-in of \*crm\* expires in 6 days/,
  );
  expect(said.text).not.toContain("Nothing needs you");
  expect(buttonsIn(said.blocks)).toEqual(["connection.invite crm", "connection.invite crm"]);
});

test("reconnecting leads to a page of its own, and who removes a connection hears of both ends", async () => {
  const { text, performed } = await ask("/connector reconnect crm", {
    "connections.invite": { url: "https://tieline.example/connect#t", expires: now },
  });
  expect(performed).toMatchObject([{ name: "connections.invite", input: { connection: "crm" } }]);
  expect(text).toContain("Sign *crm* in on this page");
  const removed = (revoked: boolean | null) =>
    message([connectionRemoved({ name: "crm", title: "QuickBooks", revoked })]).text;
  expect(removed(null)).toBe("*crm* is removed, and its credential forgotten.");
  expect(removed(true)).toContain("QuickBooks has ended its sign-in too.");
  expect(removed(false)).toContain("remove Tieline from the connected apps there");
});

test("what signing in brings is asked of nobody, in the form of a connection neither", () => {
  const field = { secret: true, optional: false, brought: false };
  const oauth = {
    name: "oauth",
    about: "An app of your own",
    browser: true,
    scopes: [],
    fields: [
      { ...field, name: "client_id", label: "Client id" },
      { ...field, name: "refresh_token", label: "Refresh token", brought: true },
    ],
  };
  const realm = {
    name: "realm",
    label: "Company",
    about: "Its number.",
    optional: false,
    kind: "text" as const,
    brought: true,
  };
  const modal = describeConnection({ ...facts, credentials: [oauth], settings: [realm] }, "", true);
  expectGoodModal(modal);
  const text = JSON.stringify(modal);
  expect(text).toContain("Client id");
  expect(text).not.toContain("Refresh token");
  expect(text).toContain("Leave it empty if you sign in through the browser");
  expect(modal.blocks.find((block) => JSON.stringify(block).includes("Company"))).toMatchObject({
    optional: true,
  });
});

test("what can be chosen after signing in is not asked before, unless somebody wants to say it", () => {
  const audience = {
    name: "audience",
    label: "Audience",
    about: "Its id.",
    optional: false,
    kind: "text" as const,
    brought: true,
    chosen: true as const,
  };
  const about = { ...facts, settings: [audience] };
  expect(JSON.stringify(describeConnection(about, ""))).not.toContain("Audience");
  const modal = describeConnection(about, "", true);
  expectGoodModal(modal);
  expect(JSON.stringify(modal)).toContain("Leave it empty to choose it after signing in.");
  const block = modal.blocks.find((one) => JSON.stringify(one).includes("Audience"));
  expect(block).toMatchObject({ optional: true });
  const usual = usualOfHidden({ ...about, settings: [{ ...audience, usual: "a1" }] });
  expect(usual).toMatchObject({ "setting:hubspot:audience": "a1" });
});
