import { expect, test } from "vitest";
import type { Write } from "#domain/record.ts";
import { compileRequest } from "#connectors/request/prepare.ts";
import { fakeTool } from "./fake-tool.ts";
import { connectionTo, never, openWorld } from "./world.ts";

const token = "canary-5d0c1f7e-not-like-any-key";
const echo = `Bad request: {"authorization":"Bearer ${token}"} for key ${token}`;
const write: Write = { kind: "create", key: "1", hash: "h", fields: { email: "ada@example.com" } };

test.each([
  ["signed out", 401, { message: echo }],
  ["not permitted", 403, { message: echo, category: "MISSING_SCOPES" }],
  ["refused", 400, { message: echo, category: echo }],
  ["down", 500, { message: echo }],
  ["no JSON", 400, undefined],
])("a tool that says our credential back (%s) is not repeated", async (_what, status, json) => {
  await using tool = await fakeTool(() =>
    json === undefined ? { status, text: `<html><body>${echo}</body></html>` } : { status, json },
  );
  await using world = await openWorld({ token });
  const crm = connectionTo("hubspot", tool.url);
  const told = async (asked: Promise<unknown>): Promise<string> =>
    asked.then(
      (answer) => JSON.stringify(answer),
      (error: unknown) => JSON.stringify([String(error), (error as Error).cause]),
    );
  const said = [
    await told(world.tools.check(crm, never)),
    await told(world.tools.target(crm, "contacts").send({ id: "r", writes: [write] }, never)),
    await told(Array.fromAsync(world.tools.source(crm, "contacts").pages(null, { gone: false, signal: never }))), // prettier-ignore
  ];
  expect(said.join("\n")).not.toContain(token);
  expect(said.join("\n")).toContain("[credential]");
});

test("a result among good ones that says our credential back is not repeated", async () => {
  await using tool = await fakeTool(({ body }) => {
    const { inputs } = body as { inputs: { objectWriteTraceId: string }[] };
    const errors = inputs.map(({ objectWriteTraceId }) => ({
      ...{ status: "error", category: "VALIDATION_ERROR", message: echo, objectWriteTraceId },
    }));
    return { status: 207, json: { status: "COMPLETE", results: [], errors } };
  });
  await using world = await openWorld({ token });
  const target = world.tools.target(connectionTo("hubspot", tool.url), "contacts");
  const sent = JSON.stringify(await target.send({ id: "r", writes: [write] }, never));
  expect(sent).not.toContain(token);
  expect(sent).toContain("[credential]");
});

test.each([".", "..", "../../admin", "%2e%2e", "a/../..", "x?y=z", "x#y", "\u0000"])(
  "an id of %s leads nowhere else",
  async (id) => {
    await using tool = await fakeTool(() => ({ json: {} }));
    const spec = { get: "/crm/contacts/{id}/notes" };
    const { path } = compileRequest(spec, { headers: {} })({ id });
    await fetch(tool.url + path);
    expect(tool.requests[0]?.path).toMatch(/^\/crm\/contacts\/[^/]+\/notes$/);
    expect([...(tool.requests[0]?.query ?? [])]).toEqual([]);
  },
);
