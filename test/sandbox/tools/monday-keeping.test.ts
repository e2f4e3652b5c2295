import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { monday } from "./monday-call.ts";
import { renew } from "./signing-in.ts";

test("everything is found again after a restart", async () => {
  const folder = await mkdtemp(join(tmpdir(), "tieline-monday-"));
  const create = 'mutation($b: ID!) { create_item(board_id: $b, item_name: "Kept", column_values: "{\\"text\\":\\"x\\"}") { id } }'; // prettier-ignore
  const key = { "idempotency-key": "k1" };
  try {
    const before = await (async () => {
      await using desk = await monday({ folder, seed: 3 });
      const { body, data } = await desk.ask(create, { b: desk.board }, key);
      return { body, board: desk.board, id: (data["create_item"] as { id: string }).id, refresh: desk.oauth?.refresh_token ?? "" }; // prettier-ignore
    })();
    await using desk = await monday({ folder, seed: 3 });
    expect(desk.board).toBe(before.board);
    const { data } = await desk.ask('query($i: [ID!]) { items(ids: $i) { name column_values(ids: ["text"]) { text } } }', { i: [before.id] }); // prettier-ignore
    expect(data["items"]).toEqual([{ name: "Kept", column_values: [{ text: "x" }] }]);
    expect((await desk.ask(create, { b: desk.board }, key)).body).toEqual(before.body);
    expect((await renew(desk, "json", before.refresh)).status).toBe(200);
    const next = (await desk.ask(create, { b: desk.board })).data["create_item"] as { id: string };
    expect(Number(next.id)).toBe(Number(before.id) + 1);
    expect(desk.stats()).toMatchObject({
      creates: 1,
      objects: { boards: 10, items: 43, users: 5 },
    });
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("an account begins with boards and items, some of them odd unless asked for clean ones", async () => {
  await using odd = await monday({ flaws: true });
  await using clean = await monday();
  expect(clean.stats()).toMatchObject({ objects: { boards: 39, items: 360 }, creates: 0, updates: 0, archived: 0 }); // prettier-ignore
  expect(odd.stats().objects["boards"]).toBe(41);
  const statuses = async (desk: typeof odd) => {
    const { data } = await desk.ask('query($b: [ID!]) { boards(ids: $b) { items_page(limit: 500) { items { column_values(ids: ["status"]) { text } } } } }', { b: [desk.board] }); // prettier-ignore
    const [board] = data["boards"] as { items_page: { items: { column_values: { text: string }[] }[] } }[]; // prettier-ignore
    return board?.items_page.items.map(({ column_values }) => column_values[0]?.text) ?? [];
  };
  expect(await statuses(clean)).not.toContain("");
  expect(await statuses(odd)).toContain("");
  expect(await clean.control("/_seed", { items: 3 })).toEqual({ records: 63 });
  expect(await clean.control("/_seed", { boards: 2 })).toEqual({ records: 49 });
});

test("an empty account has its own boards, with nothing on them, and none of a project", async () => {
  await using desk = await monday({ seed: 0 });
  const query = "query($w: [ID]) { boards(workspace_ids: $w) { id items_count } }";
  const boards = async (w: unknown) => (await desk.ask(query, { w: [w] })).data["boards"];
  expect(await boards(desk.settings["workspace_id"])).toEqual([]);
  const own = (await boards(null)) as { id: string; items_count: number }[];
  expect(own.map(({ id }) => id)).toContain(desk.board);
  expect(own.map(({ items_count }) => items_count)).toEqual([0, 0, 0, 0, 0, 0, 0]);
});

test("people see the account and correct an item; wrong values are told in monday's words", async () => {
  await using desk = await monday({ seed: 2 });
  const { data } = await desk.ask("query($b: [ID!]) { boards(ids: $b) { items_page(limit: 1) { items { id } } } }", { b: [desk.board] }); // prettier-ignore
  const [board] = data["boards"] as { items_page: { items: { id: string }[] } }[];
  const id = board?.items_page.items[0]?.id ?? "";
  const shown = async (path: string) => (await fetch(desk.base_url + path)).text();
  expect(await shown("/")).toContain("9 of 9 boards");
  expect(await shown(`/_objects/items?q=${id}`)).toContain("Olivia Berg");
  expect(await shown("/_objects/users")).toContain("inactive");
  const save = (values: Record<string, string>) =>
    fetch(`${desk.base_url}/_record/items/${id}`, {
      method: "POST",
      body: new URLSearchParams(values),
      redirect: "manual",
    });
  expect((await save({ name: "Corrected", status: "Stuck", date4: "" })).status).toBe(303);
  const after = await desk.ask('query($i: [ID!]) { items(ids: $i) { name column_values(ids: ["status", "date4"]) { text } } }', { i: [id] }); // prettier-ignore
  expect(after.data["items"]).toEqual([{ name: "Corrected", column_values: [{ text: "Stuck" }, { text: "" }] }]); // prettier-ignore
  const refused = await save({ status: "Nope" });
  expect(refused.status).toBe(400);
  expect(await refused.text()).toContain("label does not exist in column");
});

test("a fault speaks as monday does", async () => {
  await using desk = await monday({ seed: 1 });
  await desk.control("/_config", { faults: [{ kind: "server_error" }, { kind: "too_many_requests", retry_after: 3 }, { kind: "expired_token" }] }); // prettier-ignore
  const ask = () => desk.ask("{ me { id } }");
  expect(await ask()).toMatchObject({ status: 500, errors: [{ extensions: { code: "INTERNAL_SERVER_ERROR" } }] }); // prettier-ignore
  const limited = await ask();
  expect([limited.status, limited.headers.get("retry-after"), limited.errors[0]?.extensions.retry_in_seconds]).toEqual([429, "3", 3]); // prettier-ignore
  expect((await ask()).body).toEqual({ errors: ["Not Authenticated"] });
});
