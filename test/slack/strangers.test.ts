import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import type { Actor, Role } from "#domain/actor.ts";
import { NotAllowed } from "#domain/errors.ts";
import type { OperationName, Perform } from "#operations/contract.ts";
import { operations } from "#operations/index.ts";
import { allActions } from "#slack/actions/index.ts";
import type { Param } from "#slack/command/command.ts";
import { loadCommands } from "#slack/command/load.ts";
import type { Member } from "#slack/door.ts";
import { startSlack } from "#slack/start-slack.ts";
import { makeRoom, team } from "../operations/support/room.ts";
import { fakeSlack } from "./support/fake-slack.ts";
import { served, signed } from "./support/http.ts";
import { memoryOutbox } from "../support/memory/outbox.ts";
import { inMemoryPosts } from "./support/outbox.ts";
import { commandsFolder } from "./support/room.ts";

const member = (id: string, more: Partial<Member> = {}): [string, Member] => [
  id,
  { id, team_id: team, deleted: false, is_bot: false, ...more },
];
const people = Object.fromEntries([
  member("U0ADMIN"),
  member("U0OPERATOR"),
  member("U0VIEWER"),
  member("U0GUEST", { is_restricted: true }),
  member("U0SINGLE", { is_ultra_restricted: true }),
  member("U0BOT", { is_bot: true }),
  member("U0GONE", { deleted: true }),
  member("U0OTHER", { team_id: "T0OTHER" }),
  member("U0STRANGER", { is_stranger: true }),
]);
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const commands = await loadCommands(commandsFolder);
const { actions, forms } = allActions(commands, quiet);

type Done = { name: OperationName; actor: Actor; outcome: "done" | "refused" | "failed" };

/** The bot over signed HTTP, before the real gate; every payload here is one Slack itself has signed. */
async function openHouse() {
  const room = await makeRoom();
  await room.people.grant({ subject: { kind: "user", id: "U0GUEST" }, role: "admin" });
  await room.people.grant({ subject: { kind: "user", id: "U0STRANGER" }, role: "admin" });
  const letter = await room.letter({});
  const done: Done[] = [];
  const perform: Perform = async (name, input, actor) => {
    const keep = (outcome: Done["outcome"]) => void done.push({ name, actor, outcome });
    try {
      const out = await room.perform(name, input, actor);
      keep("done");
      return out;
    } catch (error) {
      keep(error instanceof NotAllowed ? "refused" : "failed");
      throw error;
    }
  };
  const parts = new AsyncDisposableStack();
  const api = parts.use(await fakeSlack(team, people));
  const signingSecret = "a-signing-secret";
  const slack = parts.use(
    await startSlack({
      config: { botToken: "xoxb-1", appToken: null, signingSecret, apiUrl: api.apiUrl },
      perform,
      outbox: memoryOutbox({ outbox: [], told: [] }),
      posts: inMemoryPosts(),
      incidents: { history: () => Promise.resolve([]) },
      settings: room.world.settings,
      clock: {
        now: () => Temporal.Now.instant(),
        elapsed: () => 0,
        sleep: () => Promise.resolve(),
      },
      log: quiet,
      closing: new AbortController().signal,
      commandsFolder,
      download: () => Promise.reject(new Error("no file is handed in here")),
      tell: () => Promise.resolve(),
    }),
  );
  if (slack.requestListener === null) throw new Error("HTTP must have a listener.");
  const { url } = parts.use(await served(slack.requestListener));

  const send = async (body: string, type: string): Promise<number> => {
    const now = String(Math.floor(Date.now() / 1000));
    const headers = { ...signed(signingSecret, body, now), "content-type": type };
    const response = await fetch(url, { method: "POST", body, headers });
    await response.arrayBuffer();
    return response.status;
  };
  const form = "application/x-www-form-urlencoded";
  return {
    done,
    called: api.called,
    url,
    signingSecret,
    letter,
    command: (fields: Record<string, string>) =>
      send(new URLSearchParams({ response_url: api.respondUrl, ...fields }).toString(), form),
    interact: (payload: object) =>
      send(new URLSearchParams({ payload: JSON.stringify(payload) }).toString(), form),
    event: (payload: object) => send(JSON.stringify(payload), "application/json"),
    respondUrl: api.respondUrl,
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
}
type House = Awaited<ReturnType<typeof openHouse>>;

const word = ({ takes, label }: Param, name: string): string =>
  ({
    ...{ name, rest: "because", flag: label, channel: "<#C024BE8LT|integrations>" },
    ...{ time: "08:00", zone: "Europe/Paris", subject: "<@U0VIEWER>", role: "operator" },
  })[takes];

let serial = 0;
const trigger = () => `trigger.${++serial}`;

/** Every line, click, form, mention and visit that there is, as this person. */
async function askForEverything(house: House, user: string, from = team): Promise<void> {
  const names = ["customers-to-books", "crm", house.letter.id, house.letter.incident];
  const whom = {
    team: { id: from },
    user: { id: user, team_id: from },
    is_enterprise_install: false,
  };
  const sent: Promise<number>[] = [];
  for (const { name: command, verbs } of commands)
    for (const { verb, params } of verbs)
      for (const name of names) {
        const text = [verb, ...Object.values(params).map((param) => word(param, name))].join(" ");
        const about = { command, text, user_id: user, team_id: from, channel_id: "C024BE8LT" };
        sent.push(house.command({ ...about, trigger_id: trigger() }));
      }
  for (const action_id of actions.keys())
    for (const value of [...names, ...names.map((name) => `snooze ${name}`), ...names.map((name) => `pause ${name}`), "/digest off"])
      sent.push(
        house.interact({
          ...{ type: "block_actions", ...whom, trigger_id: trigger(), response_url: house.respondUrl },
          ...{ channel: { id: "C024BE8LT" }, container: { type: "message" }, message: { ts: "1.1" } },
          actions: [{ type: "button", block_id: "b", action_id, value }],
        }),
      ); // prettier-ignore
  for (const callback_id of forms.keys())
    for (const meta of [
      { letter: house.letter.id, version: 1, incident: house.letter.incident, connector: "hubspot" },
      { letter: house.letter.id, version: 1, actor: "U0ADMIN", user: "U0ADMIN", role: "admin" },
    ])
      sent.push(
        house.interact({
          ...{ type: "view_submission", ...whom, trigger_id: trigger() },
          view: {
            ...{ id: "V1", hash: "h", type: "modal", callback_id, blocks: [] },
            title: { type: "plain_text", text: "Form" },
            private_metadata: JSON.stringify({ ...meta, channel: "C024BE8LT" }),
            state: {
              values: Object.fromEntries(
                Object.entries({ name: "spare", reason: "because", flow: "customers-to-books", connector: "hubspot" })
                  .map(([block, value]) => [block, { value: { type: "plain_text_input", value } }]),
              ),
            },
          },
        }),
      ); // prettier-ignore
  const event = { api_app_id: "A1", type: "event_callback", team_id: from };
  const mention = { type: "app_mention", user, team: from, channel: "C024BE8LT", ts: "1.2" };
  for (const text of ["sync run customers-to-books", "digest off", "tieline audit"])
    sent.push(
      house.event({
        ...{ ...event, event_id: trigger() },
        event: { ...mention, text: `<@U0TIELINE> ${text}` },
      }),
    );
  const home = { type: "app_home_opened", tab: "home", user, channel: "D1" };
  sent.push(house.event({ ...event, event_id: trigger(), event: home }));
  const statuses = await Promise.all(sent);
  expect(new Set(statuses)).toEqual(new Set([200]));
  // All is acknowledged at once and done after that: over when nothing new has been said for a while.
  for (let before = -1; before !== house.called.length + house.done.length;) {
    before = house.called.length + house.done.length;
    await sleep(250);
  }
}

const ranks: readonly Role[] = ["viewer", "operator", "admin"];
const doneBy = (house: House): OperationName[] =>
  [
    ...new Set(house.done.filter(({ outcome }) => outcome === "done").map(({ name }) => name)),
  ].sort();

test.each([
  ["U0ADMIN", "admin", 20],
  ["U0OPERATOR", "operator", 14],
  ["U0VIEWER", "viewer", 6],
] as const)(
  "whatever %s asks for in Slack, only what a role of %s may is done",
  async (user, role, least) => {
    await using house = await openHouse();
    await askForEverything(house, user);
    const done = doneBy(house);
    const beyond = done.filter(
      (name) => ranks.indexOf(operations[name].needs) > ranks.indexOf(role),
    );
    expect(beyond).toEqual([]);
    expect(done.length, done.join(" ")).toBeGreaterThanOrEqual(least);
    for (const { actor } of house.done) expect(actor).toEqual({ kind: "slack", team, user });
  },
  60_000,
);

test.each([
  ["a guest who was given a role", "U0GUEST", team],
  ["a guest of one channel", "U0SINGLE", team],
  ["a bot", "U0BOT", team],
  ["somebody deactivated", "U0GONE", team],
  ["somebody whose account is elsewhere", "U0OTHER", team],
  ["a stranger in a shared channel who was given a role", "U0STRANGER", team],
  ["an admin's id in another workspace", "U0ADMIN", "T0OTHER"],
  ["nobody Slack knows", "U0NOBODY", team],
])(
  "%s can ask for nothing at all",
  async (_who, user, from) => {
    await using house = await openHouse();
    await askForEverything(house, user, from);
    expect(house.done).toEqual([]);
    expect(house.called.some(({ method }) => /respond|postEphemeral|views/.test(method))).toBe(
      true,
    );
  },
  60_000,
);

test("a request that is replayed 200 times has one effect, and a forged one none", async () => {
  await using house = await openHouse();
  const body = (text: string, more: Record<string, string> = {}) =>
    new URLSearchParams({
      ...{ command: "/sync", text, user_id: "U0ADMIN", team_id: team, channel_id: "C024BE8LT" },
      ...{ trigger_id: trigger(), response_url: house.respondUrl, ...more },
    }).toString();
  const now = String(Math.floor(Date.now() / 1000));
  const form = { "content-type": "application/x-www-form-urlencoded" };
  const post = async (text: string, headers: Record<string, string>, method = "POST") => {
    const about = { method, headers: { ...headers, ...form } };
    return (await fetch(house.url, method === "GET" ? about : { ...about, body: text })).status;
  };
  const valid = body("pause customers-to-books");
  const headers = signed(house.signingSecret, valid, now);
  const { "x-slack-signature": signature = "" } = headers;

  const forged: [string, Record<string, string>, string?][] = [
    [`${valid}&text=list`, headers],
    [decodeURIComponent(valid), headers],
    [valid, { ...headers, "x-slack-signature": `${signature}, ${signature}` }],
    [valid, { ...headers, "x-slack-signature": signature.slice(0, -2) }],
    [valid, { ...headers, "x-slack-signature": `${signature}00` }],
    [valid, { ...headers, "x-slack-signature": signature.replace("v0=", "v1=") }],
    [valid, { ...headers, "x-slack-signature": "v0=" }],
    [valid, { "x-slack-request-timestamp": now }],
    [valid, { "x-slack-signature": signature }],
    [valid, { ...headers, "x-slack-request-timestamp": `${now}.0` }],
    [body("pause customers-to-books", { ssl_check: "1" }), { ...headers, "x-slack-signature": "v0=00" }],
    ["", headers, "GET"],
    ["x".repeat(300_000), signed(house.signingSecret, "x".repeat(300_000), now)],
  ]; // prettier-ignore
  for (const [text, given, method] of forged) await post(text, given, method);
  await sleep(200);
  expect(house.done).toEqual([]);

  const statuses = await Promise.all(Array.from({ length: 200 }, () => post(valid, headers)));
  await expect.poll(() => house.done.length).toBe(1);
  await sleep(200);
  expect(house.done.map(({ name }) => name)).toEqual(["flows.pause"]);
  expect(new Set(statuses)).toEqual(new Set([200]));
});
