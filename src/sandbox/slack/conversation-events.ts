import { tell } from "./slackbot.ts";
import { asMessage } from "./mentions.ts";
import type { Message } from "./messages.ts";
import type { Slack } from "./slack.ts";
import type { Channel, User } from "./residents.ts";

/** Posts what a person wrote; the app hears of it when it is mentioned or written to directly. */
export function write(
  user: User,
  channel: Channel,
  text: string,
  thread: string | undefined,
  slack: Slack,
): Message {
  const { workspace, messages, events } = slack;
  const said = asMessage(text, workspace);
  const message = messages.post({
    channel: channel.id,
    user: user.id,
    text: said,
    ...(thread && { thread_ts: thread }),
  });
  const event = {
    user: user.id,
    text: said,
    ts: message.ts,
    channel: channel.id,
    team: workspace.team.id,
    event_ts: message.ts,
    ...(thread && { thread_ts: thread }),
  };
  const mentioned = said.includes(`<@${workspace.identity.bot_user_id}>`);
  if (channel.kind === "im") events.send({ type: "message", channel_type: "im", ...event });
  else if (mentioned && workspace.botIsIn(channel)) events.send({ type: "app_mention", ...event });
  else if (mentioned) {
    const { name } = slack.settings.app;
    tell(user, channel, `${name} is not in #${channel.name}. To add it: /invite @${name}`, slack);
  }
  return message;
}

/** A person looks at the app's Home. */
export function openHome(user: User, { workspace, views, messages, events }: Slack): void {
  const home = views.home(user.id);
  events.send({
    type: "app_home_opened",
    user: user.id,
    channel: workspace.imWith(user.id).id,
    tab: "home",
    ...(home && { view: home.view }),
    event_ts: messages.nextTs(),
  });
}
