import { asFields, asText } from "../fields.ts";
import { SlackRefusal } from "../refusal.ts";
import { writableChannel } from "./chat.ts";
import type { Methods } from "./method.ts";

/**
 * Canvases as files, which they are (docs.slack.dev, canvases.create). Their size limit is not published;
 * which error a document that is no Markdown gets is unverified.
 */
export const canvasMethods: Methods = {
  "canvases.create": {
    token: "bot",
    scopes: ["canvases:write"],
    tier: "tier 2",
    run(args, slack) {
      const { canvases } = slack.settings;
      if (canvases === "disabled") throw new SlackRefusal("canvas_disabled_user_team");
      if (canvases === "restricted") throw new SlackRefusal("restricted_action");
      const name = args.text("channel_id");
      if (name === undefined && canvases === "free")
        throw new SlackRefusal("free_teams_cannot_create_non_tabbed_canvases");
      const channel = name === undefined ? undefined : writableChannel(name, slack);
      const { type, markdown } = asFields(args.json("document_content") ?? { type: "markdown", markdown: "" }); // prettier-ignore
      const text = asText(markdown);
      if (type !== "markdown" || text === undefined)
        throw new SlackRefusal("canvas_creation_failed");
      const file = slack.files.canvas(args.text("title") ?? "Untitled", text);
      if (channel) slack.changes.touch();
      return { canvas_id: file.id };
    },
  },
};
