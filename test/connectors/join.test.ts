import { expect, test } from "vitest";
import { asRead, type SourceRecord } from "#domain/record.ts";
import { fakeTool, type Asked } from "./fake-tool.ts";
import { complaints, dealsManifest, manifestOf } from "./small-manifest.ts";
import { connectionTo, never, openWorld } from "./world.ts";

const join = `
      firms:
        post: /links
        ids: 2
        item: { id: "{id}" }
        body: { inputs: "{items}" }
        records: results
        id: from.id
        take: to
        into: joined.firms
`;
const text = (joins: string, list = "joins: [firms]"): string =>
  dealsManifest(`
    fields:
      title: name
      notes: { read: "joined.firms[main=true].id", write: false, absent: empty }
    joins:${joins}
    list: { get: /deals, records: deals, ${list} }
    read: { get: "/deals/{id}", ids: 1, records: deal, joins: [firms] }
`);

function answer({ path, body }: Asked) {
  if (path === "/deals") return { json: { deals: [1, 2, 3].map((id) => ({ id, name: `d${String(id)}` })) } }; // prettier-ignore
  if (path === "/deals/2") return { json: { deal: { id: 2, name: "d2" } } };
  if (path === "/deals/9") return { status: 404, json: {} };
  const { inputs } = body as { inputs: { id: string }[] };
  const known = inputs.filter(({ id }) => id !== "3");
  return { status: 207, json: { results: known.map(({ id }) => ({ from: { id }, to: [{ id: "x" }, { id: `f${id}`, main: true }] })) } }; // prettier-ignore
}

const notes = (records: readonly SourceRecord[]) =>
  records.map(({ id, content }) => [id, content.kind === "live" ? content.fields["notes"] : "gone"]); // prettier-ignore

test("what belongs to records is asked for by their ids, in as few requests as may be", async () => {
  await using tool = await fakeTool(answer);
  await using world = await openWorld({ token: "t" }, [manifestOf(text(join))]);
  const source = world.tools.source(connectionTo("small", tool.url), "deals");
  const records: SourceRecord[] = [];
  for await (const page of source.pages(null, { gone: false, signal: never }))
    records.push(...page.records.map(asRead));
  expect(notes(records)).toEqual([["1", "f1"], ["2", "f2"], ["3", null]]); // prettier-ignore
  expect(tool.requests.filter(({ path }) => path === "/links").map(({ body }) => body)).toEqual([
    { inputs: [{ id: "1" }, { id: "2" }] },
    { inputs: [{ id: "3" }] },
  ]);
  expect(records[0]?.raw().toString()).toBe('{"id":1,"name":"d1"}');
  expect(notes(await source.read(["9", "2"], never))).toEqual([["9", "gone"], ["2", "f2"]]); // prettier-ignore
});

test("a list that brings it itself asks for nothing more", async () => {
  await using tool = await fakeTool(answer);
  await using world = await openWorld({ token: "t" }, [manifestOf(text(join, "size: 5, query: { size: '{size}' }"))]); // prettier-ignore
  const source = world.tools.source(connectionTo("small", tool.url), "deals");
  for await (const page of source.pages(null, { gone: false, signal: never }))
    expect(page.records).toHaveLength(3);
  expect(tool.requests).toHaveLength(1);
});

test.each<[string, string, string | undefined, string]>([
  ["that asks for nobody", join.replace("{items}", "all"), undefined, "A join asks for records by their ids; put {ids}, {items} or {id} into the request"], // prettier-ignore
  ["into a list's item", join.replace("joined.firms", "firms[3]"), undefined, "A path of names is accepted here"], // prettier-ignore
  ["nobody knows", join, "joins: [firm]", "The join firm is not known; did you mean firms? accepted: firms"], // prettier-ignore
  ["to a list of ids", join, "compact: true, joins: [firms]", "A compact list brings no records to join to; name them at read"], // prettier-ignore
  ["no list names", join.replace("firms:", "others: { get: '/x/{id}', ids: 1, records: r, id: id, into: a }\n      firms:"), undefined, "No list names this join: put joins: [others] where records come without it"], // prettier-ignore
])("the linter sees a join %s", (_what, joins, list, message) => {
  expect(complaints(text(joins, list)).map((one) => one.replace(/^\d+: /, ""))).toEqual([message]);
});
