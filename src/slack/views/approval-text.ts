import type { ApprovalView } from "#operations/contract.ts";
import type { KnownBlock } from "@slack/types";
import { context, section } from "../blocks.ts";
import type { Modal } from "../message.ts";
import { mrkdwn } from "../text/markup.ts";
import { code } from "./code.ts";
import { visible } from "../text/visible.ts";
import { reviewBlocks } from "./connector-review.ts";
import { notice } from "./notice.ts";

/** Characters of the whole: Slack takes a view of 250 kB. */
const most = 150_000;

/** All that is asked for, with the text itself, letter for letter. */
export const approvalText = ({ approval, about }: ApprovalView): Modal =>
  notice("Read it all", [
    ...reviewBlocks(about),
    ...(about.text === null
      ? [section(mrkdwn`This is the manifest that comes with Tieline.`)]
      : textBlocks(about.text)),
    context(mrkdwn`Fingerprint ${approval.hash}.`),
  ]);

function textBlocks(text: string): KnownBlock[] {
  const shown = text.split("\n").map(visible).join("\n");
  return [
    ...code(shown.slice(0, most)),
    ...(shown.length > most
      ? [section(mrkdwn`● *There is more*  than Slack can show. Ask for a shorter manifest.`)]
      : []),
  ];
}
