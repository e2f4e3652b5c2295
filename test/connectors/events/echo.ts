import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { signed } from "#connectors/webhooks/standard-webhooks.ts";
import type { HookAddress } from "#domain/ports/hooks.ts";
import type { Origin, Target } from "#domain/ports/tools.ts";
import type { Write } from "#domain/record.ts";
import type { Tried } from "../acceptance/tool.ts";
import { never } from "../world.ts";

/** What takes part by events alone. */
export const talkers = ["make", "webhook", "zapier"] as const;
export type Talker = (typeof talkers)[number];
export const isTalker = (name: string): name is Talker =>
  (talkers as readonly string[]).includes(name);

type Message = { id: string; body: string };

/**
 * Somebody on the other side who keeps what they are told and tells it back, through the same doors as a
 * Zap, a scenario or a service would: what went out and what came in can then be held against each other.
 */
export async function echoing(
  name: Talker,
  tried: Tried,
): Promise<AsyncDisposable & { target(object: string, origin: Origin): Target }> {
  const heard = await ear(name, tried);
  let known = 0;
  let expected = 0;

  /** What has come there since goes back to us. */
  async function tellBack(object: string, count: number): Promise<void> {
    expected += count;
    const all = await heard.messages(expected);
    const fresh = all.slice(known);
    known = all.length;
    for (const message of fresh) {
      const { answer } = await tried.world.tools.receive(
        tried.connection,
        {
          method: "POST",
          url: "https://tieline.example/hooks",
          headers: headersOf(name, tried, message),
          body: Buffer.from(message.body),
          object,
          address: "echo" as HookAddress,
        },
        never,
      );
      if (answer.status !== 202) throw new Error(`not taken back: ${String(answer.status)}`);
    }
  }

  return {
    target(object, origin) {
      const target = tried.world.tools.target(tried.connection, object, origin);
      const source = tried.source(object);
      const read: Target["read"] = async (ids, signal) =>
        (await source.read(ids, signal)).flatMap(({ id, content }) =>
          content.kind === "live" ? [{ id, version: null, fields: content.fields }] : [],
        );
      /** As the engine sends it: under its key, which is its id there, and all of the record. */
      const whole = async (write: Write): Promise<Write> => {
        if (write.kind === "create") return write;
        if (write.kind === "archive") return { ...write, key: write.id };
        const [before] = await read([write.id], never);
        return { ...write, key: write.id, fields: { ...before?.fields, ...write.fields } };
      };
      return {
        ...target,
        read,
        async send({ id, writes }, signal) {
          const sent = await target.send({ id, writes: await Promise.all(writes.map(whole)) }, signal); // prettier-ignore
          if (sent.kind === "each") await tellBack(object, sent.outcomes.filter(({ kind }) => kind === "accepted").length); // prettier-ignore
          return sent;
        },
      };
    },
    [Symbol.asyncDispose]: () => heard[Symbol.asyncDispose](),
  };
}

function headersOf(name: Talker, { tool }: Tried, { id, body }: Message): Record<string, string> {
  if (name !== "webhook") return { "content-type": "application/json", "idempotency-key": id };
  const timestamp = String(Math.floor(Date.now() / 1000));
  return {
    "content-type": "application/cloudevents+json; charset=UTF-8",
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    "webhook-signature": signed(tool.credential["secret"] ?? "", { id, timestamp, body }) ?? "",
  };
}

/** What has arrived there, once there are so many. */
type Ear = AsyncDisposable & { messages(count: number): Promise<readonly Message[]> };

async function ear(name: Talker, tried: Tried): Promise<Ear> {
  const nothing = () => Promise.resolve();
  const look = async (path: string) =>
    (await (await fetch(tried.tool.base_url + path)).json()) as Record<string, unknown>[];
  if (name === "make") return scenarioThatPosts(tried);
  if (name === "webhook")
    return {
      messages: async () =>
        (await look("/_deliveries"))
          .filter(({ verdict }) => verdict === "taken")
          .map(({ webhookId, body }) => ({ id: String(webhookId), body: String(body) })),
      [Symbol.asyncDispose]: nothing,
    };
  return {
    messages: async () =>
      (await look("/_arrivals")).map(({ body }) => ({
        id: String((body as { id: string }).id),
        body: JSON.stringify(body),
      })),
    [Symbol.asyncDispose]: nothing,
  };
}

/** Make shows nobody what came; its scenario posts it on. */
async function scenarioThatPosts(tried: Tried): Promise<Ear> {
  const all: Message[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      all.push({ id: (JSON.parse(body) as { id: string }).id, body });
      response.writeHead(202).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await tried.control("/_config", { action: { url: `http://127.0.0.1:${port}/`, key: "k" }, run_ms: 1 }); // prettier-ignore
  await tried.control("/_edit", { id: "925101", object: "scenarios", set: { does: "post_event" } });
  return {
    async messages(count) {
      const deadline = Date.now() + 10_000;
      while (all.length < count && Date.now() < deadline)
        await new Promise((resolve) => setTimeout(resolve, 2));
      return [...all];
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
