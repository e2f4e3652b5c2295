import { expect, test } from "vitest";
import { RetryLater, Unavailable } from "#domain/errors.ts";
import { incidentId } from "#domain/ids.ts";
import type { Subject } from "#domain/ports/outbox.ts";
import { SlackRefused, type SlackApi } from "#slack/client.ts";
import { makePictures } from "#slack/chart/pictures.ts";
import { drawPicture } from "#slack/chart/draw.ts";
import { makeOutboxSender } from "#slack/outbox/sender.ts";
import { performing, type Answers } from "./support/answers.ts";
import { memoryOutbox } from "../support/memory/outbox.ts";
import { inMemoryPosts } from "./support/outbox.ts";
import { digest, incident, incidentView, run, now } from "./support/samples.ts";

const card: Subject = { kind: "incident", id: incident.id };

/** A Slack that keeps messages by channel and ts, and refuses what it is told to. */
function makeSlack() {
  const messages = new Map<string, { text: string; thread: string | undefined; blocks: number }>();
  const calls: string[] = [];
  const trouble: { at: string; error: Error; times: number }[] = [];
  let seconds = now.epochMilliseconds / 1000;

  const call = (name: string): void => {
    calls.push(name);
    const found = trouble.find(({ at, times }) => name.startsWith(at) && times > 0);
    if (!found) return;
    found.times -= 1;
    throw found.error;
  };
  const api: SlackApi = {
    async post(channel, { text, blocks }, thread) {
      call(`post ${channel}`);
      const ts = `${(seconds += 1)}.000100`;
      messages.set(`${channel} ${ts}`, { text, thread, blocks: blocks.length });
      return { channel, ts };
    },
    async update(channel, ts, { text, blocks }) {
      call(`update ${channel}`);
      if (!messages.has(`${channel} ${ts}`)) throw new SlackRefused("message_not_found");
      messages.set(`${channel} ${ts}`, { text, thread: undefined, blocks: blocks.length });
    },
    async whisper(channel) {
      call(`whisper ${channel}`);
    },
    canvas: () => Promise.resolve({ link: null }),
    async upload(png) {
      call("upload");
      expect(Buffer.from(png).subarray(1, 4).toString()).toBe("PNG");
      return "F024BE7LP";
    },
  };
  const fails = (at: string, error: Error, times = Infinity) => trouble.push({ at, error, times });
  return { api, messages, calls, fails };
}

function makeSender(
  answers: Answers,
  history: { at: Temporal.Instant; by: string; what: string }[] = [],
) {
  const slack = makeSlack();
  const outbox = memoryOutbox({ outbox: [], told: [] });
  const time = { now };
  const closing = new AbortController();
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const sender = makeOutboxSender({
    outbox,
    posts: inMemoryPosts(),
    perform: performing(answers).perform,
    incidents: { history: async () => history },
    settings: { get: async () => ({ ...digest.settings, channel: "#general" }) },
    api: slack.api,
    pictures: makePictures(slack.api, drawPicture, log),
    clock: { now: () => time.now, elapsed: () => 0, sleep: () => Promise.resolve() },
    log,
    closing: closing.signal,
    paceMs: 1,
  });
  return {
    ...slack,
    outbox,
    sender,
    closing,
    time,
    texts: () => [...slack.messages.values()].map(({ text }) => text),
    async tell(...subjects: Subject[]) {
      for (const subject of subjects) await outbox.tell(subject);
      return sender.send();
    },
  };
}

test("a card is posted once and then edited in place", async () => {
  let open = 7;
  const { tell, texts, calls } = makeSender({
    "incidents.get": () => ({
      ...incidentView,
      incident: { ...incident, open, written: 7 - open },
    }),
  });
  await tell(card);
  open = 2;
  await tell(card);
  await tell(card);
  expect(texts()).toHaveLength(1);
  expect(texts()[0]).toContain("2 of 7 records still open");
  expect(calls).toEqual(["post #integrations", "update #integrations"]);
});

test("after an outage each subject is told once, as things are then", async () => {
  const { tell, texts, fails, outbox, time, calls } = makeSender({ "incidents.get": incidentView });
  fails("post", new Unavailable("Slack is away"), 1);
  const { again } = await tell(card);
  expect(again).not.toBeNull();
  expect(await outbox.waiting()).toBe(1);

  time.now = again ?? now;
  await tell(card, card, card);
  expect(texts()).toHaveLength(1);
  expect(calls).toHaveLength(2);
  expect(await outbox.waiting()).toBe(0);
});

test("a process that ends tells what is on its way: the rest is for whoever comes next", async () => {
  const { tell, api, closing, calls, outbox } = makeSender({ "incidents.get": incidentView });
  const { post } = api;
  api.post = (...message) => {
    closing.abort();
    return post(...message);
  };
  const cards = Array.from({ length: 20 }, (_, n): Subject => ({ kind: "incident", id: incidentId(`i${n}`) })); // prettier-ignore
  expect(await tell(...cards)).toEqual({ again: now });
  expect(calls).toHaveLength(1);
  const left = await outbox.due(20, now);
  expect(left.map(({ subject }) => subject)).toEqual(cards.slice(1));
  // Not put off, and not for a failure.
  expect(left.every(({ attempts }) => attempts === 0)).toBe(true);
});

test("when Slack says how long to wait, that long is waited", async () => {
  const { tell, fails, time, sender, calls } = makeSender({ "incidents.get": incidentView });
  fails("post", new RetryLater("slow down", 30_000), 1);
  const { again } = await tell(card);
  // Somebody has to look again, also when nothing is due yet.
  expect(again).not.toBeNull();
  time.now = now.add({ seconds: 29 });
  await sender.send();
  expect(calls).toHaveLength(1);
  time.now = now.add({ seconds: 30 });
  await sender.send();
  expect(calls).toHaveLength(2);
});

test("a message that somebody deleted is posted again", async () => {
  let open = 7;
  const { tell, messages, texts } = makeSender({
    "incidents.get": () => ({ ...incidentView, incident: { ...incident, open } }),
  });
  await tell(card);
  messages.clear();
  open = 6;
  await tell(card);
  expect(texts()).toHaveLength(1);
});

test.each(["not_in_channel", "channel_not_found", "is_archived"])(
  "on %s the owner is told, with the way to invite us",
  async (code) => {
    const { tell, fails, messages } = makeSender({ "incidents.get": incidentView });
    fails("post #integrations", new SlackRefused(code));
    await tell(card);
    const [[place, { text }] = ["", { text: "" }]] = messages;
    expect(place).toMatch(/^U024BE7LH /);
    expect(text).toContain("/invite @Tieline");
    expect(text).toContain("Needs a hand");
  },
);

test("where the owner cannot be reached either, the workspace's own channel is", async () => {
  const { tell, fails, messages } = makeSender({ "incidents.get": incidentView });
  fails("post #integrations", new SlackRefused("not_in_channel"));
  fails("post U024BE7LH", new SlackRefused("user_not_found"));
  await tell(card);
  expect([...messages.keys()][0]).toMatch(/^#general /);
});

test("a card that reopens is posted anew, and the old one stays as it ended", async () => {
  let state: typeof incident = incident;
  const { tell, texts } = makeSender({
    "incidents.get": () => ({ ...incidentView, incident: state }),
  });
  await tell(card);
  state = { ...incident, open: 0, written: 7, state: { kind: "closed", at: now, by: "Tieline" } };
  await tell(card);
  state = { ...incident, openedAt: now.add({ hours: 2 }) };
  await tell(card);
  expect(texts()).toEqual([
    expect.stringContaining("*Fixed*"),
    expect.stringContaining("*Needs a hand*"),
  ]);
});

test("an incident that closed before anybody was told is not told", async () => {
  const closed = { ...incident, state: { kind: "closed", at: now, by: "Tieline" } as const };
  const { tell, calls } = makeSender({ "incidents.get": { ...incidentView, incident: closed } });
  await tell(card);
  expect(calls).toEqual([]);
});

test("what happened goes into the thread of the card and mentions nobody", async () => {
  const history = [{ at: now, by: "U024BE8RM", what: "Retrying 7 records" }];
  const { tell, messages } = makeSender({ "incidents.get": incidentView }, history);
  await tell(card);
  await tell({ kind: "incident_note", id: incident.id, note: 0 });
  const note = [...messages.values()].at(-1);
  expect(note?.thread).toMatch(/^\d+\.000100$/);
  expect(note?.text).toContain("Retrying 7 records");
  expect(note?.text).not.toContain("<@");
});

test("progress is looked at again every three seconds until the run is over", async () => {
  let state: typeof run = { ...run, channel: "C1", state: { kind: "running" }, endedAt: null };
  const { tell, time, texts, outbox } = makeSender({ "runs.get": () => state });
  const subject = { kind: "run", id: run.id } as const;
  const { again } = await tell(subject);
  expect(again).toEqual(now.add({ seconds: 3 }));
  state = { ...run, channel: "C1" };
  time.now = again ?? now;
  expect((await tell(subject)).again).toBeNull();
  expect(texts()).toEqual([expect.stringContaining("✓ *Done")]);
  expect(await outbox.waiting()).toBe(0);
});

test("a run that ends while its card is being posted is told as over at once", async () => {
  let state: typeof run = { ...run, channel: "C1", state: { kind: "running" }, endedAt: null };
  const subject = { kind: "run", id: run.id } as const;
  const { tell, sender, texts, outbox, api } = makeSender({ "runs.get": () => state });
  const post = api.post.bind(api);
  api.post = async (...said) => {
    state = { ...run, channel: "C1" };
    await outbox.tell(subject);
    return post(...said);
  };
  await tell(subject);
  await sender.send();
  expect(texts()).toEqual([expect.stringContaining("✓ *Done")]);
  expect(await outbox.waiting()).toBe(0);
});

test("the digest comes with its chart, and without it when the upload fails", async () => {
  const { tell, messages, fails, texts } = makeSender({ "digest.show": digest });
  await tell({ kind: "digest", date: "2026-11-23" });
  fails("upload", new SlackRefused("file_upload_failed"));
  await tell({ kind: "digest", date: "2026-11-24" });
  const [withChart, without] = [...messages.values()].map(({ blocks }) => blocks);
  expect(withChart).toBe((without ?? 0) + 1);
  for (const text of texts()) expect(text).toContain("Chart of the last 14 days");
});

test("a digest that was turned off is not told", async () => {
  const off = {
    ...digest,
    settings: { ...digest.settings, digest: { ...digest.settings.digest, on: false } },
  };
  const { tell, calls } = makeSender({ "digest.show": off });
  await tell({ kind: "digest", date: "2026-11-23" });
  expect(calls).toEqual([]);
});
