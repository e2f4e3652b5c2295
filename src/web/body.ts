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
  return bytesOf(request, most);
}

/** By its events: an iterator over it costs a third of a small request. */
const bytesOf = (request: IncomingMessage, most: number): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      chunks.push(chunk);
      if (size <= most) return;
      request.pause();
      reject(tooLong());
    });
    request.once("end", () => {
      const [first] = chunks;
      resolve(first !== undefined && chunks.length === 1 ? first : Buffer.concat(chunks));
    });
    request.once("error", reject);
    request.once("close", () => reject(new Refused(400, "It was not sent to its end.")));
  });

const tooLong = (): Refused => new Refused(413, "That is too long.");
