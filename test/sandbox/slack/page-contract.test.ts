import { request } from "node:http";
import { expect, test } from "vitest";
import { callerOf, finance, integrations, olivia, pageOf, ravi, settings } from "./with-slack.ts";
import { withSlack } from "./with-slack.ts";

test("the state has everything the page draws, and only what this person may see", async () => {
  await using running = await withSlack({
    tools: [{ name: "HubSpot", url: "http://127.0.0.1:1" }],
  });
  const { slack, page } = running;
  const state = await page.sees();
  expect(state).toMatchObject({
    version: expect.any(Number),
    team: { name: "Harbour & Sons" },
    me: { id: olivia, real_name: "Olivia Berg", tz: "Europe/Paris" },
    usergroups: [{ handle: "integrations" }],
    commands: settings.app.commands,
    app: { name: "Tieline", connected: false },
    home: null,
    modals: [],
    tools: [{ name: "HubSpot" }],
  });
  expect(
    state.channels.map(({ name, kind, bot_is_member }) => [name, kind, bot_is_member]),
  ).toEqual([
    ["general", "channel", false],
    ["integrations", "channel", true],
    ["finance", "channel", false],
    ["Tieline", "im", true],
  ]);
  const theirs = await pageOf(slack, ravi).sees();
  expect(theirs.channels.map(({ name }) => name)).toEqual(["general", "integrations", "Tieline"]);
  expect(await pageOf(slack, ravi).types("Hello", finance)).toEqual({
    ok: false,
    error: "channel_not_found",
  });
  const first = await (await fetch(`${slack.url}/ui/state`)).json();
  expect(first).toMatchObject({ me: { id: olivia } });
  expect((await fetch(`${slack.url}/ui/state?user=U024BE6TH`)).status).toBe(404);
  expect(await page.types("   ")).toEqual({ ok: false, error: "no_text" });
});

test("a change is told once, soon, to everybody who listens", async () => {
  await using running = await withSlack();
  const { slack } = running;
  const stop = new AbortController();
  const stream = await fetch(`${slack.url}/ui/events`, { signal: stop.signal });
  expect(stream.headers.get("content-type")).toBe("text/event-stream");
  const told: number[] = [];
  const listening = (async () => {
    for await (const part of stream.body ?? []) {
      const lines = Buffer.from(part)
        .toString()
        .matchAll(/data: (.*)/g);
      for (const [, json] of lines) {
        told.push((JSON.parse(String(json)) as { version: number }).version);
      }
    }
  })().catch(() => undefined);
  await expect.poll(() => told.length).toBe(1);
  const say = (text: string) =>
    callerOf(slack)("chat.postMessage", { channel: integrations, text });
  await Promise.all([say("One"), say("Two"), say("Three")]);
  await expect.poll(() => told.length).toBeGreaterThan(1);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(told.length).toBeLessThanOrEqual(3);
  expect(told.at(-1)).toBe((await running.page.sees()).version);
  stop.abort();
  await listening;
});

test("the page's modules come as JavaScript, its libraries from where they are installed", async () => {
  await using running = await withSlack();
  const { url } = running.slack;
  const page = await fetch(`${url}/`);
  expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
  const app = await fetch(`${url}/page/app.ts`);
  expect(app.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
  expect(await app.text()).not.toMatch(/\bimport type\b/);
  for (const name of ["preact", "preact-hooks", "htm"]) {
    const library = await fetch(`${url}/page/vendor/${name}.js`);
    expect(library.status).toBe(200);
    expect(await library.text()).toMatch(/export/);
  }
  for (const path of ["/page/nothing.ts", "/page/vendor/express.js", "/page/..%2fui.ts"]) {
    expect((await fetch(url + path)).status).toBe(404);
  }
});

test("only a page of this machine is answered", async () => {
  await using running = await withSlack();
  const { url } = running.slack;
  const statusWith = (headers: Record<string, string>) =>
    new Promise<number | undefined>((resolve, reject) => {
      request(`${url}/ui/state`, { headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on("error", reject)
        .end();
    });
  const { host } = new URL(url);
  expect(await statusWith({ host })).toBe(200);
  expect(await statusWith({ host, origin: url })).toBe(200);
  expect(await statusWith({ host: "evil.example" })).toBe(403);
  expect(await statusWith({ host, origin: "https://evil.example" })).toBe(403);
  expect(await statusWith({ host, origin: "null" })).toBe(403);
});
