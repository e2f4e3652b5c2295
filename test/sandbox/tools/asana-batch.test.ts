import { expect, test } from "vitest";
import { type Asana, asana } from "./asana-call.ts";

type Result = {
  status_code: number;
  headers: Record<string, string>;
  body: Record<string, unknown>;
};

const batch = async (desk: Asana, actions: unknown[]) => {
  const { status, body } = await desk.post("/batch", { actions });
  return { status, results: (body as { data: Result[] }).data };
};

test("each action has its own status, in the order of the actions", async () => {
  await using desk = await asana({ seed: 1 });
  const { status, results } = await batch(desk, [
    {
      method: "post",
      relative_path: "/tasks",
      data: { name: "One", projects: [desk.project] },
      options: { fields: ["gid", "modified_at"] },
    },
    { method: "put", relative_path: "/tasks/12", data: { completed: true } },
    { method: "post", relative_path: "/tasks", data: { name: "No home" } },
    {
      method: "get",
      relative_path: "/tasks",
      data: { project: desk.project },
      options: { limit: 1 },
    },
    { method: "get", relative_path: "/nonsense" },
  ]);
  expect(status).toBe(200);
  expect(results.map(({ status_code }) => status_code)).toEqual([201, 404, 400, 200, 404]);
  const made = results[0]?.body["data"] as { gid: string };
  expect(Object.keys(made).sort()).toEqual(["gid", "modified_at"]);
  expect(results[0]?.headers).toEqual({ location: `/tasks/${made.gid}` });
  expect(results[1]?.body).toMatchObject({
    errors: [{ message: "task: Not a recognized ID: 12" }],
  });
  expect(results[3]?.body).toHaveProperty("next_page.offset");
});

test("an action cannot lean on one before it", async () => {
  await using desk = await asana({ seed: 1 });
  const { one } = await desk.post("/tasks", { name: "First", projects: [desk.project] });
  const path = `/tasks/${one.gid}`;
  await batch(desk, [
    { method: "put", relative_path: path, data: { name: "Second" } },
    { method: "put", relative_path: path, data: { name: "Third" } },
  ]);
  expect((await desk.get(path)).one["name"]).toBe("Second");
});

test("ten actions are the most, a path takes no query, and batches do not nest", async () => {
  await using desk = await asana({ seed: 1 });
  const action = { method: "get", relative_path: "/users/me" };
  expect((await batch(desk, Array<unknown>(10).fill(action))).status).toBe(200);
  expect((await batch(desk, Array<unknown>(11).fill(action))).status).toBe(400);
  const { results } = await batch(desk, [
    { ...action, relative_path: "/users/me?opt_fields=name" },
    { ...action, relative_path: "/batch" },
    { ...action, method: "patch" },
  ]);
  expect(results.map(({ status_code }) => status_code)).toEqual([400, 400, 404]);
  expect((await batch(desk, [action, { ...action, method: "connect" }])).status).toBe(400);
});

test("a batch counts as many requests, and is refused as a whole", async () => {
  await using desk = await asana({ seed: 1, limits: true });
  const ten = Array<unknown>(10).fill({ method: "get", relative_path: "/users/me" });
  for (let n = 0; n < 15; n += 1) expect((await batch(desk, ten)).status).toBe(200);
  const made = { method: "post", relative_path: "/tasks", data: { name: "x", projects: [desk.project] } }; // prettier-ignore
  const refused = await desk.post("/batch", { actions: [made] });
  expect(refused).toMatchObject({ status: 429, body: { errors: [{ message: expect.stringContaining("hit a rate limit") as string }] } }); // prettier-ignore
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(50);
  expect(desk.stats()).toMatchObject({ limited: 1, creates: 0 });

  await desk.control("/_config", { plan: "paid" });
  expect((await batch(desk, ten)).status).toBe(200);
});

test("only a paying workspace may search, on an index that trails", async () => {
  await using desk = await asana({ seed: 4 });
  const search = (query: string) => desk.get(`/workspaces/${desk.workspace}/tasks/search?${query}`);
  expect((await search("text=quote")).status).toBe(402);
  await desk.control("/_config", { plan: "paid", search_lag_ms: 60_000 });
  const since = new Date().toISOString();
  const { one } = await desk.post("/tasks", { name: "Fresh", projects: [desk.project] });
  const sorted = `modified_at.after=${since}&sort_by=modified_at&sort_ascending=true`;
  expect((await search(sorted)).page.data).toEqual([]);
  await desk.control("/_config", { search_lag_ms: 0 });
  await desk.put(`/tasks/${one.gid}`, { notes: "Now found" });
  const found = await search(sorted);
  expect(found.page.data.map(({ gid }) => gid)).toEqual([one.gid]);
  expect(found.body).not.toHaveProperty("next_page");
  expect((await search("nonsense=1")).status).toBe(400);
});
