import type { Readable } from "node:stream";
import { NoAnswer } from "./no-answer.ts";

/**
 * An answer's bytes as they come. Only as much is read ahead as one socket holds.
 * @throws whatever `failed` makes of a connection that breaks, and NoAnswer past `most` bytes
 */
export function streamOf(
  body: Readable,
  length: string | string[] | undefined,
  most: number,
  failed: (error: unknown) => never,
): { bytes: AsyncIterable<Buffer>; leave(): void } {
  const leave = (): void => {
    body.on("error", () => undefined);
    body.destroy();
  };

  async function* bytes(): AsyncIterable<Buffer> {
    let size = 0;
    try {
      if (Number(length) > most) throw tooLarge(most);
      for await (const chunk of body as AsyncIterable<Buffer>) {
        size += chunk.length;
        if (size > most) throw tooLarge(most);
        yield chunk;
      }
    } catch (error) {
      failed(error);
    } finally {
      leave();
    }
  }
  return { bytes: bytes(), leave };
}

const tooLarge = (most: number): NoAnswer =>
  new NoAnswer(`The file is larger than ${String(Math.floor(most / 1024 ** 3))} GB`, true);
