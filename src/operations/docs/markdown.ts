import type { Runbook, RunbookPart } from "./contract.ts";

/** For a file and for a canvas, both of which take tables. */
export const markdownOf = ({ title, sections }: Runbook): string =>
  [
    `# ${escaped(title)}`,
    ...sections.flatMap(({ title, parts }) => [
      `## ${escaped(title)}`,
      ...parts.map(partText).filter((text) => text !== ""),
    ]),
  ].join("\n\n");

function partText(part: RunbookPart): string {
  switch (part.kind) {
    case "text":
      return escaped(part.text);
    case "list":
      return part.items.map((item) => `- ${escaped(item)}`).join("\n");
    case "table":
      return [part.head, part.head.map(() => "---"), ...part.rows].map(rowText).join("\n");
    default:
      return part satisfies never;
  }
}

const rowText = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => (cell === "---" ? cell : escaped(cell).replaceAll("|", "\\|"))).join(" | ")} |`;

/** Names, paths and constants are words, whatever they look like; each stays on its line. */
const escaped = (text: string): string =>
  text.replace(/[\\`*_[\]<>]/g, (mark) => `\\${mark}`).replace(/\s+/g, " ");
