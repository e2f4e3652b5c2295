import type { IncomingMessage } from "node:http";
import { isFields, type Fields } from "./fields.ts";

const mostBytes = 64 * 1024 * 1024;

export async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > mostBytes) throw new Error("The request body is larger than 64 MB.");
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** The members of a form, a multipart form or a JSON object; empty for anything else. */
export async function readFields(request: IncomingMessage): Promise<Fields> {
  const bytes = await readBytes(request);
  const type = request.headers["content-type"] ?? "";
  if (type.startsWith("application/json")) return parseObject(String(bytes));
  if (type.startsWith("multipart/form-data")) {
    const form = await asResponse(bytes, type).formData();
    return Object.fromEntries(form.entries());
  }
  return Object.fromEntries(new URLSearchParams(String(bytes)));
}

/** An uploaded file: the body itself, or the first file of a multipart form. */
export async function readUpload(request: IncomingMessage): Promise<Buffer> {
  const bytes = await readBytes(request);
  const type = request.headers["content-type"] ?? "";
  if (!type.startsWith("multipart/form-data")) return bytes;
  const form = await asResponse(bytes, type).formData();
  const file = form.values().find((value) => typeof value !== "string");
  return file ? Buffer.from(await file.arrayBuffer()) : Buffer.alloc(0);
}

const asResponse = (bytes: Buffer, type: string) =>
  new Response(new Uint8Array(bytes), { headers: { "content-type": type } });

export function parseObject(text: string): Fields {
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) ? value : {};
  } catch {
    return {};
  }
}
