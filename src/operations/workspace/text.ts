import {
  isAlias,
  isCollection,
  isMap,
  isScalar,
  LineCounter,
  parseDocument,
  visit,
  type Document,
} from "yaml";

/** Something wrong in the file, where an editor would put the cursor. */
export type Wrong = { line: number; column: number; message: string };

/** Where a value stands, or its name. */
export type Place = (
  path: readonly PropertyKey[],
  atKey?: boolean,
) => { line: number; column: number };

type ReadText = { ok: true; content: unknown; place: Place } | { ok: false; wrongs: Wrong[] };

const maxBytes = 64 * 1024;
const maxDepth = 32;
const start = { line: 1, column: 1 };

/** YAML as data and nothing else: no aliases, tags, directives or second documents; small and flat. */
export function readText(text: string): ReadText {
  const size = sizeProblem(text);
  if (size !== null) return { ok: false, wrongs: [{ ...start, message: size }] };
  const lines = new LineCounter();
  const at = (offset: number): { line: number; column: number } => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  try {
    const document = parseDocument(text, {
      schema: "core",
      version: "1.2",
      lineCounter: lines,
      prettyErrors: false,
    });
    const wrongs = [...syntaxWrongs(document, at), ...nodeWrongs(document, at)];
    if (wrongs.length > 0) return { ok: false, wrongs };
    const content: unknown = document.toJS({ maxAliasCount: 0 });
    return {
      ok: true,
      content,
      place: (path, atKey = false) => at(offsetOf(document, path, atKey)),
    };
  } catch {
    return { ok: false, wrongs: [{ ...start, message: "this is nested too deeply to be read" }] };
  }
}

function sizeProblem(text: string): string | null {
  if (new TextEncoder().encode(text).length > maxBytes)
    return "a workspace file has at most 64 KB; split it and apply the parts one after the other";
  if (!text.isWellFormed() || text.includes("\0"))
    return "this is not text: it has a NUL or half a character in it";
  return null;
}

type At = (offset: number) => { line: number; column: number };

function syntaxWrongs(document: Document.Parsed, at: At): Wrong[] {
  const found = [...document.errors, ...document.warnings].map(({ code, message, pos }) => ({
    ...at(pos[0]),
    message: plain(code, message),
  }));
  const { directives } = document;
  if (directives?.yaml.explicit === true || Object.keys(directives?.tags ?? {}).length > 1)
    found.push({ ...start, message: "directives (%YAML, %TAG) are not allowed here" });
  return found;
}

function plain(code: string, message: string): string {
  switch (code) {
    case "DUPLICATE_KEY":
      return "this name stands here twice";
    case "MULTIPLE_DOCS":
      return "a workspace file is one document; take out everything from the second --- on";
    case "TAG_RESOLVE_FAILED":
      return "tags (!…) are not allowed here";
    case "RESOURCE_EXHAUSTION":
      return "this is nested too deeply";
    case "TAB_AS_INDENT":
      return "indent with spaces; a tab does not count";
    default:
      return message.charAt(0).toLowerCase() + message.slice(1).replace(/\s+/g, " ");
  }
}

function nodeWrongs(document: Document.Parsed, at: At): Wrong[] {
  const wrongs: Wrong[] = [];
  visit(document, {
    Node(key, node, path) {
      const wrong = (message: string) => wrongs.push({ ...at(node.range?.[0] ?? 0), message });
      if (isAlias(node)) wrong("aliases (*name) are not allowed here; write it out");
      else if (node.anchor !== undefined) wrong("anchors (&name) are not allowed here");
      else if (node.tag !== undefined && !wrongs.length) wrong("tags (!…) are not allowed here");
      else if (key === "key" && !isName(node)) wrong("only a text can be a name here");
      else if (isScalar(node) && !isText(node.value))
        wrong("this holds a NUL or half a character, which no tool takes");
      if (path.filter(isCollection).length < maxDepth) return undefined;
      wrong("this is nested too deeply");
      return visit.BREAK;
    },
  });
  return wrongs;
}

const isText = (value: unknown): boolean =>
  typeof value !== "string" || (value.isWellFormed() && !value.includes("\0"));

/** Not what every object has from birth, such as `__proto__`. */
const isName = (node: unknown): boolean =>
  isScalar(node) && typeof node.value === "string" && !(node.value in Object.prototype);

/** Of the value there; where it is missing, of the name of what it is missing in. */
function offsetOf(document: Document, path: readonly PropertyKey[], atKey: boolean): number {
  let node: unknown = document.contents;
  let named = rangeStart(node);
  for (const [depth, key] of path.entries()) {
    if (isMap(node)) {
      const pair = node.items.find(({ key: name }) => isScalar(name) && String(name.value) === key);
      if (pair === undefined) return named;
      named = rangeStart(pair.key);
      node = pair.value;
    } else {
      node = document.getIn(path.slice(0, depth + 1), true);
      if (node === undefined) return named;
    }
  }
  return atKey ? named : rangeStart(node, named);
}

function rangeStart(node: unknown, otherwise = 0): number {
  const range = typeof node === "object" && node !== null && "range" in node ? node.range : null;
  return Array.isArray(range) && typeof range[0] === "number" ? range[0] : otherwise;
}
