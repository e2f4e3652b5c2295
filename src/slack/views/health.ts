import type { SystemHealth } from "#operations/contract.ts";
import { section } from "../blocks.ts";
import { message, type Message } from "../message.ts";
import { many } from "../text/amount.ts";
import { lines, mrkdwn, type Markup } from "../text/markup.ts";
import { moment } from "../text/when.ts";

/** A few messages wait whenever something happens; many wait when Slack does not take them. */
const backlog = 20;

const modes = {
  socket: "Socket Mode",
  http: "HTTP",
  sandbox: "the simulated workspace",
  none: "none",
} as const;

const part = (ok: boolean, what: string, detail: Markup): Markup =>
  mrkdwn`${ok ? "✓" : "●"} *${what}*  ${detail}`;

/** Whether Tieline itself is well, part by part. */
export function healthMessage(health: SystemHealth): Message {
  const { database, queue, outbox, slack, connections } = health;
  const out = connections.filter(({ signedIn }) => !signedIn).map(({ name }) => name);
  return message([
    section(mrkdwn`*Tieline ${health.version}*  up since ${moment(health.upSince)}`),
    section(
      lines(
        part(database.ok, "Database", mrkdwn`${database.detail || database.kind}`),
        part(true, "Queue", mrkdwn`${queue.running} running, ${queue.waiting} waiting`),
        part(
          slack.connected,
          "Slack",
          mrkdwn`${slack.connected ? "connected" : "not connected"} by ${modes[slack.mode]}`,
        ),
        part(
          outbox.waiting < backlog,
          "Messages",
          outbox.waiting === 0
            ? mrkdwn`none waiting`
            : mrkdwn`${outbox.waiting} waiting to be told`,
        ),
        part(
          out.length === 0,
          "Connections",
          out.length === 0
            ? mrkdwn`${many(connections.length, "connection")}, all signed in`
            : mrkdwn`not signed in: ${out.join(", ")}`,
        ),
      ),
    ),
  ]);
}
