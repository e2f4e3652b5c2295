import { expect, test } from "vitest";
import { Unavailable } from "#domain/errors.ts";
import { fakeTool } from "./fake-tool.ts";
import { dealsManifest, manifestOf } from "./small-manifest.ts";
import { connectionTo, never, openWorld } from "./world.ts";

const lines = `    append_only: true
    fields: { title: title }
    list: { get: /deals, records: items, query: { after: "{cursor}" }, next: { kind: cursor, at: next } }`;
const manifest = manifestOf(
  dealsManifest(lines).replace("{ code: spent,", "{ code: lost, is: expired_cursor }, { code: spent,"), // prettier-ignore
);

/** Reads two pages from a tool that forgets the place of the second so many times. */
async function readAll(forgets: number): Promise<string[]> {
  let left = forgets;
  await using tool = await fakeTool(({ query }) => {
    if (query.get("after") === null) return { json: { items: [{ id: "1", title: "One" }], next: "two" } }; // prettier-ignore
    if (left-- > 0) return { status: 400, json: { code: "lost", message: "No such place" } };
    return { json: { items: [{ id: "2", title: "Two" }] } };
  });
  await using world = await openWorld({ token: "a-key-of-a-test" }, [manifest]);
  const source = world.tools.source(connectionTo("small", tool.url), "deals");
  const ids: string[] = [];
  for await (const { records } of source.pages(null, { gone: false, signal: never }))
    ids.push(...records.map(({ id }) => id));
  return ids;
}

test("a place that the tool has lost is found again from the beginning", async () => {
  expect(await readAll(1)).toEqual(["1", "1", "2"]);
});

test("a tool that loses it again is given time", async () => {
  await expect(readAll(2)).rejects.toThrow(
    new Unavailable("Small loses our place in its list again and again"),
  );
});
