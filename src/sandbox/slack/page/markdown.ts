import { safeUrl } from "./safe-url.ts";

export type MarkdownInline =
  | { kind: "text" | "code"; text: string }
  | { kind: "bold" | "italic" | "strike"; children: MarkdownInline[] }
  | { kind: "link"; url: string; children: MarkdownInline[] }
  | { kind: "break" };

export type MarkdownBlock =
  | { kind: "heading"; level: number; children: MarkdownInline[] }
  | { kind: "paragraph" | "quote"; children: MarkdownInline[] }
  | {
      kind: "list";
      ordered: boolean;
      start: number;
      items: { level: number; children: MarkdownInline[] }[];
    }
  | { kind: "code"; text: string }
  | { kind: "table"; rows: MarkdownInline[][][] }
  | { kind: "rule" };

type Taken = { block: MarkdownBlock; used: number };
const item = /^(\s*)(?:[-*+]|(\d{1,9})[.)])\s+(.*)$/;
const starters = [/^#{1,6}\s/, /^```/, /^>/, item, /^\s*(?:[-*_]\s*){3,}$/, /^\|/];

/** The everyday part of Markdown that Slack's markdown block draws. Never throws. */
export function parseMarkdown(text: string): MarkdownBlock[] {
  const lines = text.split("\n");
  const blocks: MarkdownBlock[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at] ?? "";
    if (line.trim() === "") {
      at += 1;
      continue;
    }
    const { block, used } = takeBlock(lines.slice(at), line);
    blocks.push(block);
    at += used;
  }
  return blocks;
}

function takeBlock(lines: string[], line: string): Taken {
  const heading = /^(#{1,6})\s+(.*?)\s*#*$/.exec(line);
  if (heading) {
    const [, marks = "#", title = ""] = heading;
    return { block: { kind: "heading", level: marks.length, children: inlines(title) }, used: 1 };
  }
  if (line.startsWith("```")) return takeCode(lines);
  if (/^\s*(?:[-*_]\s*){3,}$/.test(line)) return { block: { kind: "rule" }, used: 1 };
  if (item.test(line)) return takeList(lines);
  if (line.startsWith("|") && /^\|?[\s:|-]+\|?$/.test(lines[1] ?? "")) return takeTable(lines);
  if (line.startsWith(">")) {
    const quoted = takeWhile(lines, (one) => one.startsWith(">"));
    const shown = quoted.map((one) => one.replace(/^>\s?/, ""));
    return { block: { kind: "quote", children: joined(shown) }, used: quoted.length };
  }
  const rest = takeWhile(
    lines.slice(1),
    (one) => one.trim() !== "" && !starters.some((s) => s.test(one)),
  );
  return { block: { kind: "paragraph", children: joined([line, ...rest]) }, used: rest.length + 1 };
}

function takeWhile(lines: string[], wanted: (line: string) => boolean): string[] {
  const end = lines.findIndex((line) => !wanted(line));
  return end < 0 ? lines : lines.slice(0, end);
}

function takeCode(lines: string[]): Taken {
  const body = takeWhile(lines.slice(1), (line) => !line.startsWith("```"));
  return { block: { kind: "code", text: body.join("\n") }, used: body.length + 2 };
}

function takeList(lines: string[]): Taken {
  const [, , number] = item.exec(lines[0] ?? "") ?? [];
  // At the outermost level a change of sign begins another list; a nested one may differ.
  const belongs = ([, indent, own]: string[]) =>
    indent !== "" || (own === undefined) === (number === undefined);
  const taken = takeWhile(lines, (line) => item.test(line) && belongs(item.exec(line) ?? []));
  const parsed = taken.map((line) => item.exec(line) ?? []);
  const items = parsed.map(([, indent = "", , body = ""]) => ({
    level: Math.floor(indent.replaceAll("\t", "    ").length / 2),
    children: inlines(body),
  }));
  const start = Number(number ?? 1);
  return {
    block: { kind: "list", ordered: number !== undefined, start, items },
    used: taken.length,
  };
}

function takeTable(lines: string[]): Taken {
  const taken = takeWhile(lines, (line) => line.trim().startsWith("|"));
  const cells = (line: string) =>
    line
      .trim()
      .replace(/^\||\|$/g, "")
      .split("|");
  const rows = taken
    .filter((_, index) => index !== 1)
    .map((line) => cells(line).map((cell) => inlines(cell.trim())));
  return { block: { kind: "table", rows }, used: taken.length };
}

const joined = (lines: string[]): MarkdownInline[] =>
  lines.flatMap((line, index) =>
    index > 0 ? [{ kind: "break" }, ...inlines(line)] : inlines(line),
  );

const patterns: [RegExp, (groups: string[], depth: number) => MarkdownInline | undefined][] = [
  [/^`([^`]+)`/, ([text = ""]) => ({ kind: "code", text })],
  [
    /^\*\*(?=\S)([^\n]*?\S)\*\*/,
    ([text = ""], depth) => ({ kind: "bold", children: inlines(text, depth) }),
  ],
  [
    /^__(?=\S)([^\n]*?\S)__(?!\w)/,
    ([text = ""], depth) => ({ kind: "bold", children: inlines(text, depth) }),
  ],
  [
    /^~~(?=\S)([^\n]*?\S)~~/,
    ([text = ""], depth) => ({ kind: "strike", children: inlines(text, depth) }),
  ],
  [
    /^\*(?=[^\s*])([^*\n]*[^\s*])\*/,
    ([text = ""], depth) => ({ kind: "italic", children: inlines(text, depth) }),
  ],
  [
    /^_(?=[^\s_])([^_\n]*[^\s_])_(?!\w)/,
    ([text = ""], depth) => ({ kind: "italic", children: inlines(text, depth) }),
  ],
  [/^!?\[([^\]\n]*)\]\(([^()\s]+)\)/, ([text = "", url = ""], depth) => link(text, url, depth)],
  [/^<(https?:[^<>\s]+)>/, ([url = ""]) => link(url, url, 9)],
  [/^\\([\\`*_{}[\]()#+.!|~>-])/, ([text = ""]) => ({ kind: "text", text })],
];

function link(text: string, url: string, depth: number): MarkdownInline | undefined {
  const safe = safeUrl(url);
  return safe ? { kind: "link", url: safe, children: inlines(text, depth) } : undefined;
}

const deepest = 6;

function inlines(line: string, depth = 0): MarkdownInline[] {
  if (depth > deepest) return [{ kind: "text", text: line }];
  const nodes: MarkdownInline[] = [];
  let plain = "";
  let at = 0;
  while (at < line.length) {
    const found = special(line, at, depth);
    if (found) {
      if (plain) nodes.push({ kind: "text", text: plain });
      plain = "";
      nodes.push(found.node);
      at += found.used;
    } else {
      plain += line[at];
      at += 1;
    }
  }
  if (plain) nodes.push({ kind: "text", text: plain });
  return nodes;
}

function special(line: string, at: number, depth: number) {
  const char = line.charAt(at);
  if (!"`*_~![<\\".includes(char)) return undefined;
  if (char === "_" && /\w/.test(line.charAt(at - 1))) return undefined;
  const rest = line.slice(at, at + 3000);
  for (const [pattern, make] of patterns) {
    const match = pattern.exec(rest);
    const node = match && make(match.slice(1), depth + 1);
    if (match && node) return { node, used: match[0].length };
  }
  return undefined;
}
