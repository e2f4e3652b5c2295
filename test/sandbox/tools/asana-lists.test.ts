import { expect, test } from "vitest";
import { asana } from "./asana-call.ts";

test("a list is compact unless more is asked for, and then shows just that", async () => {
  await using desk = await asana({ seed: 3 });
  const { page } = await desk.get("/projects?limit=1");
  expect(Object.keys(page.data[0] ?? {}).sort()).toEqual(["gid", "name", "resource_type"]);
  const more = await desk.get(`/tasks?project=${desk.project}&limit=1&opt_fields=name,assignee,assignee.email,projects,no_such_field`); // prettier-ignore
  expect(more.page.data[0]).toEqual({
    gid: expect.any(String) as string,
    name: expect.any(String) as string,
    assignee: { gid: expect.any(String) as string, email: "olivia@harbour-and-sons.example" },
    projects: [{ gid: desk.project, resource_type: "project" }],
  });
});

test("pages follow an offset; without a limit there is no next page to follow", async () => {
  await using desk = await asana({ seed: 5 });
  const whole = await desk.get(`/projects?workspace=${desk.workspace}`);
  expect(whole.page.data).toHaveLength(5);
  expect(whole.body).not.toHaveProperty("next_page");

  const gids: string[] = [];
  let path = `/projects?workspace=${desk.workspace}&limit=2`;
  for (;;) {
    const { page } = await desk.get(path);
    gids.push(...page.data.map(({ gid }) => gid));
    if (page.next_page == null) break;
    path = page.next_page.path;
  }
  expect(gids).toEqual(whole.page.data.map(({ gid }) => gid));
  for (const limit of ["0", "101", "x"])
    expect((await desk.get(`/projects?limit=${limit}`)).status).toBe(400);
});

test("an offset belongs to its question, and ends", async () => {
  await using desk = await asana({ seed: 5 });
  const { page } = await desk.get("/projects?limit=2");
  const offset = String(page.next_page?.offset);
  const other = await desk.get(`/projects?limit=2&archived=false&offset=${offset}`);
  expect(other).toMatchObject({ status: 400, body: { errors: [{ message: "offset: Your pagination token is invalid." }] } }); // prettier-ignore
  await desk.control("/_config", { cursor_ms: 0 });
  const fresh = String((await desk.get("/projects?limit=2")).page.next_page?.offset);
  const late = await desk.get(`/projects?limit=2&offset=${fresh}`);
  expect(late.body).toMatchObject({ errors: [{ message: "offset: Your pagination token has expired." }] }); // prettier-ignore
});

test("nothing is skipped when what was read last is gone", async () => {
  await using desk = await asana({ seed: 6 });
  const first = (await desk.get("/projects?limit=3")).page;
  await desk.send("DELETE", `/projects/${String(first.data[2]?.gid)}`);
  const rest = await desk.get(first.next_page?.path ?? "");
  expect(rest.page.data).toHaveLength(3);
});

test("tasks are read by project and by when they changed", async () => {
  await using desk = await asana({ seed: 1 });
  const before = new Date().toISOString();
  const { one } = await desk.post("/tasks", { name: "New", projects: [desk.project] });
  const changed = await desk.get(`/tasks?project=${desk.project}&modified_since=${before}`);
  expect(changed.page.data.map(({ gid }) => gid)).toEqual([one.gid]);

  const all = await desk.get(`/tasks?project=${desk.project}&opt_fields=completed`);
  const open = await desk.get(`/projects/${desk.project}/tasks?completed_since=now&opt_fields=completed`); // prettier-ignore
  expect(open.page.data).toEqual(all.page.data.filter(({ completed }) => completed === false));
  expect(all.page.data.length).toBeGreaterThan(open.page.data.length);

  expect((await desk.get(`/projects/${desk.project}/tasks?modified_since=${before}`)).status).toBe(400); // prettier-ignore
  expect((await desk.get(`/tasks?modified_since=${before}`)).status).toBe(400);
  expect((await desk.get(`/tasks?workspace=${desk.workspace}`)).status).toBe(400);
  const mine = await desk.get(`/tasks?workspace=${desk.workspace}&assignee=me`);
  expect(mine.page.data.length).toBeGreaterThan(0);
});

test("more than a thousand have to be paged", async () => {
  await using desk = await asana({ seed: 1 });
  await desk.control("/_seed", { projects: 1000 });
  expect(await desk.get("/projects")).toMatchObject({
    status: 400,
    body: { errors: [{ message: expect.stringContaining("You should use pagination") as string }] },
  });
  expect((await desk.get("/projects?limit=100")).page.data).toHaveLength(100);
});

test("projects are created, changed, archived and deleted", async () => {
  await using desk = await asana({ seed: 1 });
  expect((await desk.post("/projects", { name: "x" })).body).toMatchObject({ errors: [{ message: "workspace: Missing input" }] }); // prettier-ignore
  const { one, status } = await desk.post("/projects", {
    name: "Acme rollout",
    workspace: desk.workspace,
    notes: "In spring",
    due_on: "2027-03-01",
    owner: "me",
  });
  expect(status).toBe(201);
  expect(one).toMatchObject({ name: "Acme rollout", archived: false, due_on: "2027-03-01", due_date: "2027-03-01", owner: { name: "Olivia Berg" } }); // prettier-ignore
  const path = `/projects/${one.gid}`;
  await desk.put(path, { archived: true, start_on: "2027-01-01", due_on: "2027-02-01" });
  const living = async (archived: string) =>
    (await desk.get(`/projects?archived=${archived}`)).page.data.some(({ gid }) => gid === one.gid);
  expect([await living("true"), await living("false")]).toEqual([true, false]);
  expect((await desk.put(path, { start_on: "2027-01-01" })).status).toBe(400);
  expect((await desk.put(path, { workspace: desk.workspace })).status).toBe(400);
  expect((await desk.send("DELETE", path)).body).toEqual({ data: {} });
  expect((await desk.get(path)).status).toBe(404);
});

test("the workspace tells its people, teams, sections and fields", async () => {
  await using desk = await asana({ seed: 1 });
  expect((await desk.get("/users/me")).one).toMatchObject({ email: "olivia@harbour-and-sons.example", workspaces: [{ gid: desk.workspace }] }); // prettier-ignore
  expect((await desk.get("/users/mina@okabe-design.example")).one).toMatchObject({ name: "Mina Okabe" }); // prettier-ignore
  expect((await desk.get("/workspaces")).page.data).toMatchObject([{ name: "Harbour & Sons" }]);
  const people = await desk.get(`/workspaces/${desk.workspace}/users?opt_fields=email`);
  expect(people.page.data).toHaveLength(5);
  expect((await desk.get(`/workspaces/${desk.workspace}/teams`)).page.data).toHaveLength(1);
  expect((await desk.get(`/workspaces/${desk.workspace}/custom_fields?limit=100`)).page.data).toHaveLength(12); // prettier-ignore
  expect((await desk.get(`/projects/${desk.project}/sections`)).page.data).toHaveLength(1);
  expect((await desk.get("/workspaces/1/users")).status).toBe(404);
});
