import { expect, test } from "vitest";
import { lint } from "#connectors/manifest/lint.ts";
import type { Asked } from "../fake-tool.ts";
import { manifest, update, withTool } from "./shelf.ts";

test("the first page and those after it may hold their records in different places", async () => {
  const answer = ({ query }: Asked) =>
    query.get("after") === null
      ? { json: { first: { people: [{ id: "1", name: "Ada" }], cursor: "x" } } }
      : { json: { further: { people: [{ id: "2", name: "Grace" }], cursor: null } } };
  const object = `fields: { name: name }
list:
  get: /people
  query: { after: "{cursor}" }
  records: [first.people, further.people]
  next: { kind: cursor, at: [first.cursor, further.cursor] }`;
  await using tool = await withTool(manifest(object), answer);
  expect(await tool.read()).toEqual({ 1: { name: "Ada" }, 2: { name: "Grace" } });
});

test("records that say that they are something else are left out", async () => {
  const people = [
    { id: "1", type: "person", name: "Ada" },
    { id: "2", type: "robot", name: "Marvin" },
    { id: "3", name: "Nobody knows" },
  ];
  const object = `only: { at: type, equals: person }
fields: { name: name }
list: { get: /people, records: people }`;
  await using tool = await withTool(manifest(object), () => ({ json: { people } }));
  expect(await tool.read()).toEqual({ 1: { name: "Ada" } });
});

const written = (notes: string) => `fields:
  name: name
  notes: ${notes}
  phone: { read: phone | phone, as: { number: "{value}", country: "{value|phone_country}" } }
list: { get: /people, records: people }
read: { get: "/people/{id}", ids: 1, records: person }
write:
  batch: 1
  repeat: nothing
  calls:
    - put: /people/{id}
      body: { text: "{fields|json_without(phone)}", phone: "{fields.phone}" }
      update: { id: "{id}" }`;

test("a field may be emptied in its own way, and told apart from the rest of what is sent", async () => {
  await using tool = await withTool(manifest(written("{ read: notes, empty: { clear: true } }")), () => ({ json: {} })); // prettier-ignore
  await tool.send(update("1", { name: null, notes: null, phone: "+442079460958" }));
  const { text, phone } = tool.requests[0]?.body as Record<string, unknown>;
  expect(JSON.parse(String(text))).toEqual({ name: "", notes: { clear: true } });
  expect(phone).toEqual({ number: "+442079460958", country: "GB" });
});

test("what empties a field that is only read, and what is left out of nothing, are told", () => {
  const messages = (object: string) => lint(manifest(object), "shelf.yaml").problems.map(({ message }) => message); // prettier-ignore
  expect(messages(written('{ read: notes, write: false, empty: "" }'))).toEqual([
    "empty goes with what is written",
  ]);
  const bare = written("notes").replace("json_without(phone)", "json_without");
  expect(messages(bare)).toEqual([
    "The filter json_without needs the members to leave out, such as (name)",
  ]);
});
