import { lint } from "#connectors/manifest/lint.ts";
import { Manifest } from "#connectors/manifest/manifest.ts";
import type { Shape } from "./shape.ts";

export type ObjectName = "customers" | "deals" | "tasks" | "files";

export const objectNames = ["customers", "deals", "tasks", "files"] as const satisfies readonly ObjectName[]; // prettier-ignore

type Entry = Record<string, unknown>;

const fieldsOf = {
  customers: {
    name: "name",
    email: "email | email",
    website: "website",
    currency: "currency | currency",
    company_name: "org",
    notes: "notes",
    subscription: "consent | enum(in: subscribed, out: unsubscribed)",
  },
  deals: { title: "title", notes: "notes", customer: "customer | ref(customers)" },
  tasks: { title: "title", notes: "notes" },
  files: {
    path: "path",
    name: { read: "name", write: false },
    kind: "kind | enum(file: file, folder: folder)",
    size: { read: "size | number", write: false },
    content: "hash | content(dropbox)",
  },
} as const satisfies Record<ObjectName, Entry>;

/** What tells a record of ours from another: searched by, and needed to make one. */
export const keyOf = { customers: "email", deals: "title", tasks: "title", files: "path" } as const;
const entities = { customers: "customer", deals: "deal", tasks: "task", files: "file" } as const;

/** As long as their shapes are: all workers of a life have them. */
const made = new WeakMap<Shape, Manifest>();

/** The manifest of a tool of this shape, in our real grammar. Judging it would take longer than a life. */
export function manifestOf(
  connector: string,
  shape: Shape,
  objects: readonly ObjectName[],
): Manifest {
  const known = made.get(shape) ?? Manifest.parse(manifest(connector, shape, objects));
  made.set(shape, known);
  return known;
}

/** What the linter says of it. */
export const complaintsOf = (connector: string, shape: Shape): string[] =>
  lint(JSON.stringify(manifest(connector, shape, objectNames)), "simulated.yaml").problems.map(({ message }) => message); // prettier-ignore

const manifest = (connector: string, shape: Shape, objects: readonly ObjectName[]) => ({
  connector,
  title: connector,
  about: "A tool that exists in simulations alone",
  version: "1",
  base_url: `https://${connector}.example`,
  hosts: { upload: `https://upload.${connector}.example` },
  auth: {
    oauth: {
      kind: "oauth2",
      about: "Nobody signs in here",
      authorize: `https://${connector}.example/authorize`,
      token: `https://${connector}.example/token`,
      client: "body",
      rotates: true,
    },
  },
  check: { get: "/me", account: "name" },
  limits: { buckets: { requests: { calls: 100, per: "10s" } }, usual: ["requests"], parallel: 4 },
  says: {
    code: ["error.code", "errors[0].code"],
    message: ["error.message", "errors[0].message"],
    field: ["error.field"],
    failed: ["errors"],
  },
  errors: [
    { code: "THROTTLED", is: "rate_limited", wait_at: "error.wait", wait: "5s" },
    { status: 429, is: "rate_limited", wait: "5s" },
    { code: "INTERNAL", is: "unavailable" },
    { code: "EXPIRED", is: "expired_cursor" },
    { code: "DUPLICATE", contains: "as {id}", is: "exists" },
    { code: "DUPLICATE", is: "exists", field: "email" },
    { code: "STALE", is: "stale" },
    { code: "GONE", is: "missing" },
  ],
  ...(shape.told && { webhooks: webhooks(objects) }),
  objects: Object.fromEntries(objects.map((name) => [name, object(name, shape)])),
});

const webhooks = (objects: readonly ObjectName[]) => ({
  about: "Nowhere",
  body: "json",
  verify: { kind: "hmac", header: "X-Signature", secret: { asked: "Secret" }, encoding: "hex", signs: "body" }, // prettier-ignore
  events: { objects },
});

function object(name: ObjectName, shape: Shape): Entry {
  const path = `/${name}`;
  return {
    title: name,
    entity: entities[name],
    id: "id",
    changed: "updated | instant",
    ...(shape.versions && { version: "version" }),
    ...(shape.deletes !== "sweep" && { gone: { at: "deleted", equals: true } }),
    sweep: shape.deletes === "sweep",
    deletes: "As the shape says.",
    empty: null,
    fields: fieldsOf[name],
    list: paged(shape, path, {}),
    changes: { ...paged(shape, path, { since: "{since}" }), lag: "30s", compact: shape.compact },
    ...(shape.deletes === "list" && {
      gone_list: { ...paged(shape, `${path}/gone`, {}), entry: { id: "id", gone: { at: "deleted", equals: true } } }, // prettier-ignore
    }),
    read: { post: `${path}/read`, body: { ids: "{ids}" }, ids: 5, records: "items" },
    ...((shape.repeat !== "nothing" || name === "files") && {
      find: {
        post: `${path}/find`,
        body: { field: "{field}", values: "{values}" },
        values: 5,
        records: "items",
        fields: { [keyOf[name]]: keyOf[name] },
        ...(shape.findLag > 0 && { lag: `${String(shape.findLag)}s` }),
      },
    }),
    ...(name === "files" && content()),
    write: name === "files" ? fileWrites(shape) : writes(name, shape),
  };
}

function paged({ paging }: Shape, path: string, query: Entry): Entry {
  const at = { records: "items", size: 3 };
  switch (paging) {
    case "cursor":
      return { get: path, query: { ...query, limit: "{size}", cursor: "{cursor}" }, ...at, next: { kind: "cursor", at: "next" } }; // prettier-ignore
    case "next_url":
      return { get: path, query: { ...query, limit: "{size}" }, ...at, next: { kind: "next_url", at: "next" } }; // prettier-ignore
    case "keyset":
      return { get: path, query: { ...query, limit: "{size}", after: "{after_id}" }, ...at, next: { kind: "keyset" } }; // prettier-ignore
    case "page":
      return { get: path, query: { ...query, limit: "{size}", page: "{page}" }, ...at, next: { kind: "page" } }; // prettier-ignore
    case "position":
      return { get: path, query: { ...query, limit: "{size}", from: "{position}" }, ...at, next: { kind: "position", first: 0 } }; // prettier-ignore
    default:
      return paging satisfies never;
  }
}

function writes(name: ObjectName, { writes: way, repeat, versions, matched }: Shape): Entry {
  const path = `/${name}`;
  const needs = name === "customers" ? [] : ["title"];
  const headers = { "Idempotency-Key": "{request}" };
  const version = versions ? { version: "{version}" } : {};
  const one = { n: "{n}", fields: "{fields}" };
  if (way === "batch")
    return {
      batch: 4,
      parallel: 2,
      repeat,
      needs,
      calls: [
        {
          post: `${path}/batch`,
          headers,
          body: { items: "{items}" },
          create: { do: "create", ...one },
          update: { do: "update", ...one, id: "{id}", ...version },
          archive: { do: "archive", n: "{n}", id: "{id}", ...version },
          results: {
            each: "results",
            match: matched === "key" ? { n: "n" } : "position",
            record: "record",
            made: { at: "made", equals: true },
            failed: "error",
          },
        },
      ],
    };
  return { batch: 1, parallel: 2, repeat, needs, calls: singles(path, versions) };
}

function singles(path: string, versions: boolean): Entry[] {
  const headers = { "Idempotency-Key": "{request}" };
  const one = versions ? { id: "{id}", version: "{version}" } : { id: "{id}" };
  const guarded = versions ? { ...headers, "If-Match": "{version}" } : headers;
  return [
    { post: path, headers, body: "{fields}", create: "{fields}", results: { record: "record" } },
    { patch: `${path}/{id}`, headers: guarded, body: "{fields}", update: one, results: { record: "record" } }, // prettier-ignore
    { delete: `${path}/{id}`, headers: guarded, archive: one },
  ];
}

/** What a file holds goes by an upload, which no tool knows again by an id of ours. */
const fileWrites = ({ versions }: Shape): Entry => ({
  batch: 1,
  parallel: 1,
  repeat: "lookup",
  needs: ["path", "kind"],
  calls: singles("/files", versions),
});

const content = () => ({
  once: ["kind"],
  content: {
    download: { get: "/files/{id}/bytes" },
    none: "It has no bytes",
    upload: { kind: "dropbox", host: "upload" },
  },
});
