import { expect, test } from "vitest";
import { type Monday, monday } from "./monday-call.ts";

type Item = { id: string; name: string; state: string; column_values: Cell[] };
type Cell = { id: string; text: string | null; value: string | null; [more: string]: unknown };

const CREATE = `mutation($b: ID!, $n: String!, $v: JSON, $add: Boolean) {
  create_item(board_id: $b, item_name: $n, column_values: $v, create_labels_if_missing: $add) { id name state updated_at }
}`;
const CHANGE = `mutation($b: ID!, $i: ID!, $v: JSON!) {
  change_multiple_column_values(board_id: $b, item_id: $i, column_values: $v) { id name }
}`;
const READ = `query($i: [ID!]!) { items(ids: $i) { id name state column_values { id type text value
  ... on StatusValue { index label is_done } ... on DateValue { date time } ... on EmailValue { email label }
  ... on BoardRelationValue { linked_item_ids display_value } ... on MirrorValue { display_value }
  ... on PeopleValue { persons_and_teams { id kind } } ... on DropdownValue { values { id label } }
  ... on CheckboxValue { checked } ... on NumbersValue { number } ... on LastUpdatedValue { updated_at updater { email } } } } }`;

async function create(desk: Monday, values: object, name = "New") {
  const reply = await desk.ask(CREATE, { b: desk.board, n: name, v: JSON.stringify(values) });
  return { ...reply, item: reply.data?.["create_item"] as Item };
}

async function read(desk: Monday, id: string) {
  const [item] = (await desk.ask(READ, { i: [id] })).data["items"] as Item[];
  return { item, cells: Object.fromEntries((item?.column_values ?? []).map((cell) => [cell.id, cell])) }; // prettier-ignore
}

test("what is written is read in another shape", async () => {
  await using desk = await monday({ seed: 2 });
  const customers = String(desk.settings["customers_board_id"]);
  const page = await desk.ask("query($b: [ID!]) { boards(ids: $b) { items_page(limit: 1) { items { id name column_values(ids: [\"email\"]) { text } } } } }", { b: [customers] }); // prettier-ignore
  const [{ items_page: { items: [linked] } }] = page.data["boards"] as [{ items_page: { items: [Item] } }]; // prettier-ignore
  const users = (await desk.ask("{ users(limit: 5) { id email } }")).data["users"] as { id: string; email: string }[]; // prettier-ignore
  const olivia = users.find(({ email }) => email.startsWith("olivia"))?.id ?? "";

  const { item } = await create(desk, {
    status: { label: "Done" },
    date4: { date: "2026-12-01", time: "09:30:00" },
    person: { personsAndTeams: [{ id: Number(olivia), kind: "person" }] },
    email: { email: "a@b.example", text: "Ann" },
    phone: { phone: "+15551234567", countryShortName: "US" },
    link: { url: "https://example.com", text: "Example" },
    numbers: "12.50",
    notes: { text: "Two\nlines" },
    check: { checked: "true" },
    areas: { labels: ["Office", "Sales"] },
    text: "hub-7",
    connect_boards: { item_ids: [linked.id] },
  });
  const { cells } = await read(desk, item.id);
  expect(cells).toMatchObject({
    status: { text: "Done", value: '{"index":1,"post_id":null}', index: 1, is_done: true },
    date4: { text: "2026-12-01 09:30", value: '{"date":"2026-12-01","time":"09:30:00"}', date: "2026-12-01" }, // prettier-ignore
    person: { text: "Olivia Berg", persons_and_teams: [{ id: olivia, kind: "person" }] },
    email: { text: "Ann", value: '{"email":"a@b.example","text":"Ann"}', email: "a@b.example" },
    phone: { text: "+15551234567" },
    link: { text: "Example - https://example.com" },
    numbers: { text: "12.50", value: '"12.50"', number: 12.5 },
    notes: { text: "Two\nlines", value: '{"text":"Two\\nlines"}' },
    check: { text: "v", value: '{"checked":true}', checked: true },
    areas: { text: "Office, Sales", value: '{"ids":[3,1]}' },
    text: { text: "hub-7", value: '"hub-7"' },
    connect_boards: { text: null, value: null, linked_item_ids: [linked.id], display_value: linked.name }, // prettier-ignore
    mirror: { text: null, value: null, display_value: linked.column_values[0]?.text },
    last_updated: { updater: { email: "olivia@harbour-and-sons.example" } },
  });
});

test("each type is cleared in its way, and what is empty reads as an empty text", async () => {
  await using desk = await monday({ seed: 2 });
  const values = { status: { index: 1 }, date4: "2026-12-01", numbers: 3, check: { checked: true }, areas: { ids: [1] }, text: "x", email: { email: "a@b.example", text: "a" } }; // prettier-ignore
  const { item } = await create(desk, values);
  const clearing = { status: { index: 5 }, date4: {}, numbers: "", check: { checked: "false" }, areas: { ids: [] }, text: "", email: null }; // prettier-ignore
  await desk.ask(CHANGE, { b: desk.board, i: item.id, v: JSON.stringify(clearing) });
  const { cells } = await read(desk, item.id);
  for (const id of Object.keys(clearing)) expect(cells[id], id).toMatchObject({ text: "", value: null }); // prettier-ignore
});

test.each([
  [{ status: { label: "Nope" } }, "ColumnValueException", "color"],
  [{ status: { index: 9 } }, "ColumnValueException", "color"],
  [{ date4: { date: "01.12.2026" } }, "ColumnValueException", "date"],
  [{ date4: { date: "2026-02-30" } }, "ColumnValueException", "date"],
  [{ numbers: "twelve" }, "ColumnValueException", "numeric"],
  [{ email: { email: "no address", text: "x" } }, "ColumnValueException", "email"],
  [{ phone: { phone: "+15551234567" } }, "ColumnValueException", "phone"],
  [{ phone: { phone: "call me", countryShortName: "US" } }, "ColumnValueException", "phone"],
  [{ link: { url: "example" } }, "ColumnValueException", "link"],
  [{ person: { personsAndTeams: [{ id: 1, kind: "person" }] } }, "ColumnValueException", "multiple-person"], // prettier-ignore
  [{ areas: { labels: ["office"] } }, "ColumnValueException", "dropdown"],
  [{ check: { checked: "perhaps" } }, "ColumnValueException", "boolean"],
  [{ connect_boards: { item_ids: ["1"] } }, "ColumnValueException", "board-relation"],
  [{ notes: { text: "x".repeat(2001) } }, "ColumnValueException", "long-text"],
  [{ text: "x".repeat(66_000) }, "ColumnValueException", undefined],
  [{ mirror: "x" }, "ColumnValueException", "lookup"],
  [{ last_updated: "x" }, "ColumnValueException", "pulse-updated"],
  [{ nonsense: "x" }, "InvalidColumnIdException", undefined],
])("%j is refused, and nothing is kept", async (values, code, column_type) => {
  await using desk = await monday({ seed: 2 });
  const { status, errors, data, body } = await create(desk, { text: "fine", ...values });
  expect(status).toBe(200);
  expect(errors).toMatchObject([{ path: ["create_item"], extensions: { code, status_code: 200 } }]);
  expect(errors[0]?.extensions.error_data).toMatchObject(column_type === undefined ? {} : { column_type }); // prettier-ignore
  expect([data, body["account_id"]]).toEqual([{ create_item: null }, 12345678]);
  expect(desk.stats().creates).toBe(0);
});

test("labels are added only where that was asked for", async () => {
  await using desk = await monday({ seed: 2 });
  const values = JSON.stringify({ status: { label: "On hold" } });
  const { data } = await desk.ask(CREATE, { b: desk.board, n: "x", v: values, add: true });
  const { cells } = await read(desk, (data["create_item"] as Item).id);
  expect(cells["status"]).toMatchObject({ text: "On hold", index: 4 });
  expect((await create(desk, { status: { label: "On hold" } })).errors).toEqual([]);
});

test("several at once run in order, and one that fails leaves the others", async () => {
  await using desk = await monday({ seed: 1 });
  const { status, data, errors } = await desk.ask(
    `mutation($b: ID!, $v: JSON) {
      r0: create_item(board_id: $b, item_name: "First") { id name }
      r1: create_item(board_id: $b, item_name: "Second", column_values: $v) { id }
      r2: create_item(board_id: $b, item_name: "") { id }
      r3: create_item(board_id: $b, item_name: "Last") { name }
    }`,
    { b: desk.board, v: '{"status":{"label":"Nope"}}' },
  );
  expect(status).toBe(200);
  expect(data).toMatchObject({ r0: { name: "First" }, r1: null, r2: null, r3: { name: "Last" } });
  expect(errors.map(({ path, extensions }) => [path, extensions.code])).toEqual([
    [["r1"], "ColumnValueException"],
    [["r2"], "ItemNameTooLongException"],
  ]);
  expect(desk.stats().creates).toBe(2);
});

test("an item is renamed as if its name were a column, moved, archived and deleted", async () => {
  await using desk = await monday({ seed: 1 });
  const { item } = await create(desk, {});
  const renamed = await desk.ask(CHANGE, { b: desk.board, i: item.id, v: '{"name":"Renamed"}' });
  expect(renamed.data["change_multiple_column_values"]).toMatchObject({ name: "Renamed" });
  await desk.ask('mutation($i: ID) { move_item_to_group(item_id: $i, group_id: "group_later") { group { id } } }', { i: item.id }); // prettier-ignore
  const listed = async () => {
    const { data } = await desk.ask("query($b: [ID!]) { boards(ids: $b) { items_page(limit: 500) { items { id } } } }", { b: [desk.board] }); // prettier-ignore
    const [board] = data["boards"] as { items_page: { items: Item[] } }[];
    return board?.items_page.items.some(({ id }) => id === item.id);
  };
  expect(await listed()).toBe(true);
  await desk.ask("mutation($i: ID) { archive_item(item_id: $i) { state } }", { i: item.id });
  expect([await listed(), (await read(desk, item.id)).item?.state]).toEqual([false, "archived"]);
  await desk.ask("mutation($i: ID) { delete_item(item_id: $i) { id } }", { i: item.id });
  expect((await read(desk, item.id)).item?.state).toBe("deleted");
  const again = await desk.ask("mutation($i: ID) { delete_item(item_id: $i) { id } }", { i: item.id }); // prettier-ignore
  expect(again.errors[0]?.extensions.code).toBe("ResourceNotFoundException");
  const active = await desk.ask("query($i: [ID!]) { items(ids: $i, exclude_nonactive: true) { id } }", { i: [item.id] }); // prettier-ignore
  expect(active.data["items"]).toEqual([]);
});

test("column values are JSON in a text, on the board that was named, and only so many items fit", async () => {
  await using desk = await monday({ seed: 1 });
  const { item } = await create(desk, {});
  const code = async (query: string, variables: object) =>
    (await desk.ask(query, { ...variables })).errors[0]?.extensions.code;
  expect(await code(CHANGE, { b: desk.board, i: item.id, v: { text: "x" } })).toBe("JsonParseException"); // prettier-ignore
  expect(await code(CHANGE, { b: desk.board, i: item.id, v: "{text}" })).toBe("JsonParseException");
  expect(await code(CHANGE, { b: desk.settings["customers_board_id"], i: item.id, v: "{}" })).toBe("ResourceNotFoundException"); // prettier-ignore
  expect(await code(CHANGE, { b: "1", i: item.id, v: "{}" })).toBe("InvalidBoardIdException");
  const simple = 'mutation($b: ID!, $i: ID) { change_simple_column_value(board_id: $b, item_id: $i, column_id: "text", value: "x") { id } }'; // prettier-ignore
  expect(await code(simple, { b: desk.board, i: item.id })).toBeUndefined();
  expect((await read(desk, item.id)).cells["text"]?.text).toBe("x");
  await desk.control("/_config", { items_per_board: 6 });
  expect(await code(CREATE, { b: desk.board, n: "One too many" })).toBe("ItemsLimitationException");
});
