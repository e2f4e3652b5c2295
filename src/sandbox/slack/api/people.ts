import { SlackRefusal } from "../refusal.ts";
import type { Slack } from "../slack.ts";
import type { User, UserGroup } from "../residents.ts";
import { pageOf } from "./cursor.ts";
import type { Methods } from "./method.ts";

export const peopleMethods: Methods = {
  "users.info": {
    token: "bot",
    scopes: ["users:read"],
    tier: "tier 4",
    run(args, slack) {
      const user = slack.workspace.user(args.need("user"));
      if (!user) throw new SlackRefusal("user_not_found");
      return { user: shownUser(user, slack) };
    },
  },

  "users.list": {
    token: "bot",
    scopes: ["users:read"],
    tier: "tier 2",
    run(args, slack) {
      const { page, response_metadata } = pageOf(slack.workspace.users(), args);
      const members = page.map((user) => shownUser(user, slack));
      return { members, cache_ts: Math.floor(Date.now() / 1000), response_metadata };
    },
  },

  "usergroups.list": {
    token: "bot",
    scopes: ["usergroups:read"],
    tier: "tier 2",
    run: (args, slack) => ({
      usergroups: slack.workspace
        .groups()
        .map((group) => shownGroup(group, slack, args.flag("include_users"))),
    }),
  },

  "usergroups.users.list": {
    token: "bot",
    scopes: ["usergroups:read"],
    tier: "tier 2",
    run(args, { workspace }) {
      const group = workspace.group(args.need("usergroup"));
      if (!group) throw new SlackRefusal("no_such_subteam");
      return { users: group.users };
    },
  },
};

function shownUser(user: User, { settings, workspace }: Slack) {
  const local = Temporal.Now.zonedDateTimeISO(user.tz);
  const email = settings.app.scopes.includes("users:read.email") && user.email !== "";
  return {
    id: user.id,
    team_id: workspace.team.id,
    name: user.name,
    deleted: user.deleted,
    color: user.color,
    real_name: user.real_name,
    tz: user.tz,
    tz_label: user.tz,
    tz_offset: Math.round(local.offsetNanoseconds / 1_000_000_000),
    profile: {
      title: user.title,
      real_name: user.real_name,
      real_name_normalized: user.real_name,
      display_name: user.name,
      display_name_normalized: user.name,
      ...(email && { email: user.email }),
      team: workspace.team.id,
    },
    is_admin: user.is_admin,
    is_owner: false,
    is_primary_owner: false,
    is_restricted: false,
    is_ultra_restricted: false,
    is_bot: user.is_bot,
    is_app_user: false,
    updated: 1_700_000_000,
  };
}

function shownGroup(group: UserGroup, { workspace }: Slack, withUsers: boolean) {
  return {
    id: group.id,
    team_id: workspace.team.id,
    is_usergroup: true,
    is_subteam: true,
    name: group.name,
    handle: group.handle,
    description: group.description,
    is_external: false,
    date_create: 1_700_000_000,
    date_update: 1_700_000_000,
    date_delete: 0,
    user_count: group.users.length,
    ...(withUsers && { users: group.users }),
  };
}
