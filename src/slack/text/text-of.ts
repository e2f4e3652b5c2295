import type { KnownBlock } from "@slack/types";
import { escaped } from "./markup.ts";

type Text = { type: string; text: string };

const said = ({ type, text }: Text): string => (type === "mrkdwn" ? text : escaped(text));

/** Everything the blocks say in words, in their order; buttons are left out, they are not said but done. */
export const textOf = (blocks: readonly KnownBlock[]): string =>
  blocks
    .map(wordsOf)
    .filter((words) => words !== "")
    .join("\n");

function wordsOf(block: KnownBlock): string {
  if (block.type === "section")
    return [block.text, ...(block.fields ?? [])]
      .filter((text) => text !== undefined)
      .map(said)
      .join("\n");
  if (block.type === "header") return said(block.text);
  if (block.type === "context")
    return block.elements.map((element) => ("text" in element ? said(element) : "")).join(" ");
  if (block.type === "image") return escaped(block.alt_text);
  if (block.type === "rich_text")
    return richText(block.elements).split("\n").map(escaped).join("\n");
  return block.type === "input" ? said(block.label) : "";
}

/** The text of any rich text node, whatever it is nested in. */
function richText(nodes: readonly unknown[]): string {
  return nodes
    .map((node) => {
      if (typeof node !== "object" || node === null) return "";
      if ("elements" in node && Array.isArray(node.elements)) return `${richText(node.elements)}\n`;
      return "text" in node && typeof node.text === "string" ? node.text : "";
    })
    .join("")
    .trim();
}
