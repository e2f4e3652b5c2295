import { createHmac } from "node:crypto";
import { deliverOnce } from "../deliveries.ts";
import type { Event, EventLog, Named } from "./event-log.ts";
import { hears, type Hook, type Hooks } from "./hooks.ts";

const A_DAY = 86_400_000;
/** Events of one moment travel together. */
const GATHER_MS = 25;

export type HookDeliveries = Disposable & {
  /** After a failure, until the next attempt. */
  retryMs: number;
  /** How long nothing may get through before the webhook is deleted. */
  patienceMs: number;
  /** Between messages without events, by which Asana shows that it is there. Eight hours are unverified. */
  heartbeatMs: number;
};

/** Hex HMAC-SHA256 of the raw body with the secret of the handshake. */
export const hookSignature = (body: string, secret: string): string =>
  createHmac("sha256", secret).update(body).digest("hex");

/** Sends each webhook its events, at most once: those that a restart finds unsent are lost. */
export function openHookDeliveries(hooks: Hooks, log: EventLog): HookDeliveries {
  const waiting = new Map<string, Event[]>();
  const timers = new Map<string, NodeJS.Timeout>();
  let heart: NodeJS.Timeout | undefined;
  let heartbeatMs = 8 * 3_600_000;

  function plan(gid: string, ms: number): void {
    if (timers.has(gid)) return;
    const send = () => {
      timers.delete(gid);
      void flush(gid);
    };
    timers.set(gid, setTimeout(send, ms).unref());
  }

  log.listen((event) => {
    for (const hook of hooks.values()) {
      if (!hears(hook, event)) continue;
      waiting.set(hook.gid, [...(waiting.get(hook.gid) ?? []), event]);
      plan(hook.gid, GATHER_MS);
    }
  });

  async function flush(gid: string): Promise<void> {
    const hook = hooks.get(gid);
    if (hook === undefined) return;
    const events = waiting.get(gid) ?? [];
    waiting.delete(gid);
    const kept = await send(hook, events);
    if (kept) return;
    if (hooks.get(gid) === undefined) return;
    waiting.set(gid, [...events, ...(waiting.get(gid) ?? [])]);
    plan(gid, self.retryMs);
  }

  /** Whether it was taken. */
  async function send(hook: Hook, events: Event[]): Promise<boolean> {
    const body = JSON.stringify({ events: events.map(told) });
    const headers = {
      "content-type": "application/json; charset=UTF-8",
      "x-hook-signature": hookSignature(body, hook.secret),
    };
    const { status, body: said } = await deliverOnce({ url: hook.target, headers, body });
    const now = hooks.get(hook.gid);
    if (now === undefined) return true;
    if (status >= 200 && status < 300) {
      hooks.set(hook.gid, {
        ...now,
        last_success_at: new Date().toISOString(),
        retries: 0,
        next_attempt_after: null,
        failure_deletion_timestamp: null,
      });
      return true;
    }
    fail(now, status, said);
    return false;
  }

  function fail(hook: Hook, status: number, said: string): void {
    const now = Date.now();
    const ends = hook.failure_deletion_timestamp ?? iso(now + self.patienceMs);
    // That a 410 ends it at once is unverified.
    if (status === 410 || Date.parse(ends) <= now) return hooks.delete(hook.gid);
    hooks.set(hook.gid, {
      ...hook,
      last_failure_at: iso(now),
      last_failure_content: status === 0 ? "No answer" : said.slice(0, 1000),
      retries: hook.retries + 1,
      next_attempt_after: iso(now + self.retryMs),
      failure_deletion_timestamp: ends,
    });
  }

  function beat(): void {
    clearInterval(heart);
    heart = setInterval(() => {
      for (const hook of hooks.values()) void send(hook, []);
    }, heartbeatMs).unref();
  }
  beat();

  const self: HookDeliveries = {
    retryMs: 60_000,
    patienceMs: A_DAY,
    get heartbeatMs() {
      return heartbeatMs;
    },
    set heartbeatMs(ms) {
      heartbeatMs = ms;
      beat();
    },
    [Symbol.dispose]() {
      clearInterval(heart);
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
  return self;
}

const iso = (at: number) => new Date(at).toISOString();

const bare = ({ gid, resource_type, resource_subtype }: Named) => ({
  gid,
  resource_type,
  ...(resource_subtype !== undefined && { resource_subtype }),
});

/** In a webhook the objects of an event have no names. */
function told({ user, at, resource, action, parent, change }: Event) {
  const names = { changed: "new_value", added: "added_value", removed: "removed_value" };
  return {
    user: { gid: user, resource_type: "user" },
    created_at: at,
    action,
    resource: bare(resource),
    parent: parent && bare(parent),
    ...(change !== null && {
      change: {
        field: change.field,
        action: change.action,
        ...(change.value !== null && { [names[change.action]]: bare(change.value) }),
      },
    }),
  };
}
