import { expect, test } from "vitest";
import type { Asked } from "../fake-tool.ts";
import { never } from "../world.ts";
import { manifest, withTool } from "./shelf.ts";

const columns = `columns: fields
renames: people_columns
fields:
  name: fields.{Name}
  email: fields.{E-mail} | email
  company: fields.{Firm}[0] | ref(firms)`;
const list = `list:
  get: /people
  query: { "fields[]": "{columns}" }
  records: people`;
const firms = `  firms:
    title: Firms
    entity: company
    id: id
    deletes: Never.
    empty: ""
    fields: { name: name }
    list: { get: /firms, records: firms }`;
const people = (...people: object[]) => ({ json: { people } });

test("what a record leaves out is unknown, or empty where it was asked for", async () => {
  const answer = () => people({ id: "1", fields: { Name: "Ada" } });
  await using usual = await withTool(manifest(`${columns}\n${list}`) + firms, answer);
  expect(await usual.read()).toEqual({ 1: { name: "Ada" } });
  await using strict = await withTool(manifest(`absent: empty\n${columns}\n${list}`) + firms, answer); // prettier-ignore
  expect(await strict.read()).toEqual({ 1: { name: "Ada", email: null, company: null } });
  expect(strict.requests[0]?.query.getAll("fields[]")).toEqual(["Name", "E-mail", "Firm"]);
});

test("a connection calls columns as it likes, and leaves out all it does not name", async () => {
  const answer = () => people({ id: "1", fields: { Who: "Ada", "E-mail": "ada@example.com" } });
  const settings = { people_columns: "name = Who\n* =" };
  const find = `find:
  fields: { name: "{Name}", email: "{E-mail}" }
  post: /find
  item: "{{field}}={value|double_quoted}"
  body: { formula: "OR({items})" }
  values: 10
  records: people`;
  const write = `read: { get: "/people/{id}", ids: 1, records: person }
write: { batch: 1, repeat: nothing, calls: [{ post: /people, create: {} }] }`;
  await using tool = await withTool(manifest(`${columns}\n${list}\n${find}\n${write}`) + firms, answer, settings); // prettier-ignore
  expect(await tool.read()).toEqual({ 1: { name: "Ada" } });
  const target = tool.target();
  expect(target.searchable).toEqual(["name"]);
  const found = await target.find("name", ['A "B"', "ada"], never);
  expect(found.map((records) => records.map(({ id }) => id))).toEqual([[], ["1"]]);
  expect(tool.requests.at(-1)?.body).toEqual({ formula: 'OR({Who}="A \\"B\\"",{Who}="ada")' });
});

test("pages of a list that moves overlap, so that nothing is passed over", async () => {
  const all = Array.from({ length: 25 }, (_, n) => `p${String(n)}`);
  let ids = all;
  const page = ({ query }: Asked) => {
    const from = Number(query.get("from"));
    const shown = ids.slice(from, from + 10).map((id) => ({ id, name: id }));
    // Two of those that were read change, and stand at the end from now on.
    ids = [...ids.slice(2), ...ids.slice(0, 2)];
    return people(...shown);
  };
  const moving = (overlap: number) =>
    manifest(`fields: { name: name }
list:
  get: /people
  query: { from: "{position}", most: "{size}" }
  size: 10
  records: people
  next: { kind: position, first: 0, until: short, overlap: ${String(overlap)} }`);
  await using careful = await withTool(moving(3), page);
  expect(Object.keys(await careful.read())).toHaveLength(25);
  ids = all;
  await using careless = await withTool(moving(0), page);
  expect(Object.keys(await careless.read()).length).toBeLessThan(25);
});

test("an object that an account has not is left out of what it can do", async () => {
  const both =
    manifest(`optional: true\nfields: { name: name }\nlist: { get: /people, records: people }`) + // prettier-ignore
    firms.replace("title: Firms", "title: Firms\n    optional: true");
  const answer = (lacks: readonly string[]) => ({ path }: Asked) =>
    lacks.includes(path) ? { status: 403, json: { message: "No such table" } } : { json: { name: "Acme" } }; // prettier-ignore
  const says = "says: { message: [message] }";
  await using some = await withTool(both.replace("objects:", `${says}\nobjects:`), answer(["/firms"])); // prettier-ignore
  expect(await some.check()).toMatchObject({ ok: true, can: ["read people"] });
  await using none = await withTool(both.replace("objects:", `${says}\nobjects:`), answer(["/firms", "/people"])); // prettier-ignore
  expect(await none.check()).toMatchObject({
    ok: false,
    problem: expect.stringMatching(
      /may not read people and firms\. Shelf: No such table\./,
    ) as string,
  });
});
