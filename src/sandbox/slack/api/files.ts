import { asList, asText, isFields } from "../fields.ts";
import { blocksOf } from "../message-content.ts";
import { SlackRefusal } from "../refusal.ts";
import { fromBot, writableChannel } from "./chat.ts";
import type { Method, Methods } from "./method.ts";

const write: Omit<Method, "run"> = { token: "bot", scopes: ["files:write"], tier: "tier 4" };
const altTextMost = 1000;

export const fileMethods: Methods = {
  "files.info": {
    token: "bot",
    scopes: ["files:read"],
    tier: "tier 4",
    run(args, { files }) {
      const file = files.seenByApp(args.need("file"));
      if (!file) throw new SlackRefusal("file_not_found");
      return { file: files.shown(file), comments: [], response_metadata: { next_cursor: "" } };
    },
  },

  "files.getUploadURLExternal": {
    ...write,
    run(args, { files }) {
      const length = Number(args.need("length"));
      if (!Number.isInteger(length) || length <= 0) throw new SlackRefusal("invalid_arguments");
      const altText = args.text("alt_txt") ?? args.text("alt_text") ?? "";
      if (altText.length > altTextMost) throw new SlackRefusal("alt_txt_too_large");
      const { id, upload_url } = files.ask(args.need("filename"), length, altText);
      return { upload_url, file_id: id };
    },
  },

  "files.completeUploadExternal": {
    ...write,
    run(args, slack) {
      const asked = asList(args.json("files")).filter(isFields);
      if (asked.length === 0) throw new SlackRefusal("invalid_arguments");
      const name = args.text("channel_id") || args.text("channels")?.split(",")[0];
      const channel = name ? writableChannel(name, slack) : undefined;
      const blocks = blocksOf(args.json("blocks", "invalid_blocks"), slack.files.isImage);
      const files = asked.map((file) =>
        slack.files.complete(String(file["id"]), asText(file["title"])),
      );
      const shown = files.map(slack.files.shown);
      if (channel) {
        const thread = args.text("thread_ts");
        slack.messages.post({
          ...fromBot(slack, channel),
          text: args.text("initial_comment") ?? "",
          ...(blocks && { blocks }),
          ...(thread && { thread_ts: thread }),
          files: shown,
        });
      }
      return { files: shown };
    },
  },
};
