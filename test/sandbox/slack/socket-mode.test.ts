import { App, LogLevel, SocketModeReceiver } from "@slack/bolt";
import { expect, test } from "vitest";
import type { Fields } from "#sandbox/slack/fields.ts";
import { callerOf, withBolt, withSlack } from "./with-slack.ts";

test("an event comes twice on demand, with one id", async () => {
  await using running = await withSlack();
  const { slack, page } = running;
  const ids: unknown[] = [];
  await using _ = await withBolt(slack, (app) => {
    app.event("app_mention", async ({ body }) => void ids.push(body.event_id));
  });
  await page.control({ duplicate_events: true });
  await page.types("@Tieline hello");
  await page.finds(() => ids.length === 2);
  expect(new Set(ids).size).toBe(1);
});

test("an event that nobody acknowledges comes again, marked as such", async () => {
  await using running = await withSlack({ timings: { ackMs: 50, eventRetriesMs: [50, 50] } });
  const { slack, page } = running;
  await page.types("@Tieline hello");
  const retries: unknown[] = [];
  await using _ = await withBolt(slack, (app) => {
    app.use(async ({ context }) => void retries.push(context.retryNum));
  });
  await page.types("@Tieline hello again");
  await page.finds(() => retries.length >= 1);
  expect(retries[0]).toBe(0);
  const { deliveries } = await page.stats();
  expect(deliveries).toMatchObject({ events_api: { acknowledged: expect.any(Number) } });
});

test("every payload goes to one of several connections, which come back when asked to", async () => {
  await using running = await withSlack();
  const { slack, page } = running;
  const heard: number[] = [];
  const clientOptions = { slackApiUrl: slack.api_url };
  const apps = await Promise.all(
    [1, 2].map(async (n) => {
      const receiver = new SocketModeReceiver({
        appToken: slack.app_token,
        clientPingTimeout: 100,
        logLevel: LogLevel.ERROR,
        installerOptions: { clientOptions },
      });
      const logLevel = LogLevel.ERROR;
      const app = new App({ token: slack.bot_token, receiver, clientOptions, logLevel });
      app.command("/sync", async ({ ack }) => {
        heard.push(n);
        await ack();
      });
      await app.start();
      return app;
    }),
  );
  for (let n = 0; n < 24; n++) expect(await page.types("/sync")).toEqual({ ok: true });
  expect(heard).toHaveLength(24);
  expect(new Set(heard)).toEqual(new Set([1, 2]));

  await page.control({ disconnect: true });
  expect(await page.types("/sync")).toEqual({ ok: false, error: "dispatch_failed" });
  await expect.poll(async () => (await page.types("/sync"))["ok"]).toBe(true);
  await expect.poll(async () => (await page.stats())["connections"]).toBe(2);
  for (const app of apps) await app.stop();
});

test("there are ten connections at most, each on a ticket of its own", async () => {
  await using running = await withSlack();
  const { slack, page } = running;
  const ticket = async () => {
    const opened = await callerOf(slack, slack.app_token)("apps.connections.open");
    return String(opened["url"]);
  };
  const connect = async (url: string) => {
    const socket = new WebSocket(url);
    const told: Fields[] = [];
    socket.addEventListener("message", ({ data }) => told.push(JSON.parse(String(data)) as Fields));
    const open = await new Promise<boolean>((resolve) => {
      socket.addEventListener("message", () => resolve(true));
      socket.addEventListener("error", () => resolve(false));
    });
    return { socket, told, open };
  };
  const url = await ticket();
  const first = await connect(url);
  expect(first.told[0]).toMatchObject({ type: "hello", num_connections: 1 });
  expect((await connect(url)).open).toBe(false);
  const more: Awaited<ReturnType<typeof connect>>[] = [];
  for (let n = 0; n < 10; n++) more.push(await connect(await ticket()));
  await expect
    .poll(() => more.at(-1)?.told)
    .toMatchObject([{ type: "hello" }, { type: "disconnect", reason: "too_many_websockets" }]);
  await page.control({ disconnect_every_ms: 30 });
  await expect
    .poll(() => first.told.at(-1))
    .toMatchObject({ type: "disconnect", reason: "refresh_requested" });
  for (const { socket } of [first, ...more]) socket.close();
});
