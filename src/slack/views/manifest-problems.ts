import type { ManifestProblem } from "#domain/ports/connector-facts.ts";
import type { KnownBlock, RichTextBlock } from "@slack/types";
import { context, section } from "../blocks.ts";
import { many } from "../text/amount.ts";
import { cut } from "../text/cut.ts";
import { mrkdwn } from "../text/markup.ts";
import { visible } from "../text/visible.ts";

/** A modal has a hundred blocks; the form itself needs a few of them. */
const shown = 80;
/** Characters of a line around the place that is meant. */
const around = 60;

/** What is wrong in a text, each at its line, which is quoted. What there is no room for is counted. */
export function problemBlocks(problems: readonly ManifestProblem[], text: string): KnownBlock[] {
  const lines = text.split("\n");
  const rest = problems.length - shown;
  return [
    section(
      mrkdwn`● *${many(problems.length, "problem")}* in this manifest; nothing was kept of it.`,
    ),
    ...problems
      .slice(0, shown)
      .map((problem) => problemBlock(problem, lines[problem.line - 1] ?? "")),
    ...(rest > 0 ? [context(mrkdwn`And ${rest} more.`)] : []),
  ];
}

function problemBlock({ line, column, message }: ManifestProblem, source: string): RichTextBlock {
  const where = `Line ${line}, column ${column}`;
  return {
    type: "rich_text",
    elements: [
      {
        type: "rich_text_section",
        elements: [
          { type: "text", text: where, style: { bold: true } },
          { type: "text", text: `  ${ended(cut(visible(message), 500))}` },
        ],
      },
      {
        type: "rich_text_preformatted",
        elements: [{ type: "text", text: pointedAt(source, column) }],
      },
    ],
  };
}

/** The line, or what of it is near, with a mark under the place. */
function pointedAt(source: string, column: number): string {
  const at = Math.min(column - 1, source.length);
  const from = Math.max(0, at - around);
  const before = `${from > 0 ? "…" : ""}${visible(source.slice(from, at))}`;
  const after = `${visible(source.slice(at, at + around))}${source.length > at + around ? "…" : ""}`;
  return `${before}${after}\n${" ".repeat(before.length)}^`;
}

const ended = (message: string): string => (/[.!?)…]$/.test(message) ? message : `${message}.`);
