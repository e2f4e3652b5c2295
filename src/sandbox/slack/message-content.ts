import type { Arguments } from "./api/arguments.ts";
import { asText, isBlock, isFields, type Block, type Fields } from "./fields.ts";
import { refuse } from "./problems.ts";
import { SlackRefusal } from "./refusal.ts";
import { checkMessageBlocks } from "./validate-blocks.ts";

export type Content = { text: string; blocks: Block[] | undefined; metadata: Fields | undefined };
type IsImage = (idOrUrl: string) => boolean;

const markdownMost = 12_000;
const metadataMostBytes = 16_000;

/** What a message is to say, or Slack's refusal of it. `textMost` is the longest text. */
export function contentOf(args: Arguments, isImage: IsImage, textMost = 40_000): Content {
  const text = args.text("text") ?? "";
  if (text.length > textMost) throw new SlackRefusal("msg_too_long");
  const blocks = blocksOf(args.json("blocks", "invalid_blocks_format"), isImage);
  const metadata = metadataOf(args.json("metadata", "invalid_metadata_format"));
  const markdown = asText(args.text("markdown_text"));
  if (markdown !== undefined) return fromMarkdown(markdown, text !== "" || blocks, metadata);
  if (text === "" && !blocks?.length && !hasAttachments(args)) throw new SlackRefusal("no_text");
  return { text, blocks, metadata };
}

function fromMarkdown(text: string, more: unknown, metadata: Fields | undefined): Content {
  if (more) throw new SlackRefusal("markdown_text_conflict");
  if (text.length > markdownMost) throw new SlackRefusal("msg_too_long");
  return { text, blocks: [{ type: "markdown", text }], metadata };
}

function hasAttachments(args: Arguments): boolean {
  const attachments = args.json("attachments");
  if (!Array.isArray(attachments)) return false;
  if (attachments.length > 100) throw new SlackRefusal("too_many_attachments");
  return attachments.length > 0;
}

/** The blocks, checked; undefined when none are given. */
export function blocksOf(given: unknown, isImage: IsImage): Block[] | undefined {
  if (given === undefined || given === null) return undefined;
  if (!Array.isArray(given)) throw new SlackRefusal("invalid_blocks_format");
  const problems = checkMessageBlocks(given, isImage);
  if (problems.length > 0) refuse("invalid_blocks", problems, "/blocks");
  return given.filter(isBlock);
}

function metadataOf(given: unknown): Fields | undefined {
  if (given === undefined) return undefined;
  if (!isFields(given)) throw new SlackRefusal("invalid_metadata_format");
  if (Object.keys(given).length === 0) return given;
  const { event_type, event_payload } = given;
  if (typeof event_type !== "string" || !isFields(event_payload)) {
    throw new SlackRefusal("invalid_metadata_format");
  }
  // The true limit is not documented.
  if (Buffer.byteLength(JSON.stringify(given)) > metadataMostBytes) {
    throw new SlackRefusal("metadata_too_large");
  }
  return given;
}
