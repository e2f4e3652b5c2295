import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export type Heard = { url: string; method: string; headers: Headers; body: string };

/** Somebody who listens, keeps what arrives, and answers with the next of these statuses, or 200. */
export async function listener(
  answers: { status: number; headers?: Record<string, string>; body?: string }[] = [],
) {
  const heard: Heard[] = [];
  let woken: () => void = () => undefined;
  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
      heard.push({
        url: incoming.url ?? "",
        method: incoming.method ?? "",
        headers: new Headers(incoming.headers as Record<string, string>),
        body: Buffer.concat(chunks).toString("utf8"),
      });
      const { status, headers = {}, body = "" } = answers.shift() ?? { status: 200 };
      outgoing.writeHead(status, headers).end(body);
      woken();
    })();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  async function until(count: number): Promise<Heard[]> {
    while (heard.length < count) {
      const { promise, resolve } = Promise.withResolvers<void>();
      woken = resolve;
      await promise;
    }
    return heard;
  }
  return {
    url: `http://127.0.0.1:${String(port)}/in`,
    heard,
    /** Waits until so many have arrived. */
    until,
    /** The same for the items of JSON lists, whatever messages they come in. */
    async events(count: number): Promise<unknown[]> {
      for (;;) {
        const items = heard.flatMap(({ body }) => JSON.parse(body) as unknown[]);
        if (items.length >= count) return items;
        await until(heard.length + 1);
      }
    },
    async [Symbol.asyncDispose]() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
