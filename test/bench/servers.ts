import { createHmac } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { makeContacts } from "./contacts.ts";
import { answerParent } from "./messages.ts";

/** A source that is read page by page and a destination that takes batches, in a process of their own. */

const pageSize = 100;
const contacts = makeContacts(Number(process.argv[2]), pageSize);

export type Kept = { requests: number; created: number; updated: number; size: number };
export type Given = { requests: number; records: number };

const given: Given = { requests: 0, records: 0 };
let kept: Omit<Kept, "size"> = { requests: 0, created: 0, updated: 0 };
const store = new Map<string, { id: string; externalId: string; properties: unknown }>();

function send(response: ServerResponse, status: number, body: Buffer): void {
  response
    .writeHead(status, { "content-type": "application/json", "content-length": body.length })
    .end(body);
}
const sendJson = (response: ServerResponse, status: number, value: unknown): void =>
  send(response, status, Buffer.from(JSON.stringify(value)));

const source = createServer((request, response) => {
  const [path, search] = (request.url ?? "").split("?");
  const number = /^\/contacts\/(\d+)$/.exec(path ?? "")?.[1];
  if (number !== undefined) return sendJson(response, 200, contacts.one(Number(number)));
  if (path !== "/contacts") return sendJson(response, 404, { message: "no such path" });
  const query = new URLSearchParams(search);
  const after = Number(query.get("after") ?? 0);
  const limit = Math.min(Number(query.get("limit") ?? pageSize), 1000);
  const since = query.get("since");
  given.requests += 1;
  if (since === null) {
    given.records += Math.max(0, Math.min(limit, contacts.count - after));
    return send(response, 200, contacts.page(after, limit));
  }
  const { page, records } = contacts.changedSince(Date.parse(since), after, limit);
  given.records += records;
  send(response, 200, page);
});

/** Whoever waits for a record to be written. */
const awaited = new Map<string, () => void>();

/** Changes a record and says so, signed; how long it takes until it is written, in milliseconds. */
async function announce({ number, address, secret }: Announcement): Promise<number> {
  const id = String(number);
  contacts.change(number);
  const body = JSON.stringify({ id });
  const signature = createHmac("sha256", secret).update(body).digest("hex");
  const written = new Promise<void>((resolve) => awaited.set(id, resolve));
  const began = performance.now();
  const headers = { "content-type": "application/json", "x-signature": signature };
  const answer = await fetch(address, { method: "POST", body, headers });
  if (!answer.ok) throw new Error(`the door answered ${answer.status}`);
  await written;
  awaited.delete(id);
  return performance.now() - began;
}
export type Announcement = { number: number; address: string; secret: string };

type Input = { externalId: string; properties: unknown };

function upsert({ externalId, properties }: Input) {
  const old = store.get(externalId);
  const id = old?.id ?? `d${store.size + 1}`;
  store.set(externalId, { id, externalId, properties });
  if (old === undefined) kept.created += 1;
  else kept.updated += 1;
  awaited.get(externalId)?.();
  return { externalId, id, status: old === undefined ? "created" : "updated" };
}

function read(request: IncomingMessage, done: (body: Buffer) => void): void {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => done(Buffer.concat(chunks)));
}

const destination = createServer((request, response) => {
  kept.requests += 1;
  read(request, (body) => {
    if (request.url !== "/contacts/batch/upsert" || request.method !== "POST")
      return sendJson(response, 404, { message: "no such path" });
    const { inputs } = JSON.parse(body.toString()) as { inputs: Input[] };
    sendJson(response, 200, { results: inputs.map(upsert), errors: [] });
  });
});

const listening = async (server: ReturnType<typeof createServer>): Promise<string> => {
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

answerParent({
  addresses: async () => ({
    source: await listening(source),
    destination: await listening(destination),
  }),
  mutate: (every: number) => Promise.resolve(contacts.mutate(every)),
  given: () => Promise.resolve({ ...given }),
  kept: () => Promise.resolve({ ...kept, size: store.size }),
  announce,
  async empty() {
    store.clear();
    kept = { requests: 0, created: 0, updated: 0 };
  },
});
