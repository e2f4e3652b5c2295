import type { Fields } from "./fields.ts";
import type { Message } from "./messages.ts";
import type { Slack } from "./slack.ts";
import type { ShownView } from "./views.ts";
import type { Channel, User } from "./residents.ts";

const mostMessages = 500;

/** Everything that this person sees, for the page. */
export function stateFor(me: User, slack: Slack): Fields {
  const { workspace, settings, changes, carrier, views } = slack;
  const { identity, team } = workspace;
  const channels = workspace.channels().filter((channel) => workspace.sees(me.id, channel));
  const home = views.home(me.id);
  return {
    version: changes.version(),
    team: { id: team.id, name: team.name },
    me: shownUser(me),
    users: workspace.users().map(shownUser),
    usergroups: workspace.groups(),
    channels: channels.map((channel) => shownChannel(channel, slack)),
    commands: settings.app.commands,
    app: {
      id: identity.app_id,
      name: settings.app.name,
      bot_user_id: identity.bot_user_id,
      connected: carrier.connected(),
    },
    messages: Object.fromEntries(
      channels.map(({ id }) => [id, messagesIn(id, me, slack)] as const),
    ),
    home: home ? shownView(home) : null,
    modals: views.stackOf(me.id).map(shownView),
    tools: settings.tools,
  };
}

const shownUser = ({ id, name, real_name, title, tz, color, deleted, is_bot, is_admin }: User) => ({
  id,
  name,
  real_name,
  profile: { title },
  tz,
  color,
  deleted,
  is_bot,
  is_admin,
});

function shownChannel(channel: Channel, { workspace }: Slack) {
  const { id, purpose, is_private, kind, members } = channel;
  const app = workspace.user(workspace.identity.bot_user_id);
  const name = kind === "im" ? (app?.real_name ?? "") : channel.name;
  return {
    id,
    name,
    purpose,
    is_private,
    kind,
    members,
    bot_is_member: workspace.botIsIn(channel),
  };
}

function messagesIn(channel: string, me: User, { messages }: Slack): Fields[] {
  const seen = messages.seenBy(me.id, channel).slice(-mostMessages);
  const replies = new Map<string, number>();
  for (const { thread_ts } of seen) {
    if (thread_ts) replies.set(thread_ts, (replies.get(thread_ts) ?? 0) + 1);
  }
  return seen.map((message) => shownMessage(message, replies.get(message.ts)));
}

function shownMessage({ ephemeral_to, ...message }: Message, replies: number | undefined): Fields {
  return {
    ...message,
    ...(ephemeral_to !== undefined && { ephemeral: true }),
    ...(replies !== undefined && { reply_count: replies }),
  };
}

const shownView = ({ view, notes }: ShownView): Fields => ({ ...view, ...notes });
