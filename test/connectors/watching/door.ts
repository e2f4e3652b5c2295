import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { Connection } from "#domain/connection.ts";
import type { HookOutcome, HookRequest, Hooks } from "#domain/ports/hooks.ts";
import type { Tools } from "#domain/ports/tools.ts";
import { never } from "../world.ts";

/** Where tools send their messages, each to the address it was given. */
export type Door = AsyncDisposable & {
  /** Of an address with this token. */
  urlOf(token: string): string;
  /** Every message that came, with what became of it. */
  messages: { request: HookRequest; outcome: HookOutcome }[];
};

export async function openDoor(
  { tools, hooks }: { tools: Pick<Tools, "receive">; hooks: Hooks },
  connection: Connection,
): Promise<Door> {
  const messages: Door["messages"] = [];
  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const url = `${origin()}${incoming.url ?? "/"}`;
      const found = await hooks.find(new URL(url).pathname.split("/")[2] ?? "");
      if (found === undefined) return void outgoing.writeHead(404).end();
      const request = { ...(await requestIn(incoming, url)), object: null, address: found.address };
      const outcome = await tools.receive(connection, request, never);
      messages.push({ request, outcome });
      outgoing.writeHead(outcome.answer.status, outcome.answer.headers).end(outcome.answer.body);
    })().catch(() => outgoing.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const origin = () => `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  return {
    urlOf: (token) => `${origin()}/hooks/${token}`,
    messages,
    async [Symbol.asyncDispose]() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function requestIn(incoming: IncomingMessage, url: string) {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([key, value]) => [key, [value ?? ""].flat().join(", ")]),
  );
  return { method: incoming.method ?? "GET", url, headers, body: Buffer.concat(chunks) };
}
