import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

export type Message = { headers: IncomingHttpHeaders; body: string };

export type Receiver = AsyncDisposable & {
  url: string;
  messages: Message[];
  /** Waits until that many messages came, and gives what they say, in order. */
  heard(messages: number): Promise<unknown[]>;
  /** The same for the items of lists, whatever messages they came in. */
  events(items: number): Promise<unknown[]>;
};

/** Somebody who wants to be told: answers each message with the next of these statuses, then 200. */
export async function webhookReceiver(...statuses: number[]): Promise<Receiver> {
  const messages: Message[] = [];
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      messages.push({ headers: incoming.headers, body: Buffer.concat(chunks).toString() });
      outgoing.writeHead(statuses.shift() ?? 200).end();
    });
  });
  const said = () => messages.map(({ body }) => JSON.parse(body) as unknown);
  async function until<Item>(count: number, there: () => Item[]): Promise<Item[]> {
    for (let waited = 0; there().length < count && waited < 5000; waited += 10) await sleep(10);
    return there();
  }

  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/events?of=app`,
    messages,
    heard: (count) => until(count, said),
    events: (count) => until(count, () => said().flat()),
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
