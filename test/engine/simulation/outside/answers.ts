import type { Incoming, Outgoing } from "#connectors/egress.ts";
import type { ObjectName } from "./manifest.ts";

/** What a request asks for. */
export type Asked = {
  what: "list" | "gone" | "read" | "find" | "write" | "upload" | "download" | "token" | "other";
  object: ObjectName;
  id: string | null;
  query: URLSearchParams;
  headers: Outgoing["headers"];
  body: unknown;
  bytes: Buffer | null;
  method: string;
};

export type Json = Readonly<Record<string, unknown>>;

export const answer = (
  status: number,
  body: Json,
  headers: Record<string, string> = {},
): Incoming => ({
  // prettier-ignore
  status,
  headers: { "content-type": "application/json", ...headers },
  body: Buffer.from(JSON.stringify(body)),
});

export const refusal = (status: number, code: string, more: Json = {}): Incoming =>
  answer(status, { error: { code, message: String(more["message"] ?? code.toLowerCase()), ...more } }); // prettier-ignore

function saidIn(body: Outgoing["body"]): Pick<Asked, "body" | "bytes"> {
  if (body !== null && typeof body !== "string") return { body: {}, bytes: Buffer.from(body) };
  const text = body ?? "";
  const said: unknown = text.startsWith("{") ? JSON.parse(text) : Object.fromEntries(new URLSearchParams(text)); // prettier-ignore
  return { body: said, bytes: null };
}

const objects: ReadonlySet<string> = new Set(["customers", "deals", "tasks", "files"]);
const isObject = (text: string): text is ObjectName => objects.has(text);

/** Understands a request of the manifest (see manifest.ts). */
export function askedBy({ method, url, headers, body }: Outgoing): Asked {
  const { pathname, searchParams: query } = new URL(url);
  const [first = "", second = "", third = ""] = pathname.slice(1).split("/");
  const about = { query, headers, method, ...saidIn(body) };
  if (pathname === "/token") return { ...about, what: "token", object: "customers", id: null };
  if (pathname === "/2/files/upload") return { ...about, what: "upload", object: "files", id: null }; // prettier-ignore
  if (!isObject(first)) return { ...about, what: "other", object: "customers", id: null };
  if (third === "bytes") return { ...about, what: "download", object: first, id: second };
  const what = whatIn(method, second);
  const id = what === "write" && second !== "" && second !== "batch" ? second : null;
  return { ...about, what, object: first, id };
}

function whatIn(method: string, second: string): Asked["what"] {
  if (method === "GET") return second === "gone" ? "gone" : "list";
  return second === "read" || second === "find" ? second : "write";
}
