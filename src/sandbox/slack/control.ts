import { asFields, asText, type Fields } from "./fields.ts";
import type { Slack } from "./slack.ts";

type Lever = (value: unknown, slack: Slack) => unknown;

/** What a test can bring about: each member of the body of `POST /_control` pulls one lever. */
const levers: Record<string, Lever> = {
  disconnect: (_, { socketMode }) => socketMode.askToReconnect(),
  cut: (_, { socketMode }) => socketMode.cut(),
  outage: (ms, { faults }) => faults.outageFor(Number(ms)),
  rate_limit(value, { faults }) {
    const { method, times, retry_after } = asFields(value);
    faults.rateLimit(String(method), Number(times ?? 1), Number(retry_after ?? 1));
  },
  duplicate_events: (on, { faults }) => faults.setDuplicateEvents(on === true),
  delay_ms: (ms, { faults }) => faults.setDelay(Number(ms)),
  revoke_token: (on, { faults }) => faults.setTokenRevoked(on === true),
  tiers: (on, { rateLimits }) => rateLimits.change({ tiers: on === true }),
  messages_per_second: (value, { rateLimits }) =>
    rateLimits.change({ messagesPerSecond: value === null ? Infinity : Number(value) }),
  message_burst: (value, { rateLimits }) => rateLimits.change({ messageBurst: Number(value) }),
  request_url(url, { settings }) {
    settings.requestUrl = asText(url) ?? null;
  },
  verify_url: (_, { signedHttp }) => signedHttp.verify(),
};

/** Pulls the levers and answers with what each gave; an unknown one is named, with those there are. */
export async function pull(body: Fields, slack: Slack): Promise<Fields> {
  const unknown = Object.keys(body).filter((name) => !levers[name]);
  if (unknown.length > 0) {
    const error = `There is no ${unknown.join(", ")}. There are: ${Object.keys(levers).join(", ")}.`;
    return { ok: false, error };
  }
  const did: Fields = {};
  for (const [name, value] of Object.entries(body)) {
    did[name] = (await levers[name]?.(value, slack)) ?? true;
  }
  return { ok: true, ...did };
}
