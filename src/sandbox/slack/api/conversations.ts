import { SlackRefusal } from "../refusal.ts";
import type { Slack } from "../slack.ts";
import type { Channel } from "../residents.ts";
import { visibleChannel } from "./chat.ts";
import { pageOf } from "./cursor.ts";
import type { Method, Methods } from "./method.ts";

const read: Pick<Method, "token" | "scopes"> = {
  token: "bot",
  scopes: ["channels:read", "groups:read", "im:read", "mpim:read"],
};
const kinds = ["public_channel", "private_channel", "mpim", "im"];

export const conversationMethods: Methods = {
  "conversations.info": {
    ...read,
    tier: "tier 3",
    run(args, slack) {
      const channel = visibleChannel(args.need("channel"), slack);
      mayRead(channel, slack);
      return { channel: shownChannel(channel, slack) };
    },
  },

  "conversations.list": {
    ...read,
    tier: "tier 2",
    run(args, slack) {
      const { workspace } = slack;
      const wanted = (args.text("types") || "public_channel").split(",").map((type) => type.trim());
      if (wanted.some((type) => !kinds.includes(type))) throw new SlackRefusal("invalid_types");
      for (const type of wanted) needs(scopeOf(type), slack);
      const visible = workspace
        .channels()
        .filter((channel) => !channel.is_private || workspace.botIsIn(channel))
        .filter((channel) => wanted.includes(kindOf(channel)));
      const { page, response_metadata } = pageOf(visible, args);
      const channels = page.map((channel) => shownChannel(channel, slack));
      return { channels, response_metadata };
    },
  },

  "conversations.open": {
    token: "bot",
    scopes: ["im:write", "mpim:write", "channels:manage", "groups:write"],
    tier: "tier 3",
    run(args, slack) {
      const { workspace } = slack;
      const given = args.text("channel");
      if (given) return { channel: { id: visibleChannel(given, slack).id } };
      const users = args.text("users")?.split(",") ?? listed(args.json("users"));
      const [user, ...more] = users;
      if (!user) throw new SlackRefusal("users_list_not_supplied");
      if (more.length > 0) throw new SlackRefusal("method_not_supported_for_channel_type");
      const found = workspace.user(user);
      if (!found) throw new SlackRefusal("user_not_found");
      if (found.deleted) throw new SlackRefusal("user_disabled");
      if (found.is_bot) throw new SlackRefusal("invalid_user_combination");
      const channel = workspace.imWith(user);
      return {
        no_op: true,
        already_open: true,
        channel: args.flag("return_im") ? shownChannel(channel, slack) : { id: channel.id },
      };
    },
  },

  "conversations.members": {
    ...read,
    tier: "tier 4",
    run(args, slack) {
      const channel = visibleChannel(args.need("channel"), slack);
      mayRead(channel, slack);
      const { page, response_metadata } = pageOf(channel.members, args);
      return { members: page, response_metadata };
    },
  },

  "conversations.join": {
    token: "bot",
    scopes: ["channels:join"],
    tier: "tier 3",
    run(args, slack) {
      const channel = visibleChannel(args.need("channel"), slack);
      if (channel.kind === "im" || channel.is_private) {
        throw new SlackRefusal("method_not_supported_for_channel_type");
      }
      slack.workspace.join(channel, slack.workspace.identity.bot_user_id);
      slack.changes.touch();
      return { channel: shownChannel(channel, slack) };
    },
  },
};

const listed = (value: unknown) => (Array.isArray(value) ? value.map(String) : []);

const kindOf = ({ kind, is_private }: Channel) =>
  kind === "im" ? "im" : is_private ? "private_channel" : "public_channel";

const scopeOf = (type: string) =>
  ({ im: "im:read", mpim: "mpim:read", private_channel: "groups:read" })[type] ?? "channels:read";

const mayRead = (channel: Channel, slack: Slack) => needs(scopeOf(kindOf(channel)), slack);

function needs(scope: string, { settings }: Slack) {
  const provided = settings.app.scopes;
  if (provided.includes(scope)) return;
  throw new SlackRefusal("missing_scope", { needed: scope, provided: provided.join(",") });
}

function shownChannel(channel: Channel, { workspace }: Slack) {
  const base = { id: channel.id, created: 1_700_000_000, is_archived: false, is_im: false };
  if (channel.kind === "im") {
    return {
      ...base,
      is_im: true,
      is_org_shared: false,
      user: channel.with,
      is_user_deleted: false,
    };
  }
  return {
    ...base,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: !channel.is_private,
    is_group: channel.is_private,
    is_mpim: false,
    is_private: channel.is_private,
    is_general: channel.name === "general",
    is_shared: false,
    is_ext_shared: false,
    is_org_shared: false,
    is_member: workspace.botIsIn(channel),
    topic: { value: "", creator: "", last_set: 0 },
    purpose: { value: channel.purpose, creator: "", last_set: 0 },
    num_members: channel.members.length,
  };
}
