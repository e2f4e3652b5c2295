import type { ApprovalView } from "#operations/contract.ts";
import type { KnownBlock } from "@slack/types";
import { context, section } from "../blocks.ts";
import type { Modal } from "../message.ts";
import { mrkdwn } from "../text/markup.ts";
import { visible } from "../text/visible.ts";
import { reviewBlocks } from "./connector-review.ts";
import { notice } from "./notice.ts";

/** Characters to a block, and to the whole: Slack takes a view of 250 kB. */
const most = { block: 2800, whole: 150_000 };

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
  const parts = piecesOf(shown.slice(0, most.whole));
  return [
    ...parts.map((part): KnownBlock => ({
      type: "rich_text",
      elements: [{ type: "rich_text_preformatted", elements: [{ type: "text", text: part }] }],
    })),
    ...(shown.length > most.whole
      ? [section(mrkdwn`● *There is more*  than Slack can show. Ask for a shorter manifest.`)]
      : []),
  ];
}

/** Cut between lines where there is one to cut between. */
function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  for (let rest = text; rest !== "";) {
    const end = rest.length <= most.block ? rest.length : rest.lastIndexOf("\n", most.block) + 1;
    const piece = rest.slice(0, end > 0 ? end : most.block);
    pieces.push(piece);
    rest = rest.slice(piece.length);
  }
  return pieces;
}
