import { createServer } from "node:http";
import { mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PostgresServer } from "../support/postgres-server.ts";
import { post } from "../support/sandbox.ts";
import { start, type Asking } from "./messages.ts";
import type { SlackPlace } from "./slack.ts";

/** How Slack's requests reach us. */
export type Way = "socket" | "http";

export type House = AsyncDisposable & { bot: Asking; slack: Asking; page: string; url: string };

/** Tieline as people run it, on a database of its own, with a Slack beside it. */
export async function openHouse(postgres: PostgresServer | null, way: Way): Promise<House> {
  await using parts = new AsyncDisposableStack();
  const folder = mkdtempSync(join(tmpdir(), "tieline-bench-"));
  parts.defer(() => rmSync(folder, { recursive: true, force: true }));
  const slack = parts.use(start("slack.ts", [join(folder, "slack")]));
  const place = await slack.ask<SlackPlace>("where");
  await post(new URL("/_control", place.page), { tiers: false, messages_per_second: null });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = {
    TIELINE_DIR: join(folder, "bot"),
    TIELINE_MANIFESTS: new URL("connectors", import.meta.url).pathname,
    TIELINE_ALLOW: "loopback",
    BENCH_KEY: "a key of the bench",
    DATABASE_URL: postgres?.url ?? "",
    PORT: String(port),
    SLACK_API_URL: place.api,
    SLACK_BOT_TOKEN: place.botToken,
    SLACK_APP_TOKEN: way === "socket" ? place.appToken : "",
    SLACK_SIGNING_SECRET: way === "http" ? place.signingSecret : "",
  };
  const bot = parts.use(start("contenders/bot.ts", [String(postgres?.pid ?? 0)], { env }));
  await bot.ask("where");
  if (way === "http") await post(new URL("/_control", place.page), { request_url: `${url}/slack/events` }); // prettier-ignore
  const all = parts.move();
  return { bot, slack, page: place.page, url, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
