import { expect, test } from "vitest";
import { fieldsOf, type Input, type NamedType } from "#sandbox/tools/monday/graphql/schema.ts";
import { typeText } from "#sandbox/tools/monday/graphql/syntax.ts";
import { schema } from "#sandbox/tools/monday/schema/whole.ts";
import type { SdlInput, SdlType } from "../../support/sdl.ts";
import { fieldsIn } from "../../support/sdl-documents.ts";
import { judge, sdl } from "./monday-call.ts";

const strangeInputs = (
  own: ReadonlyMap<string, Input>,
  theirs: Map<string, SdlInput> | undefined,
) =>
  [...own]
    .filter(([name, { type, otherwise }]) => {
      const known = theirs?.get(name);
      return known?.type !== typeText(type) || known.settled !== (otherwise !== undefined);
    })
    .map(([name]) => name);

/** What the simulated schema says and monday's does not. */
function strangers(own: NamedType, theirs: SdlType | undefined): string[] {
  if (own.kind !== theirs?.kind) return [`is no ${own.kind}`];
  if (own.kind === "enum" && theirs.kind === "enum")
    return own.values.filter((value) => !theirs.values.includes(value));
  if (own.kind === "input" && theirs.kind === "input")
    return strangeInputs(own.fields, theirs.fields);
  const [ours, fields] = [fieldsOf(own), sdl && fieldsIn(sdl, own.name)];
  return [...(ours ?? [])].flatMap(([name, field]) => {
    const known = fields?.get(name);
    if (known?.type !== typeText(field.type)) return [name];
    return strangeInputs(field.args, known.args).map((arg) => `${name}(${arg})`);
  });
}

test.skipIf(sdl === undefined)(
  "the simulated schema says nothing that monday's does not (skipped: no contracts here)",
  () => {
    const found = [...schema.values()].flatMap((type) =>
      strangers(type, sdl?.get(type.name)).map((what) => `${type.name}: ${what}`),
    );
    expect(found).toEqual([]);
    expect([...schema.keys()].length).toBeGreaterThan(50);
  },
);

const good = "query($b: [ID!]) { boards(ids: $b, limit: 5) { id name columns { type } } }";
const told = { boards: [{ id: "1", name: "x", columns: [{ type: "status" }] }] };

/** Every exchange of the other tests goes by this judge, so it has to find what is wrong. */
test.skipIf(sdl === undefined).each([
  ["a field", good.replace("name", "title"), told],
  ["an argument", good.replace("limit", "first"), told],
  ["a variable's type", good.replace("[ID!]", "[Int]"), told],
  ["a variable that is not declared", good.replace("$b: [ID!]", "$c: ID"), told],
  ["a literal", good.replace("5", '"five"'), told],
  ["an enum value", good.replace("limit: 5", "state: gone"), told],
  ["a missing argument", "mutation { create_item(board_id: 1) { id } }", {}],
  ["nothing within", "{ boards { columns } }", {}],
  ["something within", "{ boards { id { x } } }", {}],
  ["a fragment that never fits", "{ boards { ... on Item { id } } }", {}],
  ["an input's field", "{ boards { items_page(query_params: { rule: [] }) { cursor } } }", {}],
  ["a number for an id", good, { boards: [{ ...told.boards[0], id: 1 }] }],
  ["a null where none may be", good, { boards: [{ ...told.boards[0], name: null }] }],
  ["a field that did not come", good, { boards: [{ id: "1", name: "x" }] }],
  ["an unknown kind", good, { boards: [{ ...told.boards[0], columns: [{ type: "colour" }] }] }],
])("the schema finds what is wrong with %s (skipped: no contracts here)", (_, query, data) => {
  judge(good, { data: told });
  expect(() => judge(query, { data })).toThrow();
});
