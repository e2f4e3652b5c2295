import type { Request } from "../http.ts";
import { badContent, badRequest, invalidValue, notWritable, parseError, unknownName } from "./errors.ts"; // prettier-ignore
import { instantOf } from "./query-syntax.ts";
import { fileShape } from "./shapes.ts";

/** What a request wants a file to be; undefined where it does not say. */
export type Wanted = {
  id?: string;
  name?: string;
  mimeType?: string;
  description?: string | null;
  parents?: string[];
  starred?: boolean;
  trashed?: boolean;
  created?: number;
  modified?: number;
  viewed?: number;
  color?: string;
  originalFilename?: string;
  target?: string;
  properties?: Record<string, string | null>;
  appProperties?: Record<string, string | null>;
};

type Values = Record<string, unknown>;
type Reader = (value: unknown, name: string, wanted: Wanted) => void;

/** 124 bytes of UTF-8 for a key and its value together. */
const LARGEST_PROPERTY = 124;
const MOST_PROPERTIES = { properties: 100, appProperties: 30 };

const readers: Readonly<Record<string, Reader>> = {
  kind: () => undefined,
  id: (value, name, wanted) => void (wanted.id = text(value, name)),
  name: (value, name, wanted) => void (wanted.name = text(value, name)),
  mimeType: (value, name, wanted) => void (wanted.mimeType = text(value, name)),
  description: (value, name, wanted) =>
    void (wanted.description = value === null ? null : text(value, name)),
  starred: (value, name, wanted) => void (wanted.starred = flag(value, name)),
  trashed: (value, name, wanted) => void (wanted.trashed = flag(value, name)),
  createdTime: (value, name, wanted) => void (wanted.created = time(value, name)),
  modifiedTime: (value, name, wanted) => void (wanted.modified = time(value, name)),
  viewedByMeTime: (value, name, wanted) => void (wanted.viewed = time(value, name)),
  folderColorRgb: (value, name, wanted) => void (wanted.color = text(value, name)),
  originalFilename: (value, name, wanted) => void (wanted.originalFilename = text(value, name)),
  properties: (value, name, wanted) => void (wanted.properties = properties(value, name)),
  appProperties: (value, name, wanted) => void (wanted.appProperties = properties(value, name)),
  parents(value, name, wanted) {
    if (!Array.isArray(value)) throw invalidValue(name);
    wanted.parents = value.map((one) => text(one, name));
  },
  shortcutDetails(value, name, wanted) {
    const { targetId, ...more } = object(value, name);
    if (Object.keys(more).length > 0) throw notWritable();
    wanted.target = text(targetId, name);
  },
  // Taken, as Drive takes it, but nothing here shows any of it.
  contentHints: (value, name) => void object(value, name),
  copyRequiresWriterPermission: (value, name) => void flag(value, name),
  viewersCanCopyContent: (value, name) => void flag(value, name),
  writersCanShare: (value, name) => void flag(value, name),
};
const ONLY_NEW = ["id", "createdTime", "shortcutDetails"];

/** The metadata of a request that has no content with it. No body asks for nothing. */
export function wantedIn(request: Request, kind: "create" | "update"): Wanted {
  if (request.raw.length === 0) return {};
  const type = request.headers["content-type"] ?? "";
  if (!type.startsWith("application/json"))
    throw badContent(`Unsupported content with type: ${type}`);
  return parseWanted(request.body, kind);
}

/** Reads the JSON of a file resource; what only Drive may set is refused as Drive refuses it. */
export function parseWanted(body: string, kind: "create" | "update"): Wanted {
  const wanted: Wanted = {};
  for (const [name, value] of Object.entries(jsonIn(body))) {
    if (kind === "update" && name === "parents") {
      throw notWritable(
        "The parents field is not directly writable in update requests. Use the addParents and removeParents parameters instead.",
      );
    }
    const reader = readers[name];
    if (reader === undefined && !(name in (fileShape as Values))) {
      throw unknownName(name);
    }
    if (reader === undefined || (kind === "update" && ONLY_NEW.includes(name))) throw notWritable();
    reader(value, name, wanted);
  }
  return wanted;
}

export function jsonIn(body: string): Values {
  try {
    return object(JSON.parse(body), "");
  } catch {
    throw parseError();
  }
}

function object(value: unknown, name: string): Values {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw invalidValue(name);
  return value as Values;
}

function text(value: unknown, name: string): string {
  if (typeof value !== "string") throw invalidValue(name);
  return value;
}

function flag(value: unknown, name: string): boolean {
  if (typeof value !== "boolean") throw invalidValue(name);
  return value;
}

function time(value: unknown, name: string): number {
  const at = instantOf(text(value, name));
  if (Number.isNaN(at)) throw invalidValue(name);
  return at;
}

/** Sizes are told in Google's page on custom file properties; the words of the refusal are not. */
function properties(value: unknown, name: string): Record<string, string | null> {
  const all = Object.entries(object(value, name));
  if (all.length > MOST_PROPERTIES[name as keyof typeof MOST_PROPERTIES])
    throw badRequest(`Too many ${name}.`);
  return Object.fromEntries(
    all.map(([key, one]): [string, string | null] => {
      if (one === null) return [key, null];
      if (Buffer.byteLength(key + text(one, name)) > LARGEST_PROPERTY) {
        throw badRequest(
          `Property key and value exceed ${String(LARGEST_PROPERTY)} bytes: ${key}.`,
        );
      }
      return [key, text(one, name)];
    }),
  );
}
