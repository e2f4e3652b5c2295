import { z } from "zod";
import type { HookRequest } from "#domain/ports/hooks.ts";
import type { Json } from "#domain/json.ts";
import { textOfBytes } from "../json/bytes.ts";
import { deepestJson, readJson, TooDeep } from "../json/lossless.ts";
import { parsePath, setter } from "../json/path.ts";

export const Body = z
  .enum(["json", "form", "cloudevents", "nothing"])
  .describe(
    "What messages are: JSON, a web form, CloudEvents in structured form, or nothing at all.",
  );
export type Body = z.output<typeof Body>;

/** What a message says, or with which status it is refused. */
export type Content = { ok: true; value: Json | undefined } | { ok: false; status: 400 | 415 };

const types: Readonly<Record<Exclude<Body, "nothing">, RegExp>> = {
  json: /^application\/json$/,
  form: /^application\/x-www-form-urlencoded$/,
  cloudevents: /^application\/cloudevents(-batch)?\+json$/,
};

/** Reads a message of which the sender has proved who they are. */
export function contentOf(
  { headers, body }: Pick<HookRequest, "headers" | "body">,
  as: Body,
): Content {
  // prettier-ignore
  if (as === "nothing" || body.length === 0) return { ok: true, value: undefined };
  const [type = "", ...parameters] = (headers["content-type"] ?? "").toLowerCase().split(";");
  const charset = parameters.map((one) => one.trim()).find((one) => one.startsWith("charset="));
  const utf8 = charset === undefined || /^charset="?utf-?8"?$/.test(charset);
  if (!types[as].test(type.trim()) || !utf8) return { ok: false, status: 415 };
  const text = textOfBytes(asBuffer(body));
  const value = as === "form" ? formIn(text) : jsonIn(text);
  return value === null ? { ok: false, status: 400 } : { ok: true, value: value.read };
}

/** The same bytes. */
const asBuffer = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);

/** An event's own members lie around the record, which may be as deep as any. */
const around = 8;

function jsonIn(text: string): { read: Json } | null {
  try {
    return { read: readJson(text, deepestJson + around).value };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TooDeep) return null;
    throw error;
  }
}

const mostPairs = 1000;

/** `data[merges][FNAME]=Ada` as `{data: {merges: {FNAME: "Ada"}}}`, as PHP would read it. */
function formIn(text: string): { read: Json } | null {
  const pairs = [...new URLSearchParams(text)];
  if (pairs.length > mostPairs) return null;
  const read: Record<string, Json> = {};
  for (const [name, value] of pairs) {
    const path = parsePath(name.replace(/\[([^[\]]*)\]/g, ".'$1'"));
    // What is no name we could ask for is none we need.
    if (path === undefined || path.length === 0 || !path.every((step) => typeof step === "string")) continue; // prettier-ignore
    setter(path)(read, value);
  }
  return { read };
}
