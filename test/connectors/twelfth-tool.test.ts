import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Write } from "#domain/record.ts";
import { lintManifest } from "#connectors/manifest/lint.ts";
import { loadManifests } from "#connectors/manifest/load.ts";
import { fakeTool, type Asked, type Reply } from "./fake-tool.ts";
import { connectionTo, folder, never, openWorld } from "./world.ts";

/** The complete example of manifests/README.md. */
const example = ((): string => {
  const readme = readFileSync(join(folder, "../README.md"), "utf8");
  const part = readme.split("<!-- example -->")[1]?.split("<!-- end of example -->")[0] ?? "";
  return /```yaml\n([\s\S]*?)```/.exec(part)?.[1] ?? "";
})();

type Person = { id: string; updated_at: string; archived: boolean; [name: string]: unknown };

/** Lumen, a tool nobody has written anything for but the file in the readme. */
function lumen() {
  const people = new Map<string, Person>();
  let clock = Date.parse("2026-11-01T00:00:00Z");
  let last = 0;
  const now = () => new Date((clock += 1000)).toISOString();
  const keep = (id: string, given: object) => {
    const person = { ...people.get(id), ...given, id, updated_at: now(), archived: false };
    people.set(id, person);
    return person;
  };
  const refused = (status: number, code: string, message: string, field?: string): Reply => ({ status, json: { error: { code, message, field } } }); // prettier-ignore

  function write(id: string | null, { body }: Asked): Reply {
    const person = (body as { person: Record<string, unknown> }).person;
    const same = [...people.values()].find((one) => one["email"] === person["email"]);
    if (id === null && same !== undefined)
      return refused(409, "duplicate", `person ${same.id} has this address`);
    if (person["email"] === "blocked@example.com")
      return refused(422, "invalid", "This address is blocked", "email");
    return { json: { person: keep(id ?? `p${String((last += 1))}`, person) } };
  }

  function list({ query }: Asked): Reply {
    const all = [...people.values()]
      .filter((one) => query.get("email") === null || one["email"] === query.get("email"))
      .filter((one) => one.updated_at >= (query.get("updated_since") ?? ""));
    const from = Number(query.get("after") ?? 0);
    const size = Number(query.get("page_size") ?? 1000);
    const next = from + size < all.length ? String(from + size) : undefined;
    return { json: { people: all.slice(from, from + size), next } };
  }

  return {
    people,
    keep,
    answer(asked: Asked): Reply {
      const [, , noun, id] = asked.path.split("/");
      if (noun === "me") return { json: { account: { name: "Harbour & Sons" } } };
      if (id === undefined) return asked.method === "GET" ? list(asked) : write(null, asked);
      const person = people.get(id);
      if (person === undefined) return refused(404, "missing", "There is no such person");
      if (asked.method === "GET") return { json: { person } };
      if (asked.method === "PATCH") return write(id, asked);
      people.set(id, { ...person, archived: true, updated_at: now() });
      return { status: 204, text: "" };
    },
  };
}

async function openLumen() {
  const ours = mkdtempSync(join(tmpdir(), "tieline-connectors-"));
  writeFileSync(join(ours, "lumen.yaml"), example);
  const { manifests, problems } = await loadManifests([folder, ours]);
  expect(problems).toEqual([]);
  const tool = lumen();
  const server = await fakeTool(tool.answer);
  const world = await openWorld({ token: "key-of-lumen" }, manifests);
  const connection = connectionTo("lumen", server.url);
  return { tool, server, world, connection };
}

test("the example in the readme has nothing wrong with it", () => {
  expect(lintManifest(example, "lumen.yaml")).toEqual([]);
});

test("one file in a folder makes a twelfth tool, which is in the catalogue and works", async () => {
  const { tool, server, world, connection } = await openLumen();
  await using _ = server;
  await using __ = world;
  expect(world.tools.catalogue().map(({ name }) => name)).toContain("lumen");
  expect(await world.tools.check(connection, never)).toMatchObject({ ok: true, account: "Harbour & Sons" }); // prettier-ignore

  for (let n = 0; n < 120; n += 1) tool.keep(`x${String(n)}`, { email: `p${String(n)}@Example.com`, name: { first: "Ada", last: String(n) }, newsletter: "no" }); // prettier-ignore
  const source = world.tools.source(connection, "people");
  const records = [];
  let checkpoint = null;
  for await (const page of source.pages(null, { gone: false, signal: never })) {
    records.push(...page.records);
    checkpoint = page.checkpoint;
  }
  expect(records).toHaveLength(120);
  expect(records[3]?.content).toMatchObject({
    kind: "live",
    fields: { email: "p3@example.com", first_name: "Ada", last_name: "3", subscription: "unsubscribed" }, // prettier-ignore
  });
  expect(checkpoint).not.toBeNull();
});

test("it is written as its file says, and what it refuses is told in its words", async () => {
  const { tool, server, world, connection } = await openLumen();
  await using _ = server;
  await using __ = world;
  const target = world.tools.target(connection, "people");
  const send = async (write: Write) => {
    const sent = await target.send({ id: "r", writes: [write] }, never);
    return sent.kind === "each" ? sent.outcomes[0] : sent;
  };
  const create = (email: string): Write => ({ kind: "create", key: "1", hash: "h", fields: { email, first_name: "Ada", phone: "+33170189900" } }); // prettier-ignore

  expect(await send(create("ada@example.com"))).toMatchObject({ kind: "accepted", id: "p1" });
  expect(tool.people.get("p1")).toMatchObject({ email: "ada@example.com", name: { first: "Ada" } });
  expect(await send(create("ada@example.com"))).toMatchObject({ kind: "rejected", problem: { class: "conflict", candidates: [{ id: "p1" }] } }); // prettier-ignore
  expect(await send(create("blocked@example.com"))).toMatchObject({ kind: "rejected", problem: { class: "invalid", field: "email", message: "This address is blocked" } }); // prettier-ignore
  const [found] = await target.find("email", ["ada@example.com"], never);
  expect(found?.map(({ id }) => id)).toEqual(["p1"]);

  const update: Write = { kind: "update", key: "1", hash: "h", id: "p1", version: null, fields: { "address.city": "Paris" } }; // prettier-ignore
  expect(await send(update)).toMatchObject({ kind: "accepted" });
  expect(tool.people.get("p1")).toMatchObject({ address: { city: "Paris" } });
  expect(await send({ kind: "archive", key: "1", id: "p1", version: null })).toMatchObject({ kind: "accepted" }); // prettier-ignore
  expect(await target.read(["p1"], never)).toEqual([]);
});
