import { Fragment, h, type VNode } from "preact";
import type { TextObject } from "./blocks/model.ts";
import { withEmoji } from "./emoji.ts";
import { html } from "./html.ts";
import { ChannelMention, DateText, GroupMention, UserMention } from "./mentions.ts";
import { parseMrkdwn, type Inline, type Piece } from "./mrkdwn.ts";
import { decorate } from "./decorate.ts";

/** Slack's mrkdwn as elements; data never becomes markup. */
export function Mrkdwn({ text }: { text: string }) {
  return html`<${Fragment}>${parseMrkdwn(text).map(renderPiece)}</${Fragment}>`;
}

/** A text object of either kind. */
export function PlainOrMrkdwn({ text }: { text: TextObject }) {
  if (text.type === "mrkdwn") return html`<${Mrkdwn} text=${text.text} />`;
  return html`<${Fragment}>${plainLines(withEmoji(text.text))}</${Fragment}>`;
}

/** Plain text with its line ends kept. */
export function plainLines(text: string): (VNode | string)[] {
  return text.split("\n").flatMap((line, index) => {
    const shown = decorate(line);
    return index > 0 ? [html`<br />`, ...shown] : shown;
  });
}

function renderPiece(piece: Piece): VNode {
  switch (piece.kind) {
    case "pre":
      return html`<pre class="pre" tabindex="0">${piece.text}</pre>`;
    case "quote":
      return html`<blockquote>${piece.children.map(renderInline)}</blockquote>`;
    case "lines":
      return html`<span class="lines">${piece.children.map(renderInline)}</span>`;
    default:
      return piece satisfies never;
  }
}

const styles = { bold: "strong", italic: "em", strike: "s" } as const;
const mentions = { user: UserMention, channel: ChannelMention, usergroup: GroupMention } as const;

function renderInline(node: Inline): VNode | (VNode | string)[] {
  if ("children" in node) return h(styles[node.kind], null, node.children.map(renderInline));
  if ("id" in node) return html`<${mentions[node.kind]} ...${node} />`;
  switch (node.kind) {
    case "text":
      return decorate(node.text);
    case "break":
      return html`<br />`;
    case "code":
      return html`<code>${node.text}</code>`;
    case "link":
      return html`<a href=${node.url} target="_blank" rel="noopener noreferrer">${node.text}</a>`;
    case "broadcast":
      return html`<span class="mention">@${node.range}</span>`;
    case "date":
      return html`<${DateText} ...${node} />`;
    default:
      return node satisfies never;
  }
}
