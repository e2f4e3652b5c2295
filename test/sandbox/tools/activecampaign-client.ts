import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { tools } from "#sandbox/tools/index.ts";
import type { SimulatedTool, ToolOptions } from "#sandbox/tools/simulated-tool.ts";
import { type Reply, replyOf } from "./call.ts";

export type ActiveCampaign = SimulatedTool & {
  /** Below `/api/3`, with the account's key. */
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>; // prettier-ignore
  get(path: string): Promise<Reply>;
  control(path: string, body: unknown): Promise<Reply>;
};

/** An account in memory, without limits or flaws unless asked. */
export async function activecampaign(options: Partial<ToolOptions> = {}): Promise<ActiveCampaign> {
  const tool = await tools.activecampaign({
    folder: null,
    limits: false,
    flaws: false,
    ...options,
  });
  const send: ActiveCampaign["send"] = async (method, path, body, headers = {}) => {
    const key = { "api-token": tool.credential["token"] ?? "" };
    const typed = body === undefined ? {} : { "content-type": "application/json" };
    const init = { method, headers: { ...key, ...typed, ...headers } };
    const sent = body === undefined ? init : { ...init, body: JSON.stringify(body) };
    return replyOf(await fetch(`${tool.base_url}/api/3${path}`, sent));
  };
  return {
    ...tool,
    get credential() {
      return tool.credential;
    },
    send,
    get: (path) => send("GET", path),
    control: async (path, body) =>
      replyOf(await fetch(tool.base_url + path, { method: "POST", body: JSON.stringify(body) })),
    [Symbol.asyncDispose]: () => tool[Symbol.asyncDispose](),
  };
}

export type Heard = { method: string; url: string; type: string; headers: Record<string, unknown>; body: string }; // prettier-ignore

/** Somebody who listens on this machine, and answers with a status. */
export async function listener(status = 200) {
  const heard: Heard[] = [];
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      const { method = "", url = "", headers } = incoming;
      const type = headers["content-type"] ?? "";
      heard.push({ method, url, type, headers, body: Buffer.concat(chunks).toString() });
      outgoing.writeHead(status).end();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/hook?secret=s3`,
    heard,
    /** Waits for what was sent to arrive. */
    async until(count: number): Promise<URLSearchParams[]> {
      for (let tried = 0; heard.length < count && tried < 100; tried += 1)
        await new Promise((resolve) => setTimeout(resolve, 10));
      return heard.map(({ body }) => new URLSearchParams(body));
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
