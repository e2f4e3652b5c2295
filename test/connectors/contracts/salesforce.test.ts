import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { existsSync, readFileSync } from "node:fs";
import { buffer } from "node:stream/consumers";
import { expect, test } from "vitest";
import type { Write } from "#domain/record.ts";
import { startSalesforce } from "#sandbox/tools/salesforce/salesforce.ts";
import { connectionTo, never, openWorld } from "../world.ts";

/** Salesforce publishes no OpenAPI; these are its own examples of requests. */
const file = new URL("../../../../shared/specs/salesforce-official-requests.json", import.meta.url);
const here = existsSync(file);

type Seen = { method: string; url: URL; body: string };
type Official = { method: string; url: string; body: unknown };

test.skipIf(!here)("every request is one of those that Salesforce gives as examples", async () => {
  await using tool = await startSalesforce({ folder: null, seed: 5, limits: false });
  await using between = await recording(tool.base_url);
  await using world = await openWorld(tool.credential);
  // An upsert of several records is in Salesforce's guide, and not among these examples.
  const settings = Object.fromEntries(
    Object.entries(tool.settings).filter(([name]) => !name.endsWith("_external_id")),
  );
  const connection = connectionTo("salesforce", between.url, { settings });
  const org = world.tools;
  const needed = { name: "Quay", last_name: "Quay", title: "Quay", close_date: "2027-01-01" };

  expect(await org.check(connection, never)).toMatchObject({ ok: true });
  const [company = ""] = await made("accounts", needed);
  for (const object of ["contacts", "accounts", "opportunities", "orders"]) {
    const source = org.source(connection, object);
    await source.estimate(null, never);
    for (const from of [null, { since: "2026-01-01T00:00:00Z" }])
      for await (const page of source.pages(from, { gone: true, signal: never })) void page;
    const ids = await made(object, { ...needed, company, date: "2027-01-01" });
    const target = org.target(connection, object);
    await target.read(ids, never);
    const [key = ""] = target.searchable;
    await target.find(key, ["It's", "\\"], never);
    const known = { key: "k", hash: "h", id: ids[0] ?? "", version: null };
    await send(object, [{ kind: "update", ...known, fields: { notes: "changed" } }]);
    await send(object, [{ kind: "archive", ...known }]);
  }
  expect(between.seen.length).toBeGreaterThan(30);
  expect(between.seen.filter((one) => !official.some((example) => fits(one, example)))).toEqual([]);

  async function send(object: string, writes: Write[]): Promise<string[]> {
    const sent = await org.target(connection, object).send({ id: "r", writes }, never);
    if (sent.kind !== "each") throw new Error(JSON.stringify(sent));
    return sent.outcomes.flatMap((one) => (one.kind === "accepted" ? [one.id] : []));
  }
  async function made(object: string, fields: Record<string, string>): Promise<string[]> {
    const { holds } = org.target(connection, object);
    const kept = Object.entries(fields).filter(([name]) => holds.has(name));
    const all = Object.fromEntries(kept);
    const ids = await send(object, [{ kind: "create", key: object, hash: "h", fields: all }]);
    expect(ids).toHaveLength(1);
    return ids;
  }
});

const official: readonly Official[] = here
  ? (JSON.parse(readFileSync(file, "utf8")) as { requests: Official[] }).requests
  : [];

/**
 * The same method and path, no parameter that the example has not, and its members in the body. The
 * examples name the object when a collection is changed or deleted; the guide, and we, do not.
 */
function fits({ method, url, body }: Seen, example: Official): boolean {
  const [path = "", query = ""] = example.url
    .replace(/^.*?(?=\/services\/)/, "")
    .replace("{{version}}", "68.0")
    .split("?");
  const whole = path
    .replace(/\/$/, "")
    .replace(/(?<=composite\/sobjects)\/<\w+>$/, "(/[A-Z][A-Za-z]+)?")
    .replace(/<\w+>/g, "[A-Za-z0-9_]+");
  const known = new Set(query.split("&").map((pair) => pair.split("=")[0]));
  const members = typeof example.body === "string" ? [...example.body.matchAll(/"(\w+)"\s*:/g)].map(([, name]) => name) : []; // prettier-ignore
  const sent = body === "" ? [] : Object.keys(JSON.parse(body) as object);
  return (
    method === example.method &&
    new RegExp(`^${whole}$`).test(url.pathname) &&
    [...url.searchParams.keys()].every((name) => known.has(name)) &&
    sent.every((name) => members.includes(name))
  );
}

/** Stands before the tool and writes down what it is asked. */
async function recording(to: string): Promise<AsyncDisposable & { url: string; seen: Seen[] }> {
  const seen: Seen[] = [];
  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(to + (request.url ?? "/"));
    const method = request.method ?? "GET";
    const body = await buffer(request);
    seen.push({ method, url, body: body.toString() });
    const headers = Object.fromEntries(
      ["authorization", "content-type", "sforce-query-options"].flatMap((name) => {
        const value = request.headers[name];
        return typeof value === "string" ? [[name, value]] : [];
      }),
    );
    const answer = await fetch(url, { method, headers, ...(body.length > 0 && { body }) });
    response.writeHead(answer.status, { "content-type": "application/json" });
    response.end(Buffer.from(await answer.arrayBuffer()));
  };
  const server = createServer((request, response) => {
    pass(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    seen,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}
