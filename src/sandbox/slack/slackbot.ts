import type { Channel, User } from "./residents.ts";
import type { Slack } from "./slack.ts";
import { slackbot } from "./workspace.ts";

/** A line from Slackbot that only this person sees. */
export function tell(user: User, channel: Channel, text: string, { messages }: Slack): void {
  messages.post({ channel: channel.id, user: slackbot, text, ephemeral_to: user.id });
}
