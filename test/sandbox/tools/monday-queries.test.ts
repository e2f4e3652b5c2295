import { expect, test } from "vitest";
import { type Monday, monday } from "./monday-call.ts";

type Item = { id: string; name: string; updated_at: string };
type Page = { cursor: string | null; items: Item[] };

const LIST = `query($b: [ID!], $limit: Int!, $q: ItemsQuery) {
  boards(ids: $b) { items_page(limit: $limit, query_params: $q) { cursor items { id name updated_at } } }
}`;
const NEXT = `query($c: String!, $limit: Int!) { next_items_page(cursor: $c, limit: $limit) { cursor items { id name updated_at } } }`;

async function list(desk: Monday, q: object = {}, limit = 500) {
  const reply = await desk.ask(LIST, { b: [desk.board], limit, q });
  const boards = (reply.data?.["boards"] ?? []) as ({ items_page: Page } | null)[];
  return { ...reply, ...(boards[0]?.items_page ?? { cursor: null, items: [] }) };
}
const next = async (desk: Monday, c: string, limit: number) => {
  const reply = await desk.ask(NEXT, { c, limit });
  return { ...reply, ...((reply.data?.["next_items_page"] ?? {}) as Page) };
};
const names = ({ items }: { items: Item[] }) => items.map(({ name }) => name);

test("items come page by page, as they were when the first page was read", async () => {
  await using desk = await monday({ seed: 10 });
  const whole = await list(desk);
  expect([whole.items.length, whole.cursor]).toEqual([15, null]);
  const first = await list(desk, {}, 6);
  await desk.ask("mutation($i: ID) { delete_item(item_id: $i) { id } }", { i: whole.items[8]?.id });
  await desk.ask('mutation($b: ID!) { create_item(board_id: $b, item_name: "Late") { id } }', { b: desk.board }); // prettier-ignore
  const second = await next(desk, String(first.cursor), 6);
  const third = await next(desk, String(second.cursor), 6);
  expect([first, second, third].map(({ items }) => items.length)).toEqual([6, 5, 3]);
  expect(third.cursor).toBeNull();
  expect(names(third)).not.toContain("Late");
  expect(names(await next(desk, String(first.cursor), 6))).toEqual(names(second));
});

test("a cursor ends an hour after the first page, however it was used since", async () => {
  await using desk = await monday({ seed: 10 });
  await desk.control("/_config", { cursor_ms: 150 });
  const first = await list(desk, {}, 2);
  const second = await next(desk, String(first.cursor), 2);
  expect(second.items).toHaveLength(2);
  await new Promise((resolve) => setTimeout(resolve, 200));
  for (const cursor of [second.cursor, "MSwnonsense"]) {
    const late = await next(desk, String(cursor), 2);
    expect([late.status, late.data]).toEqual([200, null]);
    expect(late.errors[0]).toMatchObject({ path: ["next_items_page"], extensions: { code: "CursorExpiredError" } }); // prettier-ignore
  }
});

test("limits of pages and ids are kept", async () => {
  await using desk = await monday({ seed: 30 });
  for (const limit of [0, 501]) expect((await list(desk, {}, limit)).errors[0]?.extensions.code).toBe("InvalidArgumentException"); // prettier-ignore
  const { items } = await list(desk);
  const ids = items.map(({ id }) => id);
  const ask = "query($i: [ID!], $limit: Int) { items(ids: $i, limit: $limit) { id } }";
  // Without a limit it is 25, however many ids there are.
  expect((await desk.ask(ask, { i: ids })).data["items"]).toHaveLength(25);
  expect((await desk.ask(ask, { i: ids, limit: 100 })).data["items"]).toHaveLength(45);
  expect((await desk.ask(ask, { i: Array<string>(101).fill("1") })).errors[0]?.extensions.code).toBe("InvalidArgumentException"); // prettier-ignore
  expect((await desk.ask(ask, { i: ["1"] })).data["items"]).toEqual([]);
});

test("items are sorted by when they changed, and filters on that see the day alone", async () => {
  await using desk = await monday({ seed: 4 });
  const { items } = await list(desk);
  const { id } = items[2] as Item;
  await desk.control("/_edit", { object: "items", id, set: { text: "touched" } });
  const newest = await list(desk, { order_by: [{ column_id: "__last_updated__", direction: "desc" }] }); // prettier-ignore
  expect(newest.items[0]?.id).toBe(id);
  expect(newest.items[0]?.updated_at).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/);
  const oldest = await list(desk, { order_by: [{ column_id: "__last_updated__" }] });
  expect(oldest.items.at(-1)?.id).toBe(id);

  const since = (operator: string, value: string) =>
    list(desk, { rules: [{ column_id: "__last_updated__", compare_value: [value], operator, compare_attribute: "UPDATED_AT" }] }); // prettier-ignore
  const now = new Date().toISOString();
  expect((await since("greater_than_or_equals", now)).items.map((item) => item.id)).toEqual([id]);
  expect((await since("greater_than", now)).items).toEqual([]);
  expect((await since("any_of", "TODAY")).items).toHaveLength(1);
  expect((await since("greater_than", "last week")).errors[0]?.extensions.code).toBe("InvalidArgumentException"); // prettier-ignore
});

test("rules compare each type in its own way", async () => {
  await using desk = await monday({ seed: 1 });
  const make = async (name: string, values: object) => {
    const variables = { b: desk.board, n: name, v: JSON.stringify(values) };
    const { data } = await desk.ask("mutation($b: ID!, $n: String!, $v: JSON) { create_item(board_id: $b, item_name: $n, column_values: $v) { id } }", variables); // prettier-ignore
    return (data["create_item"] as Item).id;
  };
  const users = (await desk.ask('{ users(emails: ["ravi@harbour-and-sons.example"]) { id } }')).data["users"] as Item[]; // prettier-ignore
  const ravi = users[0]?.id ?? "";
  const one = await make("Alpha", { status: { index: 2 }, numbers: "5", date4: "2030-01-01", text: "Red fox", person: { personsAndTeams: [{ id: ravi, kind: "person" }] } }); // prettier-ignore
  await make("Beta", { status: { index: 1 }, numbers: "50", date4: "2030-02-01", text: "Blue fox", check: { checked: "true" }, areas: { ids: [2] } }); // prettier-ignore
  const ask = async (column_id: string, operator: string, compare_value: unknown) =>
    names(await list(desk, { ids: undefined, rules: [{ column_id, operator, compare_value }] }));
  const made = async (...rule: [string, string, unknown]) =>
    (await ask(...rule)).filter((name) => ["Alpha", "Beta"].includes(name));

  expect(await made("status", "any_of", [2])).toEqual(["Alpha"]);
  expect(await made("status", "not_any_of", [2])).toEqual(["Beta"]);
  expect(await made("numbers", "greater_than", [5])).toEqual(["Beta"]);
  expect(await made("numbers", "between", [5, 50])).toEqual(["Alpha", "Beta"]);
  expect(await made("date4", "lower_than", ["EXACT", "2030-02-01"])).toEqual(["Alpha"]);
  expect(await made("date4", "any_of", ["EXACT", "2030-02-01"])).toEqual(["Beta"]);
  expect(await made("text", "contains_text", ["FOX"])).toEqual(["Alpha", "Beta"]);
  expect(await made("text", "any_of", ["Red fox"])).toEqual(["Alpha"]);
  expect(await made("name", "starts_with", ["al"])).toEqual(["Alpha"]);
  expect(await made("person", "any_of", [`person-${ravi}`])).toEqual(["Alpha"]);
  expect(await made("areas", "is_empty", [])).toEqual(["Alpha"]);
  expect(await made("check", "is_not_empty", [null])).toEqual(["Beta"]);
  const either = [{ column_id: "name", compare_value: ["Alpha"] }, { column_id: "name", compare_value: ["Beta"] }]; // prettier-ignore
  expect(names(await list(desk, { rules: either, operator: "or" }))).toEqual(["Alpha", "Beta"]);
  expect(names(await list(desk, { groups: [{ rules: either, operator: "or" }], ids: [one] }))).toEqual(["Alpha"]); // prettier-ignore

  const wrong = async (rule: object) => (await list(desk, { rules: [rule] })).errors[0]?.extensions.code; // prettier-ignore
  expect(await wrong({ column_id: "status", operator: "greater_than", compare_value: [1] })).toBe("InvalidArgumentException"); // prettier-ignore
  expect(await wrong({ column_id: "mirror", compare_value: ["x"] })).toBe(
    "InvalidArgumentException",
  );
  expect(await wrong({ column_id: "gone", compare_value: ["x"] })).toBe("InvalidColumnIdException");
});

test("items are found by what their columns say", async () => {
  await using desk = await monday({ seed: 4 });
  const variables = { b: desk.board, v: JSON.stringify({ text: "hub-1", numbers: "7" }) };
  await desk.ask('mutation($b: ID!, $v: JSON) { create_item(board_id: $b, item_name: "Found", column_values: $v) { id } }', variables); // prettier-ignore
  const find = async (...columns: [string, ...string[]][]) => {
    const given = columns.map(([column_id, ...column_values]) => ({ column_id, column_values }));
    const reply = await desk.ask("query($b: ID!, $c: [ItemsPageByColumnValuesQuery!]) { items_page_by_column_values(board_id: $b, columns: $c, limit: 2) { cursor items { id name } } }", { b: desk.board, c: given }); // prettier-ignore
    return { ...reply, page: reply.data?.["items_page_by_column_values"] as Page };
  };
  expect(names((await find(["text", "hub-0", "hub-1"])).page)).toEqual(["Found"]);
  expect(names((await find(["text", "hub-1"], ["numbers", "8"])).page)).toEqual([]);
  expect(names((await find(["name", "Found"])).page)).toEqual(["Found"]);
  const { page } = await find(["text", ""]);
  expect([page.items.length, page.cursor]).toEqual([2, expect.any(String)]);
  expect((await find(["mirror", "x"])).errors[0]?.extensions.code).toBe("InvalidArgumentException");
  expect((await find(["gone", "x"])).errors[0]?.extensions.code).toBe("InvalidColumnIdException");
});
