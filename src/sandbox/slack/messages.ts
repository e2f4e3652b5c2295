import type { Collection, Shelf } from "../collection.ts";
import { withIds } from "./block-ids.ts";
import type { Changes } from "./changes.ts";
import type { Block, Fields } from "./fields.ts";

export type Message = {
  ts: string;
  channel: string;
  user: string;
  text: string;
  bot_id?: string;
  blocks?: Block[];
  thread_ts?: string;
  edited?: { user: string; ts: string };
  metadata?: Fields;
  files?: Fields[];
  /** Only this person sees it, and no method finds it. */
  ephemeral_to?: string;
};

export type Draft = Omit<Message, "ts" | "edited">;
export type Correction = {
  text: string;
  blocks: Block[] | undefined;
  /** Undefined keeps what is there, an empty object removes it. */
  metadata?: Fields | undefined;
  edited?: { user: string };
};

export type Messages = ReturnType<typeof openMessages>;

/** The messages of all channels, each known by channel and `ts`. */
export function openMessages(shelf: Shelf, changes: Changes) {
  const byChannel = new Map<string, Collection<Message>>();
  const clock = shelf.collection<number>("message clock");

  const of = (channel: string) => {
    const known = byChannel.get(channel) ?? shelf.collection<Message>(`messages ${channel}`);
    byChannel.set(channel, known);
    return known;
  };

  const nextTs = () => {
    const micros = Math.max(Date.now() * 1000, (clock.get("last") ?? 0) + 1);
    clock.set("last", micros);
    const seconds = Math.floor(micros / 1_000_000);
    return `${seconds}.${String(micros % 1_000_000).padStart(6, "0")}`;
  };

  return {
    nextTs,

    post(draft: Draft): Message {
      const message: Message = { ...draft, ts: nextTs() };
      if (draft.blocks) message.blocks = withIds(draft.blocks);
      of(draft.channel).set(message.ts, message);
      changes.touch();
      return message;
    },

    correct(message: Message, correction: Correction): Message {
      const corrected: Message = { ...message, text: correction.text };
      delete corrected.blocks;
      if (correction.blocks?.length) corrected.blocks = withIds(correction.blocks);
      if (correction.metadata) corrected.metadata = correction.metadata;
      if (correction.metadata && Object.keys(correction.metadata).length === 0) {
        delete corrected.metadata;
      }
      if (correction.edited) corrected.edited = { user: correction.edited.user, ts: nextTs() };
      of(message.channel).set(message.ts, corrected);
      changes.touch();
      return corrected;
    },

    remove(message: Message) {
      of(message.channel).delete(message.ts);
      changes.touch();
    },

    /** A message that the Web API can name: an ephemeral one is not among them. */
    find(channel: string, ts: string): Message | undefined {
      const message = of(channel).get(ts);
      return message?.ephemeral_to === undefined ? message : undefined;
    },

    /** As `find`, and this person's ephemeral messages too. */
    findFor(user: string, channel: string, ts: string): Message | undefined {
      const message = of(channel).get(ts);
      return message && isFor(user, message) ? message : undefined;
    },

    /** What this person sees in the channel, oldest first. */
    seenBy: (user: string, channel: string): Message[] =>
      [...of(channel).values()].filter((message) => isFor(user, message)),
  };
}

const isFor = (user: string, { ephemeral_to }: Message) =>
  ephemeral_to === undefined || ephemeral_to === user;
