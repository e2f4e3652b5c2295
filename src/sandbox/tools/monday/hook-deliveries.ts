import { randomBytes } from "node:crypto";
import { deliverOnce } from "../deliveries.ts";
import { signedToken } from "../jwt.ts";
import { SIGNING_SECRET } from "./access.ts";
import { ACCOUNT_ID, ME } from "./account.ts";
import { challengeFailed } from "./failures.ts";
import type { Happening } from "./happenings.ts";
import { payload } from "./hook-payload.ts";
import { hears, type Hook, type Hooks } from "./hooks.ts";

const TRIES = 30;
const FIVE_MINUTES_S = 300;

export type HookDeliveries = Disposable & {
  hear(happening: Happening): void;
  /** The handshake: the address has to say the challenge back. Throws where it does not. */
  challenge(hook: Hook): Promise<void>;
  /** Between attempts, of which there are thirty. */
  retryMs: number;
};

/** An app's webhooks come with a token signed by the app's secret; a person's own come unsigned. */
function hookHeaders({ app, url }: Hook): Record<string, string> {
  const plain = { "content-type": "application/json" };
  if (!app) return plain;
  const iat = Math.floor(Date.now() / 1000);
  const claims = { accountId: ACCOUNT_ID, userId: Number(ME), aud: url, iat, exp: iat + FIVE_MINUTES_S }; // prettier-ignore
  return { ...plain, authorization: signedToken(claims, SIGNING_SECRET) };
}

/** Sends each happening to whoever subscribed to it, one message each; unsent ones end with the process. */
export function openHookDeliveries(hooks: Hooks): HookDeliveries {
  const timers = new Set<NodeJS.Timeout>();

  async function send(id: string, body: string, attempt: number): Promise<void> {
    const hook = hooks.get(id);
    if (hook === undefined) return;
    const { status } = await deliverOnce({ url: hook.url, headers: hookHeaders(hook), body });
    if ((status >= 200 && status < 300) || attempt >= TRIES || stopped) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      void send(id, body, attempt + 1);
    }, self.retryMs).unref();
    timers.add(timer);
  }

  let stopped = false;
  const self: HookDeliveries = {
    retryMs: 60_000,
    hear(happening) {
      for (const hook of hooks.values())
        if (hears(hook, happening)) void send(hook.id, payload(hook, happening), 1);
    },
    async challenge(hook) {
      const challenge = randomBytes(24).toString("base64url");
      const body = JSON.stringify({ challenge });
      const { status, body: said } = await deliverOnce({ url: hook.url, headers: hookHeaders(hook), body }); // prettier-ignore
      if (status !== 200 || answered(said) !== challenge) throw challengeFailed(hook.url);
    },
    [Symbol.dispose]() {
      stopped = true;
      for (const timer of timers) clearTimeout(timer);
    },
  };
  return self;
}

function answered(body: string): unknown {
  try {
    return (JSON.parse(body) as { challenge?: unknown } | null)?.challenge;
  } catch {
    return undefined;
  }
}
