import type { IncomingMessage } from "node:http";

/** What a request is answered with before anybody looks at what it says. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly status: number;

  constructor(status: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}

/** The bytes as they came, at most so many. @throws Refused */
export async function readBody(request: IncomingMessage, most: number): Promise<Buffer> {
  // What a few bytes unfold to has no bound.
  if (request.headers["content-encoding"] !== undefined)
    throw new Refused(415, "Send it uncompressed.");
  if (Number(request.headers["content-length"] ?? 0) > most) throw tooLong();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > most) throw tooLong();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const tooLong = (): Refused => new Refused(413, "That is too long.");
