import { expect, test } from "vitest";
import type { Asked } from "../fake-tool.ts";
import { manifest, withTool } from "./shelf.ts";

const people = `fields: { name: name }
list:
  each: { get: /firms, records: firms, id: id }
  get: /firms/{parent}/people
  records: people`;

const firms =
  (...ids: string[]) =>
  ({ path }: Asked) => {
    if (path === "/me") return { json: { name: "Ada" } };
    if (path === "/firms") return { json: { firms: ids.map((id) => ({ id })) } };
    const firm = /^\/firms\/(\w+)\/people$/.exec(path)?.[1];
    if (firm === undefined || firm === "gone") return { status: 404, json: {} };
    return { json: { people: [{ id: `${firm}1`, name: firm }] } };
  };

test("a parent that is gone since it was listed takes its records along, and no others", async () => {
  await using tool = await withTool(manifest(people), firms("a", "gone", "b"));
  expect(await tool.read()).toEqual({ a1: { name: "a" }, b1: { name: "b" } });
});

test("a look at a connection asks for the first parent's records, and for none without parents", async () => {
  await using some = await withTool(manifest(people), firms("a", "b"));
  expect(await some.check()).toMatchObject({ ok: true });
  expect(some.requests.map(({ path }) => path)).toEqual(["/me", "/firms", "/firms/a/people"]);
  await using none = await withTool(manifest(people), firms());
  expect(await none.check()).toMatchObject({ ok: true });
});
