import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export type Asked = {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** JSON where it is an object, else as it was sent. */
  body: unknown;
};
export type Reply = { status?: number; json?: unknown; text?: string; headers?: Record<string, string> }; // prettier-ignore

/** A tool that answers as a test says, over real HTTP on this machine. */
export async function fakeTool(
  answer: (asked: Asked) => Reply,
): Promise<AsyncDisposable & { url: string; requests: Asked[] }> {
  const requests: Asked[] = [];
  const failures: unknown[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const url = new URL(request.url ?? "/", "http://localhost");
      const text = Buffer.concat(chunks).toString();
      const asked = {
        method: request.method ?? "",
        path: url.pathname,
        query: url.searchParams,
        headers: request.headers,
        body: text.startsWith("{") ? (JSON.parse(text) as unknown) : text,
      };
      requests.push(asked);
      try {
        const reply = answer(asked);
        response.writeHead(reply.status ?? 200, {
          "content-type": "application/json",
          ...reply.headers,
        });
        response.end(reply.text ?? JSON.stringify(reply.json));
      } catch (error) {
        failures.push(error);
        response.writeHead(400).end(String(error));
      }
    });
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
      if (failures.length > 0) throw failures[0];
    },
  };
}
