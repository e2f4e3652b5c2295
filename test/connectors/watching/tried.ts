import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { HookAddress, HookOutcome, HookRequest } from "#domain/ports/hooks.ts";
import type { MadeHook } from "#domain/ports/watches.ts";
import { type ToolName, type Tried, tryTool } from "../acceptance/tool.ts";
import { never } from "../world.ts";

/** A tool with a connection to it, and a door of ours that tools can send messages to. */
export type Told = Tried & {
  /** Every message that came, with what became of it. */
  messages: { request: HookRequest; outcome: HookOutcome }[];
  /** A fresh address, as the watch job or a person gives it to the tool. */
  address(): Promise<{ url: string; address: HookAddress }>;
  /** The address for the connection that a person gives to the tool, with what they copied from there. */
  given(secret: string): Promise<string>;
  /** All the webhooks it takes to be told of an object. */
  watch(object: string): Promise<Watched[]>;
  unwatch(watched: readonly Watched[]): Promise<void>;
  /** The first message from `after` on that says the object has changed, if there is one in time. */
  until(object: string, after?: number, ms?: number): Promise<HookOutcome | undefined>;
  edit(object: string, id: string, set: Record<string, unknown>): Promise<unknown>;
};

export type Watched = { name: string; hook: MadeHook };

export async function toldBy(name: ToolName): Promise<Told> {
  const tried = await tryTool(name);
  const { world, connection } = tried;
  const { tools, hooks, clock } = world;
  const messages: Told["messages"] = [];
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

  const self: Told = {
    ...tried,
    messages,
    async address() {
      const { token, address } = await hooks.further(connection.name, clock.now());
      return { url: `${origin()}/hooks/${token}`, address };
    },
    async given(secret) {
      const token = await hooks.renew(connection.name, clock.now());
      const found = await hooks.find(token);
      await hooks.learn(found!.address, secret, "only_first");
      return `${origin()}/hooks/${token}`;
    },
    async watch(object) {
      const names = await tools.watching.wanted(connection, [object], never);
      const watched: Watched[] = [];
      for (const one of names)
        watched.push({ name: one, hook: await tools.watching.make(connection, one, await self.address(), never) }); // prettier-ignore
      return watched;
    },
    async unwatch(watched) {
      for (const one of watched) await tools.watching.end(connection, one.name, one.hook, never);
    },
    async until(object, after = 0, ms = 4000) {
      const ends = performance.now() + ms;
      for (;;) {
        const found = messages.slice(after).find(({ outcome }) => outcome.changed.includes(object));
        if (found !== undefined || performance.now() > ends) return found?.outcome;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
    edit: (object, id, set) => tried.control("/_edit", { object, id, set }),
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await tried[Symbol.asyncDispose]();
    },
  };
  return self;
}

async function requestIn(incoming: IncomingMessage, url: string) {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([key, value]) => [key, [value ?? ""].flat().join(", ")]),
  );
  return { method: incoming.method ?? "GET", url, headers, body: Buffer.concat(chunks) };
}
