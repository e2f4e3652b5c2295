import { App, HTTPReceiver, LogLevel } from "@slack/bolt";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import type { Fields } from "#sandbox/slack/fields.ts";
import type { RunningSlack } from "#sandbox/slack/start-slack.ts";
import { actions, button, input, modal } from "./blocks-to-try.ts";
import { withSlack } from "./with-slack.ts";

/** The real Bolt app behind its HTTP receiver, known to the simulated Slack. */
async function withHttpBolt(slack: RunningSlack, secret: string, listen: (app: App) => void) {
  const receiver = new HTTPReceiver({ signingSecret: secret, logLevel: LogLevel.ERROR });
  const clientOptions = { slackApiUrl: slack.api_url };
  const app = new App({
    token: slack.bot_token,
    receiver,
    clientOptions,
    logLevel: LogLevel.ERROR,
  });
  listen(app);
  const server = (await app.start({ port: 0, host: "127.0.0.1" })) as Server;
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`;
  return { url, [Symbol.asyncDispose]: async () => void (await app.stop()) };
}

test("commands, clicks, submissions and events reach the app signed", async () => {
  await using running = await withSlack({ timings: { eventRetriesMs: [50] } });
  const { slack, page } = running;
  const heard: string[] = [];
  await using bolt = await withHttpBolt(slack, slack.signing_secret, (app) => {
    app.command("/sync", async ({ ack, client, command }) => {
      heard.push(`command ${command.text}`);
      await ack("Started.");
      const name = input("name", { type: "plain_text_input" });
      const view = modal([name, actions(button("check"))]) as never;
      await client.views.open({ trigger_id: command.trigger_id, view });
    });
    app.action("check", async ({ ack, body }) => {
      heard.push(`action ${body.type}`);
      await ack();
    });
    app.view("modal", async ({ ack, view }) => {
      heard.push(`view ${view.state.values["name"]?.["value"]?.value}`);
      await ack({ response_action: "errors", errors: { name: "Not this one." } });
    });
    app.event("app_mention", async ({ event }) => void heard.push(`event ${event.type}`));
  });
  await page.control({ request_url: bolt.url });
  expect(await page.control({ verify_url: true })).toEqual({ ok: true, verify_url: true });

  expect(await page.types("/sync all")).toEqual({ ok: true });
  const view = await page.finds(({ modals }) => modals[0]);
  expect(await page.messages()).toMatchObject([{ text: "Started.", ephemeral: true }]);
  const click = { block_id: view.blocks[1]?.["block_id"], action_id: "check" };
  expect(await page.clicks({ kind: "view", view_id: view.id }, click)).toEqual({ ok: true });
  expect(await page.submits(view.id, { name: { value: { value: "x" } } })).toEqual({
    ok: false,
    errors: { name: "Not this one." },
  });
  await page.types("@Tieline hello");
  await page.finds(() => heard.length === 4);
  expect(heard).toEqual(["command all", "action block_actions", "view x", "event app_mention"]);
});

test("an app with another secret refuses, and what is not acknowledged is an error", async () => {
  await using running = await withSlack();
  const { slack, page } = running;
  expect(await page.control({ request_url: "http://127.0.0.1:9/" })).toMatchObject({ ok: true });
  expect(await page.types("/sync")).toEqual({ ok: false, error: "dispatch_failed" });
  await using bolt = await withHttpBolt(slack, "another secret", () => undefined);
  await page.control({ request_url: bolt.url });
  expect(await page.types("/sync")).toEqual({ ok: false, error: "dispatch_failed" });
  expect(await page.control({ verify_url: true })).toMatchObject({ verify_url: false });
});

test("an event that is refused comes again with its number and reason", async () => {
  await using running = await withSlack({ timings: { eventRetriesMs: [20, 20], ackMs: 200 } });
  const { page } = running;
  const tries: unknown[][] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (part) => (body += String(part)));
    request.on("end", () => {
      const sent = JSON.parse(body) as Fields;
      if (sent["type"] === "url_verification") {
        response.end(sent["challenge"]);
        return;
      }
      const { "x-slack-retry-num": num, "x-slack-retry-reason": reason } = request.headers;
      tries.push([sent["event_id"], num, reason]);
      if (tries.length === 2) return;
      response.writeHead(tries.length === 1 ? 500 : 200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await page.control({ request_url: `http://127.0.0.1:${port}/` });
  await page.types("@Tieline hello");
  await page.finds(() => tries.length === 3);
  const id = tries[0]?.[0];
  expect(tries).toEqual([
    [id, undefined, undefined],
    [id, "1", "http_error"],
    [id, "2", "http_timeout"],
  ]);
  server.closeAllConnections();
  server.close();
});
