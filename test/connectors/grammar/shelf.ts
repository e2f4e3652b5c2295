import { connectionName, flowName } from "#domain/ids.ts";
import type { Json } from "#domain/json.ts";
import { asRead, type Sent, type Write } from "#domain/record.ts";
import { lint } from "#connectors/manifest/lint.ts";
import { fakeTool, type Asked, type Reply } from "../fake-tool.ts";
import { connectionTo, never, openWorld } from "../world.ts";

/** A small manifest of one object `people`; each test gives the parts it is about. */
export const manifest = (object: string, rest = ""): string => `connector: shelf
title: Shelf
about: A tool for tests
version: "1"
base_url: https://shelf.example
settings:
  people_columns: { label: Columns, about: What they are called., optional: true, kind: columns }
auth: { key: { kind: bearer, about: A key. } }
check: { get: /me, account: name }
${rest}
objects:
  people:
    title: People
    entity: customer
    id: id
    deletes: Never.
    empty: ""
${object.replace(/^/gm, "    ")}
`;

/** The manifest's object `people` against a tool that answers as the test says. */
export async function withTool(
  text: string,
  answer: (asked: Asked) => Reply,
  settings: Record<string, string> = {},
) {
  const linted = lint(text, "shelf.yaml");
  if (linted.manifest === null) throw new Error(JSON.stringify(linted.problems));
  const tool = await fakeTool(answer);
  const world = await openWorld({ token: "t" }, [linted.manifest]);
  const connection = connectionTo("shelf", tool.url, { settings });
  const origin = {
    connection: connectionName("crm"),
    flow: flowName("crm-to-shelf"),
    content: null,
  };
  const source = world.tools.source(connection, "people");

  return {
    requests: tool.requests,
    check: () => world.tools.check(connection, never),
    target: () => world.tools.target(connection, "people", origin),
    /** Everything there is: id → fields, or the code of what is wrong. */
    async read(): Promise<Record<string, Json>> {
      const found: Record<string, Json> = {};
      for await (const { records } of source.pages(null, { gone: false, signal: never }))
        for (const { id, content } of records.map(asRead))
          found[id] = content.kind === "gone" ? "gone" : (content.problems[0]?.code ?? (content.fields as Json)); // prettier-ignore
      return found;
    },
    send(...writes: readonly Write[]): Promise<Sent> {
      return world.tools.target(connection, "people", origin).send({ id: "r1", writes }, never);
    },
    async [Symbol.asyncDispose]() {
      await world[Symbol.asyncDispose]();
      await tool[Symbol.asyncDispose]();
    },
  };
}

export const create = (fields: Record<string, string | null>, key = "1"): Write => ({
  kind: "create",
  key,
  hash: "h",
  fields,
});
export const update = (id: string, fields: Record<string, string | null>): Write => ({
  kind: "update",
  key: "1",
  hash: "h",
  id,
  version: null,
  fields,
});
