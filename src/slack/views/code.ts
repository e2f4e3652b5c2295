import type { RichTextBlock } from "@slack/types";
import { visible } from "../text/visible.ts";

/** Slack takes about so much in one text of a block. */
const most = 2800;

/** A text letter for letter, in as few blocks as hold it. */
export const code = (text: string): RichTextBlock[] =>
  piecesOf(text.split("\n").map(visible).join("\n")).map((part) => ({
    type: "rich_text",
    elements: [{ type: "rich_text_preformatted", elements: [{ type: "text", text: part }] }],
  }));

/** Cut between lines where there is one to cut between. */
function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  for (let rest = text; rest !== "";) {
    const end = rest.length <= most ? rest.length : rest.lastIndexOf("\n", most) + 1;
    const piece = rest.slice(0, end > 0 ? end : most);
    pieces.push(piece);
    rest = rest.slice(piece.length);
  }
  return pieces;
}
