import { createHash } from "node:crypto";
import type { Fields } from "#domain/fields.ts";
import type { FileContent, Source } from "#domain/ports/tools.ts";
import type { Side } from "./ends.ts";
import type { Pair } from "./pair.ts";

const never = new AbortController().signal;
const megabyte = 1_048_576;

/** Of the n-th file: none, one, and around where tools change their ways. */
const sizes: Readonly<Record<number, number>> = {
  0: 0,
  2: 1,
  4: 4 * megabyte,
  6: 4 * megabyte + 1,
  8: 6_000_000,
  10: 5 * megabyte,
  12: 5 * megabyte + 1,
};

export function bytesOf(n: number, size = sizes[n] ?? 100 + n): Buffer {
  const bytes = Buffer.alloc(size);
  for (let at = 0, x = n + 1; at < size; at++) {
    x = (x * 1_103_515_245 + 12_345) & 0x7fffffff;
    bytes[at] = x >>> 16;
  }
  return bytes;
}

/** Bytes by the number at the end of a key, as a source gives them. */
export const madeUp = (key: string): Promise<FileContent> => {
  const bytes = bytesOf(Number(/\d+$/.exec(key)?.[0] ?? 0));
  return Promise.resolve({
    size: bytes.length,
    mediaType: "text/plain",
    hash: hashOf(bytes),
    async *bytes(from: number) {
      await Promise.resolve();
      for (let at = from; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
    },
  });
};

export const hashOf = (bytes: Buffer): string =>
  `sha256:${createHash("sha256").update(bytes).digest("hex")}`;

export const withContent = (fields: Fields, n: number): Fields =>
  fields["kind"] === "file" ? { ...fields, content: hashOf(bytesOf(n)) } : fields;

/** Files whose bytes at the target are not those of the source. */
export async function otherBytes(
  { from, to, entity }: Pair,
  links: ReadonlyMap<string, { id: string }> | undefined,
): Promise<readonly string[]> {
  if (entity !== "file") return [];
  const source = filesOf(from);
  const target = filesOf(to);
  // The hub, or a table, knows of files and holds none.
  if (source.content === null || target.content === null) return [];
  const wrong: string[] = [];
  for (const id of await fileIds(source)) {
    const link = links?.get(id);
    if (link === undefined) continue;
    const [here, there] = await Promise.all([heldBy(source, id), heldBy(target, link.id)]);
    if (here !== there) wrong.push(`${id}: ${here} became ${there}`);
  }
  return wrong;
}

const filesOf = (side: Side): Source =>
  side.source(side.objects.find(({ entity }) => entity === "file")?.name ?? "");

async function fileIds(source: Source): Promise<string[]> {
  const ids: string[] = [];
  for await (const { records } of source.pages(null, { gone: false, signal: never }))
    for (const { id, content } of records)
      if (content.kind === "live" && content.fields["kind"] === "file") ids.push(id);
  return ids;
}

/** What a tool holds now, by its bytes alone. */
export async function heldBy(source: Source, id: string): Promise<string> {
  const file = await source.content?.(id, never);
  const hash = createHash("sha256");
  let size = 0;
  for await (const bytes of file?.bytes(0) ?? []) {
    hash.update(bytes);
    size += bytes.length;
  }
  return `${String(size)} bytes, ${hash.digest("hex")}`;
}
