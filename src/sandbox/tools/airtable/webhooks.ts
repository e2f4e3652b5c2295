import { createHmac } from "node:crypto";
import { deliver } from "../deliveries.ts";
import { type Answer, json, Refusal, type Request, type Route } from "../http.ts";
import { bodyOf } from "./body.ts";
import { badRequest, invalid, notFound } from "./errors.ts";
import { BASE_ID } from "./meta.ts";
import type { Transaction } from "./row.ts";
import type { Schema } from "./schema.ts";
import { specificationIn } from "./specification.ts";
import type { Hook, Hooks } from "./subscriptions.ts";

const MOST_HOOKS = 10;
const MOST_PAYLOADS = 50;

/** `X-Airtable-Content-MAC` of a body, by the secret that came with the webhook. */
export const macOf = (secretBase64: string, body: string): string =>
  `hmac-sha256=${createHmac("sha256", Buffer.from(secretBase64, "base64")).update(body).digest("hex")}`;

export type Webhooks = { routes: Route[]; hear(transaction: Transaction): void };

type Result = { success: boolean; completionTimestamp: string; durationMs: number; retryNumber: number }; // prettier-ignore

/** `/v0/bases/{base}/webhooks`, and the pings that say no more than that there is something to fetch. */
export function openWebhooks(hooks: Hooks, schema: Schema): Webhooks {
  const results = new Map<string, Result>();
  const base = "/v0/bases/:base/webhooks";

  function found(request: Request): Hook {
    const hook = hooks.get(request.params["hook"] ?? "");
    if (hook === undefined) throw new Refusal(notFound());
    return hook;
  }

  function create(request: Request): Answer {
    const body = bodyOf(request, "specification", ["notificationUrl", "specification"]);
    const url = body["notificationUrl"] ?? null;
    if (url !== null && (typeof url !== "string" || !isReachable(url))) throw badRequest();
    const specification = specificationIn(body["specification"], schema);
    if (hooks.all().length >= MOST_HOOKS)
      throw invalid("TOO_MANY_WEBHOOKS_IN_BASE", "The base has too many webhooks");
    const hook = hooks.add(url, specification);
    const { id, secret: macSecretBase64 } = hook;
    return json(200, { id, macSecretBase64, expirationTime: time(hook.ends) });
  }

  const list = (): Answer =>
    json(200, {
      webhooks: hooks.all().map((hook) => {
        const last = results.get(hook.id) ?? null;
        return {
          id: hook.id,
          specification: hook.specification,
          notificationUrl: hook.url,
          cursorForNextPayload: hook.next,
          areNotificationsEnabled: hook.pings,
          isHookEnabled: hooks.isActive(hook),
          expirationTime: time(hook.ends),
          lastSuccessfulNotificationTime: last?.success === true ? last.completionTimestamp : null,
          lastNotificationResult: last,
        };
      }),
    });

  /** Reading what there is keeps an active webhook alive as a refresh does. */
  function payloads(request: Request): Answer {
    const hook = found(request);
    const limit = Math.min(numberIn(request, "limit", MOST_PAYLOADS), MOST_PAYLOADS);
    const page = hooks.payloads(hook, numberIn(request, "cursor", 1), limit);
    hooks.prolong(hook);
    return json(200, { ...page, mightHaveMore: page.cursor < hook.next });
  }

  async function ping(hook: Hook): Promise<void> {
    const began = Date.now();
    const body = JSON.stringify({
      base: { id: BASE_ID },
      webhook: { id: hook.id },
      timestamp: new Date(began).toISOString(),
    });
    const headers = {
      "content-type": "application/json",
      "x-airtable-content-mac": macOf(hook.secret, body),
    };
    const { status } = await deliver({ url: hook.url ?? "", headers, body });
    results.set(hook.id, {
      success: status >= 200 && status < 300,
      completionTimestamp: new Date().toISOString(),
      durationMs: Date.now() - began,
      retryNumber: 0,
    });
  }

  return {
    hear(transaction) {
      for (const hook of hooks.hear(transaction)) void ping(hook);
    },
    routes: [
      { method: "POST", path: base, handle: create },
      { method: "GET", path: base, handle: list },
      {
        method: "DELETE",
        path: `${base}/:hook`,
        handle(request) {
          hooks.remove(found(request).id);
          return nothing;
        },
      },
      {
        method: "POST",
        path: `${base}/:hook/refresh`,
        handle(request) {
          const hook = found(request);
          // Unverified: one whose time is over cannot be brought back, only made anew.
          if (!hooks.isActive(hook)) throw new Refusal(notFound());
          hooks.prolong(hook);
          return json(200, { expirationTime: time(found(request).ends) });
        },
      },
      {
        method: "POST",
        path: `${base}/:hook/enableNotifications`,
        handle(request) {
          const { enable } = bodyOf(request, "enable", ["enable"]);
          if (typeof enable !== "boolean") throw badRequest();
          hooks.setPings(found(request), enable);
          return nothing;
        },
      },
      { method: "GET", path: `${base}/:hook/payloads`, handle: payloads },
    ],
  };
}

/** A 200 with no body at all. */
const nothing: Answer = { status: 200, headers: {}, body: "" };

const time = (at: number) => new Date(at).toISOString();

/** Airtable wants HTTPS; what listens on this computer has none. */
const isReachable = (url: string): boolean =>
  /^https:\/\/.|^http:\/\/(127\.0\.0\.1|localhost)[:/]/.test(url);

function numberIn({ query }: Request, name: string, otherwise: number): number {
  const given = query.get(name);
  if (given === null) return otherwise;
  if (!/^[1-9]\d*$/.test(given)) throw badRequest();
  return Number(given);
}
