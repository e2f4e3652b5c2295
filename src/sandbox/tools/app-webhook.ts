import type { Shelf } from "../collection.ts";
import { deliver, type Delivery } from "./deliveries.ts";

export type AppWebhook<Event> = Disposable & {
  /** Tells the app, if it has an address, soon and in one message with what else happened. */
  say(event: Event): void;
  /** Where the app wants to be told: `{url, untidy?, kinds?}` or null, as `POST /_config` has it. */
  set(value: unknown): void;
  /** Null where it wants to be told nothing. */
  target(): Target | null;
};

export type AppWebhookOptions<Event> = {
  /** The most events in one message. */
  most: number;
  /** What the app subscribes to, for one event. */
  kindOf(event: Event): string;
  message(url: string, events: Event[]): Delivery;
};

/** `kinds`: what it has subscribed to; null for everything. */
export type Target = { url: string; untidy: boolean; kinds: readonly string[] | null };

const GATHER_MS = 20;

/**
 * The one address of an app whose webhooks are set up in the tool's portal and not by its interface.
 * What happens later waits until what happened before was taken or given up. An untidy one is told
 * of the last event first, and of the first one twice, as tools say may happen.
 */
export function openAppWebhook<Event>(
  shelf: Shelf,
  { most, kindOf, message }: AppWebhookOptions<Event>,
): AppWebhook<Event> {
  const kept = shelf.collection<Target | null>("webhook");
  let waiting: Event[] = [];
  let timer: NodeJS.Timeout | undefined;
  let sending = Promise.resolve();
  let closed = false;

  async function send(events: Event[]): Promise<void> {
    const target = kept.get("target") ?? null;
    if (closed || target === null) return;
    const told = target.untidy ? [...events.toReversed(), ...events.slice(0, 1)] : events;
    for (let from = 0; from < told.length; from += most) {
      await deliver(message(target.url, told.slice(from, from + most)));
    }
  }

  function flush(): void {
    timer = undefined;
    const events = waiting;
    waiting = [];
    sending = sending.then(() => send(events));
  }

  const target = (): Target | null => {
    const found = kept.get("target") ?? null;
    return found && { ...found, kinds: found.kinds ?? null };
  };

  return {
    target,
    say(event) {
      const to = target();
      if (closed || to === null || to.kinds?.includes(kindOf(event)) === false) return;
      waiting.push(event);
      timer ??= setTimeout(flush, GATHER_MS).unref();
    },
    set(value) {
      kept.set("target", value === null ? null : targetIn(value));
    },
    [Symbol.dispose]() {
      closed = true;
      clearTimeout(timer);
    },
  };
}

function targetIn(value: unknown): Target {
  const given: { url?: unknown; untidy?: unknown; kinds?: unknown } =
    typeof value === "object" ? { ...value } : {};
  const { url, untidy = false, kinds = null } = given;
  const listed = kinds === null || Array.isArray(kinds) ? (kinds?.map(String) ?? null) : undefined;
  if (
    typeof url === "string" &&
    URL.canParse(url) &&
    typeof untidy === "boolean" &&
    listed !== undefined
  )
    return { url, untidy, kinds: listed };
  throw new Error('A webhook is {"url": "http://127.0.0.1:…"}, or null for none.');
}
