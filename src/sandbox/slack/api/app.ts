import { checkMessageBlocks, checkView } from "../validate-blocks.ts";
import { asFields, isFields } from "../fields.ts";
import { SlackRefusal } from "../refusal.ts";
import type { Methods } from "./method.ts";

export const appMethods: Methods = {
  "auth.test": {
    token: "bot",
    scopes: [],
    tier: "special",
    run: (_, { workspace, origin }) => {
      const { identity, team } = workspace;
      return {
        url: `${origin.current}/`,
        team: team.name,
        team_id: team.id,
        user: workspace.user(identity.bot_user_id)?.name,
        user_id: identity.bot_user_id,
        bot_id: identity.bot_id,
        is_enterprise_install: false,
      };
    },
  },

  "apps.connections.open": {
    token: "app",
    scopes: [],
    tier: "tier 3",
    run: (_, { socketMode, origin }) => ({ url: socketMode.ticketUrl(origin.current) }),
  },

  "blocks.validate": {
    token: "none",
    scopes: [],
    tier: "tier 3",
    run(args, { files }) {
      const blocks = args.json("blocks", "invalid_blocks");
      const message = args.json("message", "invalid_message");
      const view = args.json("view", "invalid_view");
      const given = [blocks, message, view].filter((value) => value !== undefined);
      if (given.length !== 1) throw new SlackRefusal("invalid_arguments");
      if (view !== undefined) return judge("invalid_view", checkView(view, files.isImage));
      if (message !== undefined && !isFields(message)) throw new SlackRefusal("invalid_message");
      const list = blocks ?? asFields(message)["blocks"] ?? [];
      return judge(
        blocks === undefined ? "invalid_message" : "invalid_blocks",
        checkMessageBlocks(list, files.isImage),
      );
    },
  },
};

function judge(error: string, errors: unknown[]) {
  if (errors.length > 0) throw new SlackRefusal(error, { errors });
  return {};
}
