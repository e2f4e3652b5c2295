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

type Input = { externalId: string; properties: unknown };

function upsert({ externalId, properties }: Input) {
  const old = store.get(externalId);
  const id = old?.id ?? `d${store.size + 1}`;
  store.set(externalId, { id, externalId, properties });
  if (old === undefined) kept.created += 1;
  else kept.updated += 1;
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
  async empty() {
    store.clear();
    kept = { requests: 0, created: 0, updated: 0 };
  },
});
