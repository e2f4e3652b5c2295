import { Fragment, type VNode } from "preact";
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

function renderInline(node: Inline): VNode | (VNode | string)[] {
  switch (node.kind) {
    case "text":
      return decorate(node.text);
    case "break":
      return html`<br />`;
    case "bold":
      return html`<strong>${node.children.map(renderInline)}</strong>`;
    case "italic":
      return html`<em>${node.children.map(renderInline)}</em>`;
    case "strike":
      return html`<s>${node.children.map(renderInline)}</s>`;
    case "code":
      return html`<code>${node.text}</code>`;
    default:
      return renderToken(node);
  }
}

function renderToken(
  token: Exclude<Inline, { kind: "text" | "break" | "bold" | "italic" | "strike" | "code" }>,
): VNode {
  switch (token.kind) {
    case "link":
      return html`<a href=${token.url} target="_blank" rel="noopener noreferrer">${token.text}</a>`;
    case "user":
      return html`<${UserMention} id=${token.id} label=${token.label} />`;
    case "channel":
      return html`<${ChannelMention} id=${token.id} label=${token.label} />`;
    case "usergroup":
      return html`<${GroupMention} id=${token.id} label=${token.label} />`;
    case "broadcast":
      return html`<span class="mention">@${token.range}</span>`;
    case "date":
      return html`<${DateText} ...${token} />`;
    default:
      return token satisfies never;
  }
}
