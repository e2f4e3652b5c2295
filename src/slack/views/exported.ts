import type { KnownBlock } from "@slack/types";
import { context } from "../blocks.ts";
import { mrkdwn } from "../text/markup.ts";
import { code } from "./code.ts";

/** Slack takes 50 blocks in a message; longer than this nobody reads there. */
const most = 12;

/** A part of the workspace file, letter for letter. */
export function exported(text: string): KnownBlock[] {
  const blocks = code(text);
  return [
    ...blocks.slice(0, most),
    context(
      blocks.length > most
        ? mrkdwn`There is more: \`npx tieline export\` prints all of it.`
        : mrkdwn`This can stand in a workspace file: \`npx tieline apply FILE\` sets it up the same.`,
    ),
  ];
}
