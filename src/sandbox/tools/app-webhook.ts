import type { Shelf } from "../collection.ts";
import { deliver, type Delivery } from "./deliveries.ts";

export type AppWebhook<Event> = Disposable & {
  /** Tells the app, if it has an address, soon and in one message with what else happened. */
  say(event: Event): void;
  /** Where the app wants to be told: `{url, untidy?}` or null, as `POST /_config` has it. */
  set(value: unknown): void;
};

export type AppWebhookOptions<Event> = {
  /** The most events in one message. */
  most: number;
  message(url: string, events: Event[]): Delivery;
};

type Target = { url: string; untidy: boolean };

const GATHER_MS = 20;

/**
 * The one address of an app whose webhooks are set up in the tool's portal and not by its interface.
 * What happens later waits until what happened before was taken or given up. An untidy one is told
 * of the last event first, and of the first one twice, as tools say may happen.
 */
export function openAppWebhook<Event>(
  shelf: Shelf,
  { most, message }: AppWebhookOptions<Event>,
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

  return {
    say(event) {
      if (closed || (kept.get("target") ?? null) === null) return;
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
  const given: { url?: unknown; untidy?: unknown } = typeof value === "object" ? { ...value } : {};
  const { url, untidy = false } = given;
  if (typeof url === "string" && URL.canParse(url) && typeof untidy === "boolean") {
    return { url, untidy };
  }
  throw new Error('A webhook is {"url": "http://127.0.0.1:…"}, or null for none.');
}
