import type { Readable } from "node:stream";
import { NoAnswer } from "./no-answer.ts";

/** All of an answer's bytes. @throws NoAnswer when there are more than `most` */
export async function readBody(
  body: Readable,
  length: string | string[] | undefined,
  most: number,
): Promise<Buffer> {
  if (Number(length) > most) return tooLarge(body, most);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > most) return tooLarge(body, most);
    chunks.push(chunk);
  }
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, size);
}

function tooLarge(body: Readable, most: number): never {
  body.on("error", () => undefined);
  body.destroy();
  const size = most < 1_048_576 ? `${most / 1024} KB` : `${Math.floor(most / 1_048_576)} MB`;
  throw new NoAnswer(`The answer is larger than ${size}`, true);
}
