import { Unavailable } from "#domain/errors.ts";
import type { FileContent } from "#domain/ports/tools.ts";
import type { Fields } from "#domain/fields.ts";
import type { Clock } from "#domain/ports/world.ts";
import { NoAnswer } from "../egress/no-answer.ts";
import type { Reader } from "../read/reader.ts";
import type { Prepare } from "../request/prepare.ts";
import { ContentChanged } from "./content-changed.ts";

/** Without a single byte more, a download that breaks off is not tried again forever. */
const tries = 5;

/** A file of a tool, by the record that it is. */
export function openContent(
  { reader, download, clock }: { reader: Reader; download: Prepare; clock: Clock },
  id: string,
  fields: Fields,
  signal: AbortSignal,
): FileContent {
  const size = typeof fields["size"] === "string" ? Number(fields["size"]) : null;
  const textAt = (name: string) => (typeof fields[name] === "string" ? fields[name] : null);

  /** The bytes from one on, as far as one answer brings them. */
  async function* answer(from: number): AsyncIterable<Uint8Array> {
    const opened = await reader.open(download, { id }, from, signal);
    if (opened === null) throw new ContentChanged("The file is not there any more");
    // Who knows nothing of ranges sends all of it again.
    let left = opened.status === 206 ? 0 : from;
    for await (const chunk of opened.bytes) {
      if (chunk.length > left) yield chunk.subarray(left);
      left = Math.max(0, left - chunk.length);
    }
  }

  async function* bytes(from: number): AsyncIterable<Uint8Array> {
    let at = from;
    for (let failed = 0; ;) {
      try {
        for await (const chunk of answer(at)) {
          at += chunk.length;
          failed = 0;
          yield chunk;
        }
        if (size === null || at >= size) return;
        throw new NoAnswer("The file ended early", true);
      } catch (error) {
        if (!(error instanceof NoAnswer)) throw error;
        failed += 1;
        if (failed >= tries) throw new Unavailable(error.message, { cause: error });
        await clock.sleep(200 * 2 ** failed, signal);
      }
    }
  }

  return { size, mediaType: textAt("media_type"), hash: textAt("content"), bytes };
}
