import { expect, test } from "vitest";
import { type Monday, monday } from "./monday-call.ts";

type Board = {
  id: string;
  name: string;
  state: string;
  items_count: number;
  columns: { id: string; type: string; settings_str: string }[];
};

const BOARD = "id name state description type access_level items_count groups { id title } columns { id title type settings_str settings }"; // prettier-ignore

async function board(desk: Monday, id: string, state = "all"): Promise<Board | undefined> {
  const query = `query($b: [ID!], $s: State) { boards(ids: $b, state: $s) { ${BOARD} } }`;
  return ((await desk.ask(query, { b: [id], s: state })).data["boards"] as Board[])[0];
}

async function create(desk: Monday, values: string): Promise<Board> {
  const { data } = await desk.ask(`mutation { create_board(board_name: "Acme rollout", board_kind: public${values}) { ${BOARD} } }`); // prettier-ignore
  return data["create_board"] as Board;
}

test("boards are paged by number, the active ones unless asked for others", async () => {
  await using desk = await monday({ seed: 12 });
  const list = async (args: string) =>
    (await desk.ask(`{ boards(${args}) { id name state workspace { name } } }`)).data["boards"] as Board[]; // prettier-ignore
  expect(await list("limit: 100")).toHaveLength(17);
  expect(await list("limit: 100, state: archived")).toHaveLength(2);
  const [first, second, third] = await Promise.all([1, 2, 3].map((page) => list(`limit: 10, page: ${String(page)}, state: all`))); // prettier-ignore
  const ids = [...(first ?? []), ...(second ?? []), ...(third ?? [])].map(({ id }) => id);
  expect([ids.length, new Set(ids).size, third?.length]).toEqual([19, 19, 0]);
  expect(await list("limit: 100, workspace_ids: [null]")).toHaveLength(7);
});

test("a board is created with columns, and with items unless it is to be empty", async () => {
  await using desk = await monday({ seed: 1 });
  const full = await create(desk, "");
  expect(full).toMatchObject({ state: "active", items_count: 3, columns: [{ type: "name" }, { type: "people" }, { type: "status" }, { type: "date" }] }); // prettier-ignore
  const empty = await create(desk, ', empty: true, description: "In spring"');
  expect(empty).toMatchObject({ items_count: 0, description: "In spring" });
});

test("a board is renamed, described, archived and deleted", async () => {
  await using desk = await monday({ seed: 1 });
  const { id } = await create(desk, ", empty: true");
  const { data } = await desk.ask(`mutation {
    a: update_board(board_id: ${id}, board_attribute: name, new_value: "Renamed")
    b: update_board(board_id: ${id}, board_attribute: description, new_value: "Told")
  }`);
  expect(JSON.parse(String(data["a"]))).toMatchObject({ success: true });
  expect(await board(desk, id)).toMatchObject({ name: "Renamed", description: "Told" });
  await desk.ask(`mutation { archive_board(board_id: ${id}) { id state } }`);
  expect(await board(desk, id, "active")).toBeUndefined();
  expect(await board(desk, id)).toMatchObject({ state: "archived" });
  await desk.ask(`mutation { delete_board(board_id: ${id}) { id } }`);
  const gone = await desk.ask(`mutation { archive_board(board_id: ${id}) { id } }`);
  expect(gone.errors[0]?.extensions.code).toBe("InvalidBoardIdException");
});

test("columns and groups are added, and what they hold is told in both ways", async () => {
  await using desk = await monday({ seed: 1 });
  const { id } = await create(desk, ", empty: true");
  const column = async (values: string) =>
    await desk.ask(`mutation { create_column(board_id: ${id}, ${values}) { id type } }`);
  expect((await column('title: "Hub id", column_type: text, id: "hub_id"')).data["create_column"]).toEqual({ id: "hub_id", type: "text" }); // prettier-ignore
  const made = await column('title: "State", column_type: status, defaults: "{\\"labels\\":{\\"1\\":\\"Ready\\"}}"'); // prettier-ignore
  const { id: state } = made.data["create_column"] as { id: string };
  const found = (await board(desk, id))?.columns.find((each) => each.id === state);
  expect(JSON.parse(found?.settings_str ?? "{}")).toMatchObject({ labels: { "1": "Ready" } });
  expect((await column('title: "x", column_type: text, id: "hub_id"')).errors[0]?.extensions.code).toBe("InvalidArgumentException"); // prettier-ignore
  expect((await column('title: "x", column_type: button')).errors[0]?.extensions.code).toBe("InvalidArgumentException"); // prettier-ignore
  await desk.ask(`mutation { create_group(board_id: ${id}, group_name: "Soon") { id title } }`);
  expect(await board(desk, id)).toMatchObject({ groups: [{ title: "Soon" }, { id: "topics" }] });
});

test("each project's board has column ids of its own", async () => {
  await using desk = await monday({ seed: 3 });
  const { data } = await desk.ask("{ boards(limit: 2) { columns(types: [date]) { id } items_page { items { column_values { id type } } } } }"); // prettier-ignore
  const [one, other] = (data["boards"] as { columns: { id: string }[] }[]).map(({ columns }) => columns[0]?.id); // prettier-ignore
  expect(one).toMatch(/^date4_mk/);
  expect(one).not.toBe(other);
});

test("some boards may only be read, and some are documents", async () => {
  await using desk = await monday({ seed: 2, flaws: true });
  const { data } = await desk.ask("{ boards(limit: 50) { id name type access_level } }");
  const boards = data["boards"] as { id: string; name: string; type: string; access_level: string }[]; // prettier-ignore
  expect(boards.find(({ type }) => type === "document")?.name).toBe("Meeting notes");
  const locked = boards.find(({ access_level }) => access_level === "view");
  const refused = await desk.ask(`mutation { create_item(board_id: ${String(locked?.id)}, item_name: "x") { id } }`); // prettier-ignore
  expect(refused.status).toBe(200);
  expect(refused.errors[0]?.extensions).toMatchObject({ code: "UserUnauthorizedException", status_code: 403 }); // prettier-ignore
});
