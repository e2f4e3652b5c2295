import { Fragment, type VNode } from "preact";
import { html } from "../html.ts";
import { RichText } from "../rich-text.ts";
import type { Surface } from "../surface.ts";
import { blockIdOf } from "../values.ts";
import { ActionRow } from "./actions.ts";
import { ContextLine } from "./context.ts";
import { ImageBlock } from "./image.ts";
import { InputField } from "./input.ts";
import { MarkdownBlock } from "./markdown.ts";
import type { Block } from "./model.ts";
import { Alert, Header, SectionBlock } from "./section.ts";
import { TableBlock } from "./table.ts";
import { Unknown } from "./unknown.ts";

/** A list of blocks as Slack stacks them. A block that is not known is shown as a labelled box. */
export function Blocks({ blocks, surface }: { blocks: Block[]; surface: Surface }) {
  return html`<${Fragment}>
    ${blocks.map((block, index) => html`<${Fragment} key=${keyOf(block, index)}>${one(block, index, surface)}</${Fragment}>`)}
  </${Fragment}>`;
}

/** Inputs go by their id, so that one keeps its caret when others come and go; all else by place, so that a new card replaces an old one without a flicker. */
const keyOf = (block: Block, index: number): string =>
  block.type === "input" ? `input ${blockIdOf(block, index)}` : `${block.type} ${index}`;

function one(block: Block, index: number, surface: Surface): VNode {
  const blockId = blockIdOf(block, index);
  switch (block.type) {
    case "section":
      return html`<${SectionBlock} block=${block} blockId=${blockId} surface=${surface} />`;
    case "header":
      return html`<${Header} text=${block.text} />`;
    case "divider":
      return html`<hr class="block-divider" />`;
    case "context":
      return html`<${ContextLine} elements=${block.elements} />`;
    case "image":
      return html`<${ImageBlock} image=${block} />`;
    case "actions":
      return html`<${ActionRow}
        elements=${block.elements}
        blockId=${blockId}
        surface=${surface}
      />`;
    case "input":
      return html`<${InputField} block=${block} blockId=${blockId} surface=${surface} />`;
    case "rich_text":
      return html`<${RichText} elements=${block.elements} />`;
    case "table":
      return html`<${TableBlock} table=${block} />`;
    case "markdown":
      return html`<${MarkdownBlock} text=${block.text} />`;
    case "alert":
      return html`<${Alert} text=${block.text} level=${block.level} />`;
    default:
      return html`<${Unknown} what="block" thing=${block} />`;
  }
}
