import type { SystemHealth } from "#operations/contract.ts";
import { json, type Route } from "./server.ts";

type Health = () => Promise<SystemHealth>;

/** For a load balancer: whether we work, and nothing about how. */
export const healthRoute = (health: Health): Route => ({
  method: "GET",
  path: "/health",
  async handle() {
    const { database, slack } = await health();
    const ok = database.ok && (slack.connected || slack.mode === "none");
    return json(ok ? 200 : 503, { ok });
  },
});

/** For Prometheus, in its text format 0.0.4; only to somebody on this machine. */
export const metricsRoute = (health: Health): Route => ({
  method: "GET",
  path: "/metrics",
  async handle(_body, request) {
    const from = request.socket.remoteAddress ?? "";
    // What a proxy on this machine passes on comes from elsewhere all the same.
    const passedOn = forwarding.some((name) => request.headers[name] !== undefined);
    if (passedOn || !/^(::ffff:)?127\.|^::1$/.test(from))
      return json(403, { error: "Only from this machine." });
    const now = await health();
    const lines = [
      gauge(
        "tieline_up_since_seconds",
        "When it was started.",
        now.upSince.epochMilliseconds / 1000,
      ),
      gauge("tieline_database_ok", "Whether the database answers.", Number(now.database.ok)),
      gauge("tieline_slack_connected", "Whether Slack reaches us.", Number(now.slack.connected)),
      gauge("tieline_runs_running", "Runs under way.", now.queue.running),
      gauge("tieline_runs_waiting", "Runs queued or waiting.", now.queue.waiting),
      gauge("tieline_outbox_waiting", "Messages Slack has yet to be told.", now.outbox.waiting),
    ];
    return { status: 200, type: "text/plain; version=0.0.4; charset=utf-8", body: lines.join("") };
  },
});

const forwarding = ["forwarded", "x-forwarded-for", "x-real-ip", "via"];

const gauge = (name: string, help: string, value: number): string =>
  `# HELP ${name} ${help}\n# TYPE ${name} gauge\n${name} ${value}\n`;
