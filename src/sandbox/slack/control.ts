import { asFields, asText, type Fields } from "./fields.ts";
import type { Slack } from "./slack.ts";

const plans = ["paid", "free", "restricted", "disabled"] as const;

type Lever = (value: unknown, slack: Slack) => unknown;

/** What a test can bring about: each member of the body of `POST /_control` pulls one lever. */
const levers = new Map<string, Lever>(
  Object.entries({
    disconnect: (_, { socketMode }) => socketMode.askToReconnect(),
    disconnect_every_ms: (ms, { socketMode }) => socketMode.askEvery(Number(ms)),
    cut: (_, { socketMode }) => socketMode.cut(),
    outage: (ms, { faults }) => faults.outageFor(Number(ms)),
    rate_limit(value, { faults }) {
      const { method, times, retry_after } = asFields(value);
      faults.rateLimit(String(method), Number(times ?? 1), Number(retry_after ?? 1));
    },
    duplicate_events: (on, { faults }) => faults.setDuplicateEvents(on === true),
    delay_ms: (ms, { faults }) => faults.setDelay(Number(ms)),
    revoke_token(on, { faults, events, workspace }) {
      faults.setTokenRevoked(on === true);
      const bot = [workspace.identity.bot_user_id];
      if (on === true) events.send({ type: "tokens_revoked", tokens: { oauth: [], bot } });
    },
    patience_ms(ms, { settings: { timings } }) {
      timings.ackMs = timings.triggerMs = Number(ms);
    },
    tiers: (on, { rateLimits }) => rateLimits.change({ tiers: on === true }),
    messages_per_second: (value, { rateLimits }) =>
      rateLimits.change({ messagesPerSecond: value === null ? Infinity : Number(value) }),
    message_burst: (value, { rateLimits }) => rateLimits.change({ messageBurst: Number(value) }),
    request_url(url, { settings }) {
      settings.requestUrl = asText(url) ?? null;
    },
    canvases(allowed, { settings }) {
      const plan = plans.find((one) => one === allowed);
      if (plan === undefined) return `one of ${plans.join(", ")}`;
      settings.canvases = plan;
      return plan;
    },
    verify_url: (_, { signedHttp }) => signedHttp.verify(),
  } satisfies Record<string, Lever>),
);

/** Pulls the levers and answers with what each gave; an unknown one is named, with those there are. */
export async function pull(body: Fields, slack: Slack): Promise<Fields> {
  const unknown = Object.keys(body).filter((name) => !levers.has(name));
  if (unknown.length > 0) {
    const error = `There is no ${unknown.join(", ")}. There are: ${[...levers.keys()].join(", ")}.`;
    return { ok: false, error };
  }
  const did: Fields = {};
  for (const [name, value] of Object.entries(body)) {
    did[name] = (await levers.get(name)?.(value, slack)) ?? true;
  }
  return { ok: true, ...did };
}
