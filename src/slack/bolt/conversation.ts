import type { At } from "../at.ts";
import type { Caller } from "../door.ts";
import type { Message, Reply } from "../message.ts";
import { SlackRefused } from "../client.ts";
import { atFor, type Wiring } from "./wiring.ts";

/** Where a person waits for an answer. */
export type Conversation = {
  channel: string | null;
  at(): Promise<At>;
  /** Says it to the asker alone. */
  whisper(message: Message): Promise<void>;
  /** Says it to everybody there. */
  say(message: Message): Promise<void>;
};

export type Place = {
  caller: Caller;
  channel: string | null;
  thread: string | null;
  /** Slack's own address for answers to this one request: good five times in thirty minutes. */
  respond: ((message: Message) => Promise<unknown>) | null;
};

export function conversationAt(wiring: Wiring, place: Place): Conversation {
  const { api, log, pictures } = wiring;
  const { caller, channel, thread, respond } = place;

  const whisper = async (message: Message): Promise<void> => {
    const ways: (() => Promise<unknown>)[] = [
      ...(respond ? [() => respond(message)] : []),
      ...(channel !== null && caller.user !== undefined
        ? [() => api.whisper(channel, caller.user ?? "", message, thread ?? undefined)]
        : []),
      ...(caller.user === undefined ? [] : [() => api.post(caller.user ?? "", message)]),
    ];
    for (const way of ways) {
      try {
        await way();
        return;
      } catch (error) {
        log.warn("an answer could not be given this way", { error: String(error) });
      }
    }
  };

  return {
    channel,
    at: () => atFor(wiring, caller, channel),
    whisper,
    async say(message) {
      try {
        const drawn = await pictures.drawn(message);
        await api.post(channel ?? caller.user ?? "", drawn, thread ?? undefined);
      } catch (error) {
        if (!(error instanceof SlackRefused)) throw error;
        await whisper(message);
      }
    },
  };
}

/** Gives a reply in the conversation. */
export async function give(reply: Reply, conversation: Conversation): Promise<void> {
  switch (reply.kind) {
    case "nothing":
      return;
    case "private":
      return conversation.whisper(reply.message);
    case "public":
      return conversation.say(reply.message);
    case "modal":
      return;
    default:
      return reply satisfies never;
  }
}

/** Bolt's `respond`, as an answer that leaves the card it was clicked on alone. */
export const responding =
  (respond: (answer: RespondAnswer) => Promise<unknown>) =>
  ({ text, blocks }: Message): Promise<unknown> =>
    respond({ response_type: "ephemeral", replace_original: false, text, blocks });

type RespondAnswer = {
  response_type: "ephemeral";
  replace_original: false;
  text: string;
  blocks: Message["blocks"];
};
