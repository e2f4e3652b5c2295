import type { SystemHealth } from "#operations/contract.ts";
import { section } from "../blocks.ts";
import { message, type Message } from "../message.ts";
import { many } from "../text/amount.ts";
import { lines, md, type Markup } from "../text/markup.ts";
import { moment } from "../text/when.ts";

const modes = {
  socket: "Socket Mode",
  http: "HTTP",
  sandbox: "the simulated workspace",
  none: "none",
} as const;

const part = (ok: boolean, what: string, detail: Markup): Markup =>
  md`${ok ? "✓" : "●"} *${what}*  ${detail}`;

/** Whether Tieline itself is well, part by part. */
export function healthMessage(health: SystemHealth): Message {
  const { database, queue, outbox, slack, connections } = health;
  const out = connections.filter(({ signedIn }) => !signedIn).map(({ name }) => name);
  return message([
    section(md`*Tieline ${health.version}*  up since ${moment(health.upSince)}`),
    section(
      lines(
        part(database.ok, "Database", md`${database.kind}. ${database.detail}`),
        part(true, "Queue", md`${queue.running} running, ${queue.waiting} waiting`),
        part(
          slack.connected,
          "Slack",
          md`${slack.connected ? "connected" : "not connected"} by ${modes[slack.mode]}`,
        ),
        part(
          outbox.waiting === 0,
          "Messages",
          outbox.waiting === 0
            ? md`
none waiting
              `
            : md`${outbox.waiting} waiting to be told`,
        ),
        part(
          out.length === 0,
          "Connections",
          out.length === 0
            ? md`${many(connections.length, "connection")}, all signed in`
            : md`not signed in: ${out.join(", ")}`,
        ),
      ),
    ),
  ]);
}
