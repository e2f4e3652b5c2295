import { entities } from "#domain/entities/index.ts";
import type { FieldKind } from "#domain/entities/entity.ts";
import type { EntityName } from "#domain/entities/index.ts";
import { lint } from "#connectors/manifest/lint.ts";
import type { Manifest } from "#connectors/manifest/manifest.ts";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** Entities whose records are fields and nothing else; a file is bytes. */
export const kinds = (Object.keys(entities) as EntityName[]).filter((name) => name !== "file");

export type PoisonField = { field: string; part: string | null; kind: FieldKind };

/** Every field of an entity, rows of a list by their parts. */
export const fieldsOf = (entity: EntityName): readonly PoisonField[] =>
  Object.entries(entities[entity].fields).flatMap(([field, { type }]): PoisonField[] =>
    type.kind === "lines"
      ? Object.entries(type.fields).map(([part, { type: kind }]) => ({ field, part, kind }))
      : [{ field, part: null, kind: type }],
  );

/** Where it stands in a record: names with dots would be steps of a path. */
export const placeOf = (field: string): string => field.replaceAll(".", "_");

const codecOf = (type: FieldKind): string => {
  if (type.kind === "choice")
    return `enum(${type.of.map((word) => `${word}: ${word}`).join(", ")})`;
  if (type.kind === "reference") return `ref(${type.to})`;
  return codecs[type.kind] ?? type.kind;
};
const codecs: Partial<Record<FieldKind["kind"], string>> = {
  number: "number(text)",
  money: "money(text)",
  boolean: "boolean(text)",
  url: "text",
};

/** A connector with an object for each entity, with the field lines anybody would write. */
export function poisonManifest(): Manifest {
  const objects = Object.fromEntries(
    kinds.map((entity) => [
      entity,
      {
        title: entities[entity].many,
        entity,
        id: "id",
        changed: "updated_at | instant",
        deletes: "Never.",
        empty: "",
        fields: Object.fromEntries(Object.entries(entities[entity].fields).map(([name, { type }]) => [name, lineOf(name, type)])), // prettier-ignore
        list: { get: `/${entity}`, query: { after: "{cursor}" }, records: "items", next: { kind: "cursor", at: "next" } }, // prettier-ignore
        read: { get: `/${entity}/{id}`, ids: 1, records: "item" },
        write: {
          batch: 100,
          parallel: 2,
          repeat: "nothing",
          calls: [
            {
              post: `/${entity}`,
              body: { items: "{items}" },
              create: { n: "{n}", key: "{key}", f: "{fields.f}" },
              results: { each: "results", match: { n: "n" } },
            },
          ],
        },
      },
    ]),
  );
  const text = JSON.stringify({
    connector: "poison",
    title: "Poison",
    about: "A tool that holds what no tool should",
    version: "1",
    base_url: "https://poison.example",
    auth: { key: { kind: "bearer", about: "A key" } },
    check: { get: "/me", account: "name" },
    objects,
  });
  const { manifest, problems } = lint(text, "poison.yaml");
  if (manifest === null) throw new Error(JSON.stringify(problems, null, 1));
  return manifest;
}

function lineOf(name: string, type: FieldKind): unknown {
  const at = `f.${placeOf(name)}`;
  if (type.kind !== "lines") return `${at} | ${codecOf(type)}`;
  const parts = Object.entries(type.fields).map(([part, { type: kind }]) => [part, `${part} | ${codecOf(kind)}`]); // prettier-ignore
  return { each: at, fields: Object.fromEntries(parts) };
}

type Written = { key: string; f?: Record<string, unknown> };

/** Serves pages as they are given and takes whatever it is sent. */
export async function openFeed(pages: Readonly<Record<string, readonly Buffer[]>>) {
  const written = new Map<string, Record<string, unknown>>();
  const twice: string[] = [];
  let made = 0;
  const take = (body: string): string => {
    const { items } = JSON.parse(body) as { items: (Written & { n: unknown })[] };
    const results = items.map(({ n, key, f = {} }) => {
      if (written.has(key)) twice.push(key);
      written.set(key, f);
      return { n, id: `w${String((made += 1))}` };
    });
    return JSON.stringify({ results });
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const url = new URL(request.url ?? "/", "http://localhost");
      const page = Number(url.searchParams.get("after") ?? 0);
      const answer = request.method === "GET" ? pages[url.pathname.slice(1)]?.[page] : take(Buffer.concat(chunks).toString()); // prettier-ignore
      response.writeHead(200, { "content-type": "application/json" }).end(answer);
    });
  });
  // One that is closed just as the next request comes would leave that one in doubt.
  server.keepAliveTimeout = 0;
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    written,
    twice,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}

/** Records in pages of an answer, in the tool's own bytes. */
export function pagesOf(records: readonly Buffer[], size: number): readonly Buffer[] {
  const pages: Buffer[] = [];
  for (let at = 0; at < records.length; at += size) {
    const some = records.slice(at, at + size);
    const last = at + size >= records.length;
    const end = `]${last ? "" : `,"next":${String(pages.length + 1)}`}}`;
    pages.push(Buffer.concat([Buffer.from('{"items":['), ...joined(some), Buffer.from(end)]));
  }
  return pages;
}

const joined = (records: readonly Buffer[]): Buffer[] =>
  records.flatMap((record, index) => (index === 0 ? [record] : [Buffer.from(", \n"), record]));
