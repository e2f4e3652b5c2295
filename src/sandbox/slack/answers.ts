import { asText, type Fields } from "./fields.ts";
import { argumentsFrom } from "./api/arguments.ts";
import { contentOf } from "./message-content.ts";
import type { ResponseUrl } from "./response-urls.ts";
import type { Slack } from "./slack.ts";

type Place = Pick<ResponseUrl, "user" | "channel" | "message" | "thread">;

/**
 * Carries out what the app answers to an interaction: a message for that person alone or for the
 * channel, or the replacement or removal of the message it came from.
 */
export function answerTo(place: Place, body: Fields, slack: Slack): void {
  const { messages, workspace, files } = slack;
  const original = place.message
    ? messages.findFor(place.user, place.channel, place.message)
    : undefined;
  if (body["delete_original"] === true) {
    if (original) messages.remove(original);
    return;
  }
  const args = argumentsFrom(body);
  const { text, blocks, metadata } = contentOf(args, files.isImage);
  if (body["replace_original"] === true && original) {
    messages.correct(original, { text, blocks, metadata });
    return;
  }
  const thread = asText(body["thread_ts"]) ?? place.thread;
  const { bot_user_id, bot_id } = workspace.identity;
  messages.post({
    channel: place.channel,
    user: bot_user_id,
    bot_id,
    text,
    ...(blocks && { blocks }),
    ...(metadata && { metadata }),
    ...(thread && { thread_ts: thread }),
    ...(body["response_type"] !== "in_channel" && { ephemeral_to: place.user }),
  });
}
