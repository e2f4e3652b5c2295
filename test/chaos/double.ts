import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { answerParent } from "../bench/messages.ts";
import { makeChance } from "../support/memory/chance.ts";
import { flows, makeBook, makePeople, type Contact } from "./books.ts";

/** A tool whose books are read and written, in a process of its own that nobody kills. */

const chance = makeChance(Number(process.argv[2]));
const names: readonly string[] = flows.flatMap(({ from, to }) => [from, to]);
const books = new Map(names.map((name) => [name, makeBook(name)]));
const people = makePeople(books, chance);
/** How often each event came. */
const told = new Map<string, number>();

type Asked = {
  ids: string[];
  values: string[];
  inputs: { n: unknown; id?: string; fields: Record<string, string> }[];
};

function answer(path: string, query: URLSearchParams, asked: Asked): unknown {
  const [, name = "", what = ""] = path.split("/");
  const book = books.get(name);
  if (book === undefined) return null;
  switch (what) {
    case "contacts":
      return book.page(query.get("since"), Number(query.get("after") ?? 0), Number(query.get("limit"))); // prettier-ignore
    case "read":
      return { results: book.read(asked.ids) };
    case "find":
      return { results: book.find(asked.values) };
    case "write":
      return { results: asked.inputs.map(({ n, ...input }) => ({ n, ...book.write(input) })) };
    default:
      return null;
  }
}

async function bodyOf(request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString() || "{}") as Asked;
}

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://double");
  const answering = async (): Promise<void> => {
    const body = await bodyOf(request);
    const id = request.headers["webhook-id"];
    const said = pathname === "/told" ? { ok: true } : answer(pathname, searchParams, body);
    if (pathname === "/told" && typeof id === "string") told.set(id, (told.get(id) ?? 0) + 1);
    response.writeHead(said === null ? 404 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify(said ?? { code: "NOWHERE", message: "There is no such path" }));
  };
  // Whoever asked may be dead by now.
  answering().catch(() => response.destroy());
});

let working: NodeJS.Timeout | undefined;
answerParent({
  async address() {
    server.keepAliveTimeout = 60_000;
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  },
  async begin() {
    for (let made = 0; made < 120; made += 1) people.one();
    working = setInterval(people.one, 600);
  },
  async end() {
    clearInterval(working);
    people.tidy();
  },
  async writes() {
    return [...books.values()].reduce(
      (sum, { counts }) => sum + counts.created + counts.updated,
      0,
    );
  },
  async kept() {
    return {
      books: Object.fromEntries(
        [...books].map(([name, { contacts, meant, counts }]) => [name, { contacts: [...contacts.values()], meant: Object.fromEntries(meant), ...counts }]), // prettier-ignore
      ),
      told: Object.fromEntries(told),
    } satisfies Kept;
  },
});

export type KeptBook = {
  contacts: Contact[];
  /** What people have written last, by contact. */
  meant: Record<string, string>;
  created: number;
  updated: number;
};

export type Kept = {
  books: Record<string, KeptBook>;
  told: Record<string, number>;
};
