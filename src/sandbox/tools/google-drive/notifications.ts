import type { Collection } from "../../collection.ts";
import { deliver } from "../deliveries.ts";
import type { ChangeLog } from "./change-log.ts";
import type { Channel } from "./channels.ts";
import type { Event, Files } from "./files.ts";

/** Changes that come close together are told once; the message numbers skip those left out. */
const TOGETHER_MS = 25;

export type Notifications = { opened(channel: Channel): void };

type State = "sync" | "change" | Event;

/** Tells the channels what changed: no body, no signature, only that there is something to read. */
export function openNotifications(
  channels: Collection<Channel>,
  files: Files,
  log: ChangeLog,
): Notifications {
  const waiting = new Map<string, { states: Set<State>; last: number }>();
  let sending = Promise.resolve();

  function note(id: string, state: State): void {
    const before = channels.get(id);
    if (before === undefined) return;
    if (before.expiration <= Date.now()) return channels.delete(id);
    const channel = { ...before, number: before.number + 1 };
    channels.set(id, channel);
    const due = waiting.get(id);
    if (due === undefined) {
      waiting.set(id, { states: new Set([state]), last: channel.number });
      setTimeout(() => send(id), TOGETHER_MS).unref();
    } else {
      due.states.add(state);
      due.last = channel.number;
    }
  }

  function send(id: string): void {
    const due = waiting.get(id);
    const channel = channels.get(id);
    waiting.delete(id);
    if (due === undefined || channel === undefined) return;
    for (const state of due.states) {
      const headers = headersOf(channel, state, state === "sync" ? 1 : due.last);
      // One after the other, so that a channel hears things in the order they happened.
      sending = sending.then(async () => {
        await deliver({ url: channel.address, headers, body: "" });
      });
    }
  }

  files.hear((event, { id }) => {
    for (const { id: channel, watched } of channels.values())
      if (watched.kind === "file" && watched.file === id) note(channel, event);
  });
  log.hear((feed) => {
    for (const { id: channel, watched } of channels.values())
      if (watched.kind === "feed" && watched.feed === feed) note(channel, "change");
  });
  return { opened: ({ id }) => note(id, "sync") };
}

const headersOf = (channel: Channel, state: State, number: number): Record<string, string> => ({
  "x-goog-channel-id": channel.id,
  ...(channel.token === null ? {} : { "x-goog-channel-token": channel.token }),
  "x-goog-channel-expiration": new Date(channel.expiration).toUTCString(),
  "x-goog-resource-id": channel.resourceId,
  "x-goog-resource-uri": channel.resourceUri,
  "x-goog-resource-state": state,
  "x-goog-message-number": String(number),
});
