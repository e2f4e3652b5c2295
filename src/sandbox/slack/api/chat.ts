import { contentOf } from "../message-content.ts";
import type { Message } from "../messages.ts";
import { SlackRefusal } from "../refusal.ts";
import type { Slack } from "../slack.ts";
import type { Channel } from "../residents.ts";
import type { Arguments } from "./arguments.ts";
import type { Method, Methods } from "./method.ts";

const write: Pick<Method, "token" | "scopes"> = { token: "bot", scopes: ["chat:write"] };

export const chatMethods: Methods = {
  "chat.postMessage": {
    ...write,
    tier: "special",
    run(args, slack) {
      const channel = writableChannel(args.need("channel"), slack);
      const content = contentOf(args, slack.files.isImage);
      const thread = threadOf(args, channel, slack);
      const wait = slack.rateLimits.spendMessage(channel.id);
      if (wait !== undefined) throw new SlackRefusal("ratelimited", { retry_after: wait });
      const message = slack.messages.post({
        ...fromBot(slack, channel),
        text: content.text,
        ...(content.blocks && { blocks: content.blocks }),
        ...(content.metadata && { metadata: content.metadata }),
        ...(thread && { thread_ts: thread }),
      });
      return { channel: channel.id, ts: message.ts, message: shownMessage(slack, message) };
    },
  },

  "chat.update": {
    ...write,
    tier: "tier 3",
    run(args, slack) {
      const message = ownMessage(args, slack, "cant_update_message");
      const { text, blocks, metadata } = contentOf(args, slack.files.isImage, 4_000);
      // Slack shows no "(edited)" on a message that is updated with blocks.
      const edited = blocks?.length ? {} : { edited: { user: message.user } };
      const correction = { text, blocks, metadata, ...edited };
      const corrected = slack.messages.correct(message, correction);
      const shown = shownMessage(slack, corrected);
      return { channel: message.channel, ts: message.ts, text: corrected.text, message: shown };
    },
  },

  "chat.delete": {
    ...write,
    tier: "tier 3",
    run(args, slack) {
      const message = ownMessage(args, slack, "cant_delete_message");
      slack.messages.remove(message);
      return { channel: message.channel, ts: message.ts };
    },
  },

  "chat.postEphemeral": {
    ...write,
    tier: "tier 4",
    run(args, slack) {
      const channel = writableChannel(args.need("channel"), slack);
      const user = args.need("user");
      if (!channel.members.includes(user)) throw new SlackRefusal("user_not_in_channel");
      const content = contentOf(args, slack.files.isImage);
      const thread = threadOf(args, channel, slack);
      const { ts } = slack.messages.post({
        ...fromBot(slack, channel),
        text: content.text,
        ...(content.blocks && { blocks: content.blocks }),
        ...(thread && { thread_ts: thread }),
        ephemeral_to: user,
      });
      return { message_ts: ts };
    },
  },

  "chat.getPermalink": {
    token: "bot",
    scopes: [],
    tier: "special",
    run(args, slack) {
      const channel = visibleChannel(args.need("channel"), slack);
      const message = slack.messages.find(channel.id, args.need("message_ts"));
      if (!message) throw new SlackRefusal("message_not_found");
      const place = `${channel.id}/p${message.ts.replace(".", "")}`;
      const thread = message.thread_ts ? `?thread_ts=${message.thread_ts}&cid=${channel.id}` : "";
      return {
        channel: channel.id,
        permalink: `${slack.origin.current}/archives/${place}${thread}`,
      };
    },
  },
};

/** A channel by id, or refused as one that the bot cannot see. */
export function visibleChannel(id: string, { workspace }: Slack): Channel {
  const channel = workspace.channel(id);
  if (!channel || (channel.is_private && !workspace.botIsIn(channel))) {
    throw new SlackRefusal("channel_not_found");
  }
  return channel;
}

/** Where the bot may post: a channel by id or name, or a person, who is then written to directly. */
export function writableChannel(name: string, slack: Slack): Channel {
  const { workspace, settings } = slack;
  if (workspace.person(name)) return workspace.imWith(name);
  const named = workspace.channelNamed(name.replace(/^#/, ""));
  const channel = visibleChannel(named?.id ?? name, slack);
  const mayPost = workspace.botIsIn(channel) || settings.app.scopes.includes("chat:write.public");
  if (!mayPost) throw new SlackRefusal("not_in_channel");
  return channel;
}

export function fromBot({ workspace }: Slack, channel: Channel) {
  const { bot_id, bot_user_id } = workspace.identity;
  return { channel: channel.id, user: bot_user_id, bot_id };
}

/** The message as methods and payloads show it. */
export function shownMessage({ workspace }: Slack, message: Message) {
  const { identity, team } = workspace;
  const { ephemeral_to: _, channel: __, ...shown } = message;
  return { type: "message", ...shown, app_id: identity.app_id, team: team.id };
}

function ownMessage(args: Arguments, slack: Slack, refused: string): Message {
  const channel = visibleChannel(args.need("channel"), slack);
  const message = slack.messages.find(channel.id, args.need("ts"));
  if (!message) throw new SlackRefusal("message_not_found");
  if (message.user !== slack.workspace.identity.bot_user_id) throw new SlackRefusal(refused);
  return message;
}

/** The root of the thread: a reply's own thread when a reply is named. */
function threadOf(args: Arguments, channel: Channel, { messages }: Slack): string | undefined {
  const thread = args.text("thread_ts");
  if (!thread) return undefined;
  const root = messages.find(channel.id, thread);
  return root?.thread_ts ?? thread;
}
