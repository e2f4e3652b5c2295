import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseAllDocuments, visit } from "yaml"; // prettier-ignore
import type { Json } from "#domain/json.ts";

/** A place in a file, from 1. */
export type Position = { line: number; column: number };

export type Complaint = { at: Position; message: string };

/** A YAML file as data, and where each of its values stands. */
export type YamlFile = {
  value: Json;
  /** Where the value at this path stands; of a path that is not there, where its parent does. */
  positionOf(path: readonly PropertyKey[]): Position;
  /** Where the name of a member stands. */
  positionOfKey(path: readonly PropertyKey[], key: string): Position;
};

const largest = 64 * 1024;
const deepest = 32;
const start: Position = { line: 1, column: 1 };

/**
 * Reads one YAML document of plain data: no aliases, tags or directives, so that a file is what it
 * looks like and cannot grow while it is read.
 */
export function readYaml(text: string): { file: YamlFile } | { complaints: Complaint[] } {
  const early = unreadable(text);
  if (early !== null) return { complaints: [early] };
  const lines = new LineCounter();
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const documents = parseAllDocuments(text, { lineCounter: lines, schema: "core", version: "1.2", prettyErrors: false, logLevel: "silent" }); // prettier-ignore
  const [document, second] = Array.isArray(documents) ? documents : [];
  if (document?.contents == null)
    return { complaints: [{ at: start, message: "The file is empty" }] };
  const complaints = [...document.errors, ...document.warnings].map((error) => ({
    at: at(error.pos[0]),
    message: worded(error.message),
  }));
  if (second !== undefined)
    complaints.push({ at: at(second.range[0]), message: "A file holds one document" });
  if (complaints.length === 0) complaints.push(...strange(document.contents, at));
  if (complaints.length > 0) return { complaints };
  const root = document.contents;

  return {
    file: {
      value: document.toJS({ maxAliasCount: 0 }) as Json,
      positionOf: (path) => at(nodeAt(root, path).range?.[0] ?? 0),
      positionOfKey(path, key) {
        const parent = nodeAt(root, path);
        const pair = isMap(parent)
          ? parent.items.find((item) => isScalar(item.key) && String(item.key.value) === key)
          : undefined;
        const named = isScalar(pair?.key) ? pair.key.range?.[0] : undefined;
        return at(named ?? parent.range?.[0] ?? 0);
      },
    },
  };
}

/** What is wrong with a file of so many bytes; null when it is small enough to be read. */
export const tooLarge = (bytes: number): string | null =>
  bytes > largest ? `The file is ${bytes} bytes large; up to ${largest} are accepted` : null;

function unreadable(text: string): Complaint | null {
  const large = tooLarge(Buffer.byteLength(text));
  if (large !== null) return { at: start, message: large };
  const nul = text.indexOf("\0");
  if (nul !== -1) return { at: positionIn(text, nul), message: "A NUL character is not accepted" };
  if (!text.isWellFormed())
    return { at: start, message: "The text holds half a character (a lone surrogate)" };
  const directive = /^%/m.exec(text);
  if (directive !== null)
    return { at: positionIn(text, directive.index), message: "A line that begins with % is not accepted" }; // prettier-ignore
  return tooDeep(text);
}

/** Before parsing, since the parser itself is recursive: brackets and indentation, whichever is more. */
function tooDeep(text: string): Complaint | null {
  // Lists in lists on one line.
  const dashes = /(?:[-?][ \t]+){33}/.exec(text);
  if (dashes !== null)
    return { at: positionIn(text, dashes.index), message: "Nested more than 32 levels deep" };
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === "{" || char === "[") depth++;
    if ((char === "}" || char === "]") && depth > 0) depth--;
    if (depth > deepest)
      return { at: positionIn(text, at), message: "Nested more than 32 levels deep" };
  }
  return null;
}

function strange(root: Node, at: (offset: number) => Position): Complaint[] {
  const found: Complaint[] = [];
  visit(root, {
    Node(_key, node, path) {
      const message = path.length > deepest * 2 ? "Nested more than 32 levels deep" : oddity(node);
      if (message === null) return undefined;
      found.push({ at: at(node.range?.[0] ?? 0), message });
      return visit.BREAK;
    },
  });
  return found;
}

/** What makes a node something else than plain data. */
function oddity(node: Node): string | null {
  if (isAlias(node)) return "An alias (*) is not accepted; write it out";
  if ("anchor" in node && node.anchor !== undefined) return "An anchor (&) is not accepted";
  if (node.tag !== undefined) return "A tag (!) is not accepted";
  if (isScalar(node)) return badText(node.value);
  if (!isMap(node)) return null;
  return node.items.every(({ key }) => isName(key)) ? null : "Only texts can be names here";
}

const badText = (value: unknown): string | null => {
  if (typeof value !== "string") return null;
  if (value.includes("\0")) return "A NUL character is not accepted";
  return value.isWellFormed() ? null : "Half a character (a lone surrogate) is not accepted";
};

const isName = (key: unknown): boolean =>
  isScalar(key) && typeof key.value === "string" && !(key.value in Object.prototype);

function nodeAt(root: Node, path: readonly PropertyKey[]): Node {
  let node = root;
  for (const step of path) {
    const next: unknown =
      isMap(node) || isSeq(node) ? node.get(typeof step === "symbol" ? "" : step, true) : undefined;
    if (!isScalar(next) && !isMap(next) && !isSeq(next)) return node;
    node = next;
  }
  return node;
}

function positionIn(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  const line = before.split("\n").length;
  return { line, column: offset - before.lastIndexOf("\n") };
}

const worded = (message: string): string => {
  const line = (message.split("\n")[0] ?? message).trim();
  if (line.startsWith("Unresolved tag")) return "A tag (!) is not accepted";
  if (line === "Map keys must be unique") return "This name is there already; once is accepted";
  return line;
};
