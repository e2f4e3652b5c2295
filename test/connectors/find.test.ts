import { expect, test } from "vitest";
import { fakeTool, type Asked } from "./fake-tool.ts";
import { dealsManifest, manifestOf } from "./small-manifest.ts";
import { connectionTo, never, openWorld } from "./world.ts";

const text = dealsManifest(
  `
    only: kind
    renames: names
    columns: f
    fields: { title: "f.{Title}", notes: "f.{Notes}" }
    list: { get: /deals, records: deals }
    read: { get: "/deals/{id}", ids: 1, records: deal }
    find:
      fields: { title: "{Title}", notes: "{Notes}" }
      post: /search
      values: 3
      length: 20
      body: { by: "{field}", in: "{values|lowercase}", show: "{columns}" }
      records: deals
    write: { batch: 1, repeat: nothing, calls: [{ post: /deals, body: "{fields}", create: {}, results: {} }] }
`,
  `settings: { names: { label: Names, about: Names, kind: columns, optional: true } }`,
);

type Search = { by: string; in: string[] };

/** Finds each value as a deal of that title; one that begins with a bracket is no deal of ours. */
const answer = ({ body }: Asked) => ({
  json: {
    deals: (body as Search).in.map((title) => ({
      id: `of ${title}`,
      kind: title.startsWith("(") ? "" : "deal",
      f: { Title: title, Name: title },
    })),
  },
});

async function search(names: string | null, wanted: readonly string[]) {
  await using tool = await fakeTool(answer);
  await using world = await openWorld({ token: "t" }, [manifestOf(text)]);
  const settings = names === null ? {} : { names };
  const target = world.tools.target(connectionTo("small", tool.url, { settings }), "deals");
  const found = await target.find("title", wanted, never);
  const asked = tool.requests.map(({ body }) => body as Search);
  return { ids: found.map((group) => group.map(({ id }) => id)), asked, by: target.searchable };
}

test("values go in as few requests as their number and their length allow", async () => {
  const long = "x".repeat(30);
  const { ids, asked } = await search(null, ["A", "b", "C", "D", long, "twelve chars", 'q"']);
  expect(asked.map((one) => one.in)).toEqual([["a", "b", "c"], ["d", "twelve chars"], ['q"']]);
  expect(ids).toEqual([["of a"], ["of b"], ["of c"], ["of d"], [], ["of twelve chars"], ['of q"']]); // prettier-ignore
});

test("a column is searched by under the name that a connection gives it, or not at all", async () => {
  const { asked, by } = await search("title = Name\nnotes =", ["a"]);
  expect(asked).toEqual([{ by: "Name", in: ["a"], show: ["Name"] }]);
  expect(by).toEqual(["title"]);
});

test("what the tool finds that is none of the object's is not found", async () => {
  expect((await search(null, ["(a)", "b"])).ids).toEqual([[], ["of b"]]);
});
