import type { VNode } from "preact";
import type { RichElement, RichInline, RichSection, RichStyle } from "./blocks/model.ts";
import { emojiNamed } from "./emoji.ts";
import { html } from "./html.ts";
import { ChannelMention, DateText, GroupMention, UserMention } from "./mentions.ts";
import { safeUrl } from "./safe-url.ts";
import { plainLines } from "./text.ts";

type List = Extract<RichElement, { type: "rich_text_list" }>;

/** A rich text block or table cell: text as nodes, nothing parsed. */
export function RichText({ elements }: { elements: RichElement[] }) {
  return html`<div class="rich">${elements.map(block)}</div>`;
}

function block(element: RichElement, key: number): VNode {
  switch (element.type) {
    case "rich_text_section":
      return html`<div key=${key}>${element.elements.map(inline)}</div>`;
    case "rich_text_list":
      return list(element, key);
    case "rich_text_quote":
      return html`<blockquote key=${key}>${element.elements.map(inline)}</blockquote>`;
    case "rich_text_preformatted":
      return html`<pre key=${key} class="pre" tabindex="0">${element.elements.map(inline)}</pre>`;
    default:
      return html`<span key=${key} class="unknown"
        >[${String((element as { type: unknown }).type)}]</span
      >`;
  }
}

function list({ style, indent = 0, offset = 0, elements }: List, key: number): VNode {
  const items = elements.map(
    (item: RichSection, at) => html`<li key=${at}>${item.elements.map(inline)}</li>`,
  );
  const look = `list level-${Math.min(indent, 8)}`;
  return style === "ordered"
    ? html`<ol key=${key} class=${look} start=${offset + 1}>
        ${items}
      </ol>`
    : html`<ul key=${key} class=${look}>
        ${items}
      </ul>`;
}

function inline(node: RichInline): VNode {
  return styled(bare(node), node.style);
}

function bare(node: RichInline): VNode | (VNode | string)[] | string {
  switch (node.type) {
    case "text":
      return plainLines(node.text);
    case "link":
      return link(node.url, node.text);
    case "user":
      return html`<${UserMention} id=${node.user_id} />`;
    case "usergroup":
      return html`<${GroupMention} id=${node.usergroup_id} />`;
    case "channel":
      return html`<${ChannelMention} id=${node.channel_id} />`;
    case "emoji":
      return emojiNamed(node.name);
    case "date":
      return html`<${DateText}
        unix=${node.timestamp}
        format=${node.format}
        url=${node.url && safeUrl(node.url)}
        fallback=${node.fallback ?? ""}
      />`;
    case "broadcast":
      return html`<span class="mention">@${node.range}</span>`;
    case "color":
      return html`<code>${node.value}</code>`;
    default:
      return `[${String((node as { type: unknown }).type)}]`;
  }
}

function link(url: string, text: string | undefined): VNode | string {
  const safe = safeUrl(url);
  if (!safe) return text ?? url;
  return html`<a href=${safe} target="_blank" rel="noopener noreferrer">${text || url}</a>`;
}

function styled(content: ReturnType<typeof bare>, style: RichStyle = {}): VNode {
  let node = html`<span>${content}</span>`;
  if (style.code) node = html`<code>${content}</code>`;
  if (style.bold) node = html`<strong>${node}</strong>`;
  if (style.italic) node = html`<em>${node}</em>`;
  if (style.strike) node = html`<s>${node}</s>`;
  if (style.underline) node = html`<u>${node}</u>`;
  return node;
}
