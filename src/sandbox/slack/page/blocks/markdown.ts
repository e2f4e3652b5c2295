import type { VNode } from "preact";
import { withEmoji } from "../emoji.ts";
import { html } from "../html.ts";
import { parseMarkdown, type MarkdownBlock as Part, type MarkdownInline } from "../markdown.ts";

/** The markdown block: standard Markdown, drawn as elements. */
export function MarkdownBlock({ text }: { text: string }) {
  return html`<div class="markdown">${parseMarkdown(text).map(part)}</div>`;
}

function part(block: Part, key: number): VNode {
  switch (block.kind) {
    case "heading":
      return html`<p
        key=${key}
        role="heading"
        aria-level=${block.level + 2}
        class=${`heading level-${block.level}`}
      >
        ${inline(block.children)}
      </p>`;
    case "paragraph":
      return html`<p key=${key}>${inline(block.children)}</p>`;
    case "quote":
      return html`<blockquote key=${key}>${inline(block.children)}</blockquote>`;
    case "code":
      return html`<pre key=${key} class="pre" tabindex="0">${block.text}</pre>`;
    case "rule":
      return html`<hr key=${key} class="block-divider" />`;
    case "list":
      return list(block, key);
    case "table":
      return table(block.rows, key);
    default:
      return block satisfies never;
  }
}

function list({ ordered, start, items }: Extract<Part, { kind: "list" }>, key: number): VNode {
  const lines = items.map(
    (item, at) =>
      html`<li key=${at} class=${`level-${Math.min(item.level, 8)}`}>${inline(item.children)}</li>`,
  );
  return ordered
    ? html`<ol key=${key} class="list" start=${start}>
        ${lines}
      </ol>`
    : html`<ul key=${key} class="list">
        ${lines}
      </ul>`;
}

function table([head = [], ...rows]: MarkdownInline[][][], key: number): VNode {
  return html`<div key=${key} class="table-frame" role="region" aria-label="Table" tabindex="0">
    <table class="table">
      <thead>
        <tr>
          ${head.map((cell, at) => html`<th key=${at} scope="col">${inline(cell)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row, at) =>
            html`<tr key=${at}>
              ${row.map((cell, column) => html`<td key=${column} class="wrapped">${inline(cell)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function inline(nodes: MarkdownInline[]): (VNode | string)[] {
  return nodes.map((node) => {
    switch (node.kind) {
      case "text":
        return withEmoji(node.text);
      case "break":
        return html`<br />`;
      case "code":
        return html`<code>${node.text}</code>`;
      case "bold":
        return html`<strong>${inline(node.children)}</strong>`;
      case "italic":
        return html`<em>${inline(node.children)}</em>`;
      case "strike":
        return html`<s>${inline(node.children)}</s>`;
      case "link":
        return html`<a href=${node.url} target="_blank" rel="noopener noreferrer"
          >${inline(node.children)}</a
        >`;
      default:
        return node satisfies never;
    }
  });
}
