import { withEmoji } from "./emoji.ts";
import { decodeEntities } from "./entities.ts";
import { parseToken, type Token } from "./mrkdwn-token.ts";

export type Inline =
  | { kind: "text"; text: string }
  | { kind: "break" }
  | { kind: "bold" | "italic" | "strike"; children: Inline[] }
  | { kind: "code"; text: string }
  | Token;

export type Piece = { kind: "lines" | "quote"; children: Inline[] } | { kind: "pre"; text: string };

type Found = { node: Inline; end: number };
type Marker = "*" | "_" | "~";
const markers = { "*": "bold", _: "italic", "~": "strike" } as const;
const isMarker = (char: string): char is Marker => char in markers;
const word = /[\p{L}\p{N}]/u;

/** Parses Slack's mrkdwn into a small tree. Never throws, whatever the text; time grows linearly with its length. */
export function parseMrkdwn(text: string): Piece[] {
  const pieces: Piece[] = [];
  let rest = text;
  for (;;) {
    const open = rest.indexOf("```");
    const close = open < 0 ? -1 : rest.indexOf("```", open + 3);
    if (close < 0 || close === open + 3) break;
    pieces.push(...parseLines(rest.slice(0, open).replace(/\n$/, "")));
    pieces.push({ kind: "pre", text: preText(rest.slice(open + 3, close)) });
    rest = rest.slice(close + 3).replace(/^\n/, "");
  }
  return [...pieces, ...parseLines(rest)];
}

/** Inside a fence only links and entities count; a link shows its words. */
function preText(raw: string): string {
  const shown = raw.replace(/<([^<>\n]+)>/g, (whole, body: string) => {
    const token = parseToken(body);
    return token?.kind === "link" ? token.text : whole;
  });
  return decodeEntities(shown.replace(/^\n/, "").replace(/\n$/, ""));
}

function parseLines(text: string): Piece[] {
  if (text === "") return [];
  const pieces: Piece[] = [];
  let run: { quoted: boolean; lines: string[] } | undefined;
  let restQuoted = false;
  for (const line of text.split("\n")) {
    const mark = /^(?:>|&gt;)(?:(?:>|&gt;){2})?[ ]?/.exec(line);
    if (mark && /^(?:>|&gt;){3}/.test(line)) restQuoted = true;
    const quoted = restQuoted || mark !== null;
    const shown = mark ? line.slice(mark[0].length) : line;
    if (run?.quoted === quoted) run.lines.push(shown);
    else {
      if (run) pieces.push(pieceOf(run));
      run = { quoted, lines: [shown] };
    }
  }
  if (run) pieces.push(pieceOf(run));
  return pieces;
}

function pieceOf({ quoted, lines }: { quoted: boolean; lines: string[] }): Piece {
  const children = lines.flatMap((line, index): Inline[] => [
    ...(index > 0 ? [{ kind: "break" } as const] : []),
    ...parseInline(line),
  ]);
  return { kind: quoted ? "quote" : "lines", children };
}

/** One line of text: styles, code, links and mentions. */
function parseInline(line: string, inside = ""): Inline[] {
  const nodes: Inline[] = [];
  const hopeless = new Set<string>();
  let plain = "";
  let at = 0;
  const flush = () => {
    if (plain) nodes.push({ kind: "text", text: withEmoji(decodeEntities(plain)) });
    plain = "";
  };
  while (at < line.length) {
    const found = nodeAt(line, at, inside, hopeless);
    if (found) {
      flush();
      nodes.push(found.node);
      at = found.end;
    } else {
      plain += line[at];
      at += 1;
    }
  }
  flush();
  return nodes;
}

/** `hopeless` remembers what has no end on this line, so that a thousand lone stars are not searched a thousand times. */
function nodeAt(
  line: string,
  at: number,
  inside: string,
  hopeless: Set<string>,
): Found | undefined {
  const char = line.charAt(at);
  if (hopeless.has(char)) return undefined;
  if (char === "<") return tokenAt(line, at, hopeless);
  if (char === "`") return codeAt(line, at, hopeless);
  if (char === "h") return bareLinkAt(line, at);
  if (isMarker(char) && !inside.includes(char)) return styledAt(line, at, char, inside, hopeless);
  return undefined;
}

function tokenAt(line: string, at: number, hopeless: Set<string>): Found | undefined {
  const close = line.indexOf(">", at);
  if (close < 0) hopeless.add("<");
  const node = close < 0 ? undefined : parseToken(line.slice(at + 1, close));
  return node && { node, end: close + 1 };
}

function codeAt(line: string, at: number, hopeless: Set<string>): Found | undefined {
  const close = line.indexOf("`", at + 1);
  if (close < 0) hopeless.add("`");
  if (close <= at + 1) return undefined;
  return { node: { kind: "code", text: preText(line.slice(at + 1, close)) }, end: close + 1 };
}

function bareLinkAt(line: string, at: number): Found | undefined {
  if (at > 0 && word.test(line.charAt(at - 1))) return undefined;
  const url = /^https?:\/\/[^\s<>|`]+/
    .exec(line.slice(at, at + 2048))?.[0]
    .replace(/[.,;:!?)'"*_~]+$/, "");
  const node = url && parseToken(url);
  return node ? { node, end: at + url.length } : undefined;
}

function styledAt(
  line: string,
  at: number,
  mark: Marker,
  inside: string,
  hopeless: Set<string>,
): Found | undefined {
  const before = line.charAt(at - 1);
  const after = line.charAt(at + 1);
  if (word.test(before) || before === mark || /^\s?$/.test(after) || after === mark)
    return undefined;
  const close = closingMark(line, at + 1, mark);
  if (close < 0) {
    hopeless.add(mark);
    return undefined;
  }
  const children = parseInline(line.slice(at + 1, close), inside + mark);
  return { node: { kind: markers[mark], children }, end: close + 1 };
}

/** Where the style ends: after a non-space, before something that is not a letter, and not inside a link or code. */
function closingMark(line: string, from: number, mark: Marker): number {
  for (let at = from; at < line.length; at += 1) {
    const char = line.charAt(at);
    if (char === "<" || char === "`") {
      const skip = line.indexOf(char === "<" ? ">" : "`", at + 1);
      if (skip > 0) at = skip;
    } else if (
      char === mark &&
      !/\s/.test(line.charAt(at - 1)) &&
      !word.test(line.charAt(at + 1))
    ) {
      return at;
    }
  }
  return -1;
}
