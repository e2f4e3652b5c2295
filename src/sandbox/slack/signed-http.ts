import { createHmac } from "node:crypto";
import type { Carrier, Kind, Receipt, Retry } from "./delivery.ts";
import { isFields, type Fields } from "./fields.ts";
import { newSecret } from "./names.ts";

export type SignedHttp = Carrier & {
  /** Whether the app echoes the challenge, as Slack asks before it sends events. */
  verify(): Promise<boolean>;
};

type Options = {
  url: () => string | null;
  secret: string;
  token: string;
  timings: { ackMs: number };
};

/** Posts to the app's request URL, signed with version 0 of Slack's scheme. */
export function openSignedHttp({ url, secret, token, timings }: Options): SignedHttp {
  let verified: string | null = null;

  const post = async (body: string, contentType: string, retry?: Retry): Promise<Receipt> => {
    const to = url();
    if (to === null) return { kind: "unreachable", why: "no request URL" };
    const timestamp = String(Math.floor(Date.now() / 1000));
    const hmac = createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex");
    try {
      const answer = await fetch(to, {
        method: "POST",
        body,
        redirect: "manual",
        signal: AbortSignal.timeout(timings.ackMs),
        headers: {
          "content-type": contentType,
          "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
          "x-slack-request-timestamp": timestamp,
          "x-slack-signature": `v0=${hmac}`,
          ...(retry && {
            "x-slack-retry-num": String(retry.attempt),
            "x-slack-retry-reason": retry.reason,
          }),
        },
      });
      const text = await answer.text();
      if (!answer.ok) return { kind: "unreachable", why: `status ${answer.status}` };
      return { kind: "acknowledged", answer: parseAnswer(text) };
    } catch (error) {
      const late = error instanceof Error && error.name === "TimeoutError";
      return late ? { kind: "late" } : { kind: "unreachable", why: "no answer" };
    }
  };

  const verify = async () => {
    const challenge = newSecret(24);
    const body = JSON.stringify({ token, challenge, type: "url_verification" });
    const receipt = await post(body, "application/json");
    const echoed = receipt.kind === "acknowledged" && receipt.answer["challenge"] === challenge;
    verified = echoed ? url() : null;
    return echoed;
  };

  return {
    verify,
    connected: () => url() !== null,
    async send(kind, payload, retry) {
      if (kind === "events_api" && verified !== url() && !(await verify())) {
        return { kind: "unreachable", why: "the request URL did not echo the challenge" };
      }
      return post(...encode(kind, payload), retry);
    },
  };
}

function encode(kind: Kind, payload: Fields): [body: string, contentType: string] {
  const form = "application/x-www-form-urlencoded";
  switch (kind) {
    case "events_api":
      return [JSON.stringify(payload), "application/json"];
    case "interactive":
      return [String(new URLSearchParams({ payload: JSON.stringify(payload) })), form];
    case "slash_commands":
      return [String(new URLSearchParams(asTexts(payload))), form];
  }
  kind satisfies never;
}

const asTexts = (payload: Fields) =>
  Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, String(value ?? "")]));

/** A plain text is the message that answers a command; url_verification may be answered so too. */
function parseAnswer(text: string): Fields {
  if (text === "") return {};
  try {
    const answer: unknown = JSON.parse(text);
    return isFields(answer) ? answer : {};
  } catch {
    return { text, challenge: text };
  }
}
