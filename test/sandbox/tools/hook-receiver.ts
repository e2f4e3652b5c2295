import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

export type Received = { path: string; headers: IncomingHttpHeaders; body: string };
export type Response = { status: number; headers?: Record<string, string>; body?: string };

export type Receiver = AsyncDisposable & {
  url: string;
  received: Received[];
  /** Waits until so many have come in all. */
  until(count: number): Promise<Received[]>;
  /** How it answers from now on. */
  answer: (received: Received) => Response | Promise<Response>;
};

/** Somebody who asked to be told: keeps every message and answers as the test says. */
export async function receiver(answer: Receiver["answer"]): Promise<Receiver> {
  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
      const body = Buffer.concat(chunks).toString();
      const message = { path: incoming.url ?? "", headers: incoming.headers, body };
      self.received.push(message);
      const { status, headers = {}, body: said = "" } = await self.answer(message);
      outgoing.writeHead(status, headers).end(said);
    })();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const self: Receiver = {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    received: [],
    answer,
    async until(count) {
      const ends = Date.now() + 10_000;
      while (self.received.length < count) {
        if (Date.now() > ends) throw new Error(`Only ${String(self.received.length)} came.`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      return self.received;
    },
    async [Symbol.asyncDispose]() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
  return self;
}
