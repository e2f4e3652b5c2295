import { expect, test } from "vitest";
import { Mistake, NotAllowed } from "#domain/errors.ts";
import { keepTrying } from "#slack/bolt/keep-trying.ts";
import { makeDoor, type Member } from "#slack/door.ts";
import { served, signed } from "./support/http.ts";
import { openRoom } from "./support/room.ts";
import {
  connection,
  digest,
  flowStatus,
  incident,
  incidentView,
  letter,
  letterView,
  now,
  run,
} from "./support/samples.ts";

const at = Temporal.Now.instant();
const fresh = { ...incidentView, incident: { ...incident, openedAt: at } };

test("a run is asked for with a command and confirmed to the asker alone", async () => {
  await using room = await openRoom({
    "runs.start": { run: { ...run, state: { kind: "queued" } }, fresh: true },
  });
  await room.person.type("integrations", "/sync run customers-to-books full");

  const answer = await room.person.message("integrations", /Started\./);
  expect(answer.ephemeral).toBe(true);
  expect(room.performed.at(-1)).toMatchObject({
    name: "runs.start",
    input: { flow: "customers-to-books", full: true, channel: "C024BE8LT" },
    actor: { kind: "slack", user: "U024BE7LH" },
  });
});

test("a record is inspected from its card, corrected, retried and seen written", async () => {
  let state = letter.state;
  const written = { kind: "written", by: "U024BE7LH", at: now } as const;
  await using room = await openRoom({
    "incidents.get": fresh,
    "letters.show": () => ({ ...letterView, letter: { ...letter, state } }),
    "letters.correct": { letter: letterView },
    "letters.retry": () => {
      state = written;
      return { run, taken: 1, busy: [], undecided: 0 };
    },
    "letters.outcome": { retried: 1, written: 1, superseded: 0, deadLettered: 0, over: true },
  });
  await room.tell({ kind: "incident", id: incident.id });

  const card = await room.person.message("integrations", /Needs a hand/);
  await room.person.press(card, "Inspect");
  const form = await room.person.modal(/Another customer is already using/);
  await room.person.submit(form, { Name: "Ada Lovelace (HubSpot)" });
  await room.person.modal(/QuickBooks has taken/);

  const corrected = room.performed.find(({ name }) => name === "letters.correct");
  expect(corrected?.input).toEqual({
    letter: letter.id,
    version: 3,
    fields: { name: "Ada Lovelace (HubSpot)" },
  });
});

test("what the operation says about a correction stands at its input, and nothing is lost", async () => {
  await using room = await openRoom({
    "incidents.get": fresh,
    "letters.show": letterView,
    "letters.correct": () => {
      throw new Mistake("Name must not be longer than 100 characters.");
    },
  });
  await room.tell({ kind: "incident", id: incident.id });
  await room.person.press(await room.person.message("integrations", /Needs a hand/), "Inspect");
  const form = await room.person.modal(/Another customer/);
  await room.person.submit(form, { Name: "Ada" });
  const again = await room.person.modal(/must not be longer/);
  expect(again.title.text).toBe("Inspect");
  expect(room.performed.map(({ name }) => name)).not.toContain("letters.retry");
});

test("somebody who was overtaken keeps their words and changes nothing", async () => {
  let version = 3;
  await using room = await openRoom({
    "incidents.get": fresh,
    "letters.show": () => ({ ...letterView, letter: { ...letter, version } }),
  });
  await room.tell({ kind: "incident", id: incident.id });
  await room.person.press(await room.person.message("integrations", /Needs a hand/), "Inspect");
  const form = await room.person.modal(/Another customer/);
  version = 4;
  await room.person.submit(form, { Name: "Ada of Harbour" });
  await room.person.modal(/You had typed: Ada of Harbour/);
  expect(room.performed.map(({ name }) => name)).not.toContain("letters.correct");
});

test("the second of two clicks hears who was first", async () => {
  await using room = await openRoom({
    "incidents.get": fresh,
    "letters.retry": {
      run: null,
      taken: 0,
      busy: [{ id: letter.id, by: "U024BE8RM" }],
      undecided: 0,
    },
    "letters.list": { letters: [], total: 0 },
  });
  await room.tell({ kind: "incident", id: incident.id });
  await room.person.press(await room.person.message("integrations", /Needs a hand/), "Retry all 7");
  const answer = await room.person.message("integrations", /Already being retried/);
  expect(answer.text).toContain("<@U024BE8RM>");
  expect(answer.ephemeral).toBe(true);
});

test("a stale button says what happened since, and its card is put right", async () => {
  let current = fresh;
  await using room = await openRoom({ "incidents.get": () => current });
  await room.tell({ kind: "incident", id: incident.id });
  const card = await room.person.message("integrations", /Needs a hand/);
  const closed = { kind: "closed", at: now, by: "U024BE8RM" } as const;
  current = { ...fresh, incident: { ...fresh.incident, state: closed, open: 0, written: 7 } };

  await room.person.press(card, "Retry all 7");
  await room.person.message("integrations", /Already settled by <@U024BE8RM>/);
  const repaired = await room.person.message("integrations", /\*Fixed\*/);
  expect(repaired.ts).toBe(card.ts);
});

test("a cause is discarded from its card with a reason", async () => {
  await using room = await openRoom({
    "incidents.get": fresh,
    "letters.discard": { discarded: 7 },
  });
  await room.tell({ kind: "incident", id: incident.id });
  await room.person.press(await room.person.message("integrations", /Needs a hand/), "Discard");
  await room.person.submit(await room.person.modal(/will not be written to QuickBooks/), {
    Why: "test data",
  });
  await room.person.message("integrations", /7 records discarded: test data/);
  expect(room.performed.at(-2)?.input).toEqual({ incident: incident.id, reason: "test data" });
});

test("the same words work by mention in a thread, and are answered there", async () => {
  await using room = await openRoom({ "flows.get": flowStatus, "incidents.get": fresh });
  await room.tell({ kind: "incident", id: incident.id });
  const card = await room.person.message("integrations", /Needs a hand/);
  await room.person.say("integrations", "@Tieline status customers-to-books please", card.ts);
  const answer = await room.person.message("integrations", /It runs when|Next run at.*\n?.*Owner/s);
  expect(answer.text).toContain("customers-to-books");
});

test("App Home shows how everything is, and its buttons open modals", async () => {
  await using room = await openRoom({
    "people.me": { role: "admin", first: false },
    "flows.list": [flowStatus],
    "incidents.list": [incidentView],
    "connections.list": [connection],
    "letters.show": letterView,
    "incidents.get": incidentView,
  });
  await room.person.home();
  const home = await room.person.eventually("App Home", ({ home }) => home ?? undefined);
  expect(JSON.stringify(home)).toContain("1 thing needs a hand");
  await room.person.pressInView(home, "Inspect");
  await room.person.modal(/Another customer/);
});

test("an event that is delivered twice has one effect", async () => {
  await using room = await openRoom({ "flows.list": [flowStatus] });
  await room.control({ duplicate_events: true });
  await room.person.say("integrations", "@Tieline list");
  await room.person.message("integrations", /1 flow/);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(room.performed.filter(({ name }) => name === "flows.list")).toHaveLength(1);
});

test("after Slack asks us to reconnect we hear again within three seconds", async () => {
  await using room = await openRoom({ "flows.list": [flowStatus] });
  expect(room.slack.connected()).toBe(true);
  await room.control({ disconnect: true });
  const deadline = Date.now() + 6000;
  let answered = { ok: false };
  while (!answered.ok && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    if (room.slack.connected()) answered = await room.person.type("integrations", "/sync list");
  }
  expect(answered.ok).toBe(true);
  await room.person.message("integrations", /1 flow/);
});

test("the digest is shown in the channel with its chart", async () => {
  await using room = await openRoom({ "digest.show": digest });
  await room.person.type("integrations", "/digest now");
  const shown = await room.person.message("integrations", /Chart of the last 14 days/);
  expect(shown.blocks?.map(({ type }) => type)).toContain("image");
  expect(shown.ephemeral ?? false).toBe(false);
});

test("by HTTP, a signed request of now is heard and any other is not", async () => {
  await using room = await openRoom({ "flows.list": [flowStatus] }, { by: "http" });
  const { requestListener } = room.slack;
  if (requestListener === null) throw new Error("HTTP must have a listener.");
  await using server = await served(requestListener);
  await room.control({ request_url: server.url });
  await room.person.type("integrations", "/sync list");
  await room.person.message("integrations", /1 flow/);

  const body = JSON.stringify({ type: "url_verification", challenge: "c" });
  const ask = async (at: string, secret = room.signingSecret) =>
    (await fetch(server.url, { method: "POST", body, headers: signed(secret, body, at) })).status;
  const seconds = Math.floor(Date.now() / 1000);
  expect(await ask(String(seconds))).toBe(200);
  expect(await ask(String(seconds), "another secret")).toBe(401);
  for (const at of [String(seconds - 301), String(seconds + 305), "abc", "", "1e9"])
    expect(await ask(at), at).toBe(401);
});

test("guests, other workspaces and bots are turned away before anything is done", async () => {
  const users: Record<string, Member> = {
    U1: { id: "U1", team_id: "T1" },
    UG: { id: "UG", team_id: "T1", is_restricted: true },
    US: { id: "US", team_id: "T2", is_stranger: true },
    UB: { id: "UB", team_id: "T1", is_bot: true },
    UD: { id: "UD", team_id: "T1", deleted: true },
  };
  const client = {
    users: {
      async info({ user }: { user: string }) {
        const found = users[user];
        return found ? { user: found } : {};
      },
    },
  };
  const door = makeDoor(
    client,
    () => "T1",
    () => now,
  );
  expect(await door.admit({ team: "T1", user: "U1" })).toEqual({
    kind: "slack",
    team: "T1",
    user: "U1",
  });
  for (const user of ["UG", "US", "UB", "UD"])
    await expect(door.admit({ team: "T1", user })).rejects.toThrow(NotAllowed);
  await expect(door.admit({ team: "T2", user: "U1" })).rejects.toThrow(NotAllowed);
  await expect(door.admit({ team: "T1", user: undefined })).rejects.toThrow(NotAllowed);
});

test("a workspace that cannot be reached does not keep us from coming up", async () => {
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  let tries = 0;
  await using _trying = await keepTrying(() => {
    tries += 1;
    return Promise.reject(new Error("ECONNREFUSED"));
  }, log);
  expect(tries).toBe(1);
  await expect(keepTrying(() => Promise.reject(new Error("invalid_auth")), log)).rejects.toThrow(
    Mistake,
  );
});
