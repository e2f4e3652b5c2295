import { readFile } from "node:fs/promises";
import { stripTypeScriptTypes } from "node:module";
import { extname, join, sep } from "node:path";

export type PageFile = { type: string; content: Buffer | string };

const folder = join(import.meta.dirname, "page");
const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".ts": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
};

/** The libraries of the page, each under its name there. */
const vendors: Record<string, string> = {
  "preact.js": "preact",
  "preact-hooks.js": "preact/hooks",
  "htm.js": "htm",
};

const stripped = new Map<string, { from: string; code: string }>();

/** A file of the page by its path under `/page/`; TypeScript comes as JavaScript. */
export async function pageFile(path: string): Promise<PageFile | undefined> {
  const vendor = /^vendor\/([\w-]+\.js)$/.exec(path)?.[1];
  if (vendor !== undefined) return vendorFile(vendor);
  const file = join(folder, path);
  const type = types[extname(file)];
  if (!type || !file.startsWith(folder + sep)) return undefined;
  const content = await readFile(file).catch(() => undefined);
  if (content === undefined) return undefined;
  return { type, content: extname(file) === ".ts" ? javaScript(file, String(content)) : content };
}

function javaScript(file: string, from: string): string {
  const known = stripped.get(file);
  if (known?.from === from) return known.code;
  const code = stripTypeScriptTypes(from);
  stripped.set(file, { from, code });
  return code;
}

async function vendorFile(name: string): Promise<PageFile | undefined> {
  const library = vendors[name];
  if (library === undefined) return undefined;
  const content = await readFile(new URL(import.meta.resolve(library)));
  return { type: "text/javascript; charset=utf-8", content };
}
