import { expect, test } from "vitest";
import { monday } from "./monday-call.ts";

test.each([
  ["{ boards { id nme } }", 'Cannot query field "nme" on type "Board".'],
  ["{ boards(first: 3) { id } }", 'Unknown argument "first" on field "Query.boards".'],
  [
    "{ boards { columns } }",
    'Field "columns" of type "[Column]" must have a selection of subfields. Did you mean "columns { ... }"?',
  ],
  [
    "{ boards { id { x } } }",
    'Field "id" must not have a selection since type "ID!" has no subfields.',
  ],
  [
    "{ next_items_page { cursor } }",
    'Field "next_items_page" argument "cursor" of type "String!" is required, but it was not provided.',
  ],
  ['{ boards(limit: "three") { id } }', 'Int cannot represent value: "three"'],
  ["{ boards(limit: 3000000000) { id } }", "Int cannot represent value: 3000000000"],
  ["{ boards(state: gone) { id } }", 'Value gone does not exist in "State" enum.'],
  ['{ boards(state: "active") { id } }', 'Enum "State" cannot represent non-enum value: "active".'],
  ["{ boards(ids: $b) { id } }", 'Variable "$b" is not defined.'],
  ["query($b: [ID!]) { boards { id } }", 'Variable "$b" is never used.'],
  [
    "query($b: [Int!]) { boards(ids: $b) { id } }",
    'Variable "$b" of type "[Int!]" used in position expecting type "[ID!]".',
  ],
  ["query($b: Thing) { boards(ids: $b) { id } }", 'Unknown type "Thing".'],
  [
    "{ boards { items_page(query_params: {rule: []}) { cursor } } }",
    'Field "rule" is not defined by type "ItemsQuery".',
  ],
  [
    "{ boards { items_page(query_params: {rules: [{column_id: 1}]}) { cursor } } }",
    'Field "ItemsQueryRule.compare_value" of required type "CompareValue!" was not provided.',
  ],
  ["{ boards { ...it } }", 'Unknown fragment "it".'],
  [
    "{ boards { ... on Item { id } } }",
    'Fragment cannot be spread here as objects of type "Board" can never be of type "Item".',
  ],
  ["fragment it on Board { id } { boards { id } }", 'Fragment "it" is never used.'],
  ["fragment a on Board { ...a } { boards { ...a } }", 'Cannot spread fragment "a" within itself.'],
  [
    "{ boards { id: name id } }",
    'Fields "id" conflict because "name" and "id" are different fields. Use different aliases on the fields to fetch both if this was intentional.',
  ],
  ["{ boards { id @upper } }", 'Unknown directive "@upper".'],
  [
    "query a { me { id } } query b { me { id } }",
    "Must provide operation name if query contains multiple operations.",
  ],
  ["subscription { me { id } }", "Schema is not configured to execute subscription operation."],
])("%s is refused", async (query, message) => {
  // prettier-ignore
  await using desk = await monday({ seed: 1 });
  const { status, body } = await desk.ask(query);
  expect(status).toBe(200);
  expect(body).toMatchObject({ errors: [{ message, extensions: { code: "GRAPHQL_VALIDATION_FAILED" } }] }); // prettier-ignore
  expect(body).not.toHaveProperty("data");
});

test.each([
  ["{ boards { id ", "Syntax Error: Unexpected <EOF>.", { line: 1, column: 15 }],
  ["{\n  boards ? }", 'Syntax Error: Unexpected character: "?".', { line: 2, column: 10 }],
  ['{ boards(ids: "1) { id } }', "Syntax Error: Unterminated string.", { line: 1, column: 15 }],
  ["{ }", 'Syntax Error: Unexpected "}".', { line: 1, column: 3 }],
  ["{ boards(limit: 007) { id } }", 'Syntax Error: Unexpected character: "0".', { line: 1, column: 17 }], // prettier-ignore
])("%s cannot be read, and it is said where", async (query, message, at) => {
  await using desk = await monday({ seed: 1 });
  const { status, body } = await desk.ask(query);
  expect(status).toBe(400);
  expect(body).toMatchObject({ errors: [{ message, locations: [at], extensions: { code: "GRAPHQL_PARSE_FAILED" } }] }); // prettier-ignore
});

test("a variable may stand within an object that has to have it", async () => {
  await using desk = await monday({ seed: 3 });
  const query = "query ($board: ID!, $column: String!, $values: [String]!) { items_page_by_column_values(board_id: $board, columns: [{ column_id: $column, column_values: $values }]) { items { id } } }"; // prettier-ignore
  const { errors } = await desk.ask(query, { board: desk.board, column: "name", values: ["x"] });
  expect(errors).toEqual([]);
});

test("variables have defaults, are checked, and may be left out", async () => {
  await using desk = await monday({ seed: 3 });
  const query = "query($n: Int = 2, $b: [ID!]) { boards(limit: $n, ids: $b) { id } }";
  const count = async (variables: object) =>
    (await desk.ask(query, { ...variables })).data["boards"] as unknown[];
  expect(await count({})).toHaveLength(2);
  expect(await count({ n: 1 })).toHaveLength(1);
  expect(await count({ b: desk.board })).toMatchObject([{ id: desk.board }]);
  const wrong = await desk.ask(query, { n: "x" });
  expect(wrong.errors[0]?.message).toBe('Variable "$n" got invalid value "x"; Int cannot represent value: "x"'); // prettier-ignore
  const missing = await desk.ask("query($c: String!) { next_items_page(cursor: $c) { cursor } }");
  expect(missing.errors[0]).toMatchObject({ message: 'Variable "$c" of required type "String!" was not provided.', extensions: { code: "BAD_USER_INPUT" } }); // prettier-ignore
});

test("aliases, fragments and directives are what they are elsewhere", async () => {
  await using desk = await monday({ seed: 1 });
  const { data } = await desk.ask(
    `query($b: [ID!], $more: Boolean!) {
      # Two names for one thing.
      one: boards(ids: $b) { ...short }
      two: boards(ids: $b) { ...short items_count @include(if: $more) url @skip(if: true) }
    }
    fragment short on Board { key: id ... on Board { __typename } }`,
    { b: [desk.board], more: true },
  );
  expect(data["one"]).toEqual([{ key: desk.board, __typename: "Board" }]);
  expect(data["two"]).toEqual([{ key: desk.board, __typename: "Board", items_count: 5 }]);
});

test("texts may be written in blocks, and ids are digits however long", async () => {
  await using desk = await monday({ seed: 1 });
  const { data } = await desk.ask(`mutation { create_item(board_id: ${desk.board}, item_name: """
      two
        lines
    """) { id name } }`);
  const { id, name } = data["create_item"] as { id: string; name: string };
  expect(name).toBe("two\n  lines");
  expect(Number(id)).toBeGreaterThan(2 ** 32);
  expect((await desk.ask(`{ items(ids: [${id}]) { id } }`)).data["items"]).toEqual([{ id }]);
  expect((await desk.ask("{ items(ids: [99999999999999999999]) { id } }")).data["items"]).toEqual([]); // prettier-ignore
});

test("a body that is no GraphQL request is a bad one", async () => {
  await using desk = await monday({ seed: 1 });
  const send = async (body: string, type = "application/json") => {
    const headers = { authorization: String(desk.credential["token"]), "content-type": type };
    return (await fetch(`${desk.base_url}/v2`, { method: "POST", headers, body })).status;
  };
  expect(await send("{")).toBe(400);
  expect(await send('{"query": ""}')).toBe(400);
  expect(await send('{"query": "{ me { id } }", "variables": []}')).toBe(400);
  expect(await send('{"query": "{ me { id } }"}', "text/plain")).toBe(400);
  expect(await send('{"query": "{ me { id } }", "variables": null}')).toBe(200);
  expect((await fetch(`${desk.base_url}/v2`)).status).toBe(405);
});
