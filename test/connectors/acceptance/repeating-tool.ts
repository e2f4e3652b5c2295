import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export type RepeatingTool = AsyncDisposable & { url: string; asked(): number };

/** Answers every request with the same status, and says back all that it was told, wherever tools say something. */
export async function repeatingTool(status: number): Promise<RepeatingTool> {
  let asked = 0;
  const server = createServer((request, to) => {
    let body = "";
    request.on("data", (piece: Buffer) => (body += piece.toString()));
    request.on("end", () => {
      asked += 1;
      const { authorization, ...headers } = request.headers;
      const told = [authorization, authorization?.split(" ").at(-1), ...Object.values(headers), request.url, body]; // prettier-ignore
      to.writeHead(status, { "content-type": "application/json" });
      to.end(JSON.stringify(saying(`No: ${told.join(" | ")}`)));
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}`,
    asked: () => asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

/** Where the tools there are say what went wrong. */
function saying(words: string): object {
  const one = { message: words, detail: words, title: words, reason: words, code: words };
  return {
    ...one,
    error: { ...one, type: words, errors: [one], ".tag": words },
    errors: [{ ...one, error: words, extensions: { code: words } }],
    error_summary: words,
    error_description: words,
    error_message: words,
    Fault: { Error: [{ Message: words, Detail: words, code: words }], type: words },
    response: { errors: [{ ...one, errno: words, field: words }] },
  };
}
