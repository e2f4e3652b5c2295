import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { asana } from "./asana-call.ts";
import { renew } from "./signing-in.ts";

test("everything is found again after a restart", async () => {
  const folder = await mkdtemp(join(tmpdir(), "tieline-asana-"));
  try {
    const before = await (async () => {
      await using desk = await asana({ folder, seed: 3 });
      const sync = (await desk.get(`/events?resource=${desk.project}`)).body as { sync: string };
      const { one } = await desk.post("/tasks", { name: "Kept", projects: [desk.project] });
      await desk.put(`/projects/${desk.project}`, { name: "Renamed" });
      return { gid: one.gid, sync: sync.sync, refresh: desk.oauth?.refresh_token ?? "" };
    })();
    await using desk = await asana({ folder, seed: 3 });
    expect((await desk.get(`/tasks/${before.gid}`)).one).toMatchObject({ name: "Kept", projects: [{ name: "Renamed" }] }); // prettier-ignore
    const { data } = (await desk.get(`/events?resource=${desk.project}&sync=${before.sync}`)).page;
    expect(data).toHaveLength(3);
    expect((await renew(desk, "form", before.refresh)).status).toBe(200);
    const next = await desk.post("/tasks", { name: "Next", projects: [desk.project] });
    expect(BigInt(next.one.gid)).toBeGreaterThan(BigInt(before.gid));
    expect(desk.stats()).toMatchObject({
      creates: 1,
      objects: { projects: 3, tasks: 7, users: 5 },
    });
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("a workspace begins with projects and tasks, some of them odd unless asked for clean ones", async () => {
  await using odd = await asana({ flaws: true });
  await using clean = await asana();
  expect(clean.stats()).toMatchObject({ objects: { projects: 40, tasks: 60, users: 5 }, creates: 0, updates: 0 }); // prettier-ignore
  const names = async (desk: typeof odd) =>
    (await desk.get(`/workspaces/${desk.workspace}/projects?limit=100`)).page.data.map(({ name }) => name); // prettier-ignore
  expect(await names(odd)).toEqual(await names(clean));
  expect(new Set(await names(clean)).size).toBe(40);
  expect(odd.stats().objects["tasks"]).toBe(61);
  const projects = (await odd.get("/projects?limit=2")).page.data.map(({ gid }) => gid);
  const [first, second] = await Promise.all(
    projects.map(async (gid) => (await odd.get(`/tasks?project=${gid}`)).page.data),
  );
  expect(second?.some(({ gid }) => first?.some((each) => each.gid === gid))).toBe(true);
});

test("an empty workspace has a place for tasks, and no active project", async () => {
  await using desk = await asana({ seed: 0 });
  expect((await desk.get("/projects?archived=false")).page.data).toEqual([]);
  expect((await desk.post("/tasks", { name: "x", projects: [desk.project] })).status).toBe(201);
  expect((await desk.get(`/tasks?project=${desk.project}`)).page.data).toHaveLength(1);
});

test("people see the workspace and correct a task; wrong values are told in Asana's words", async () => {
  await using desk = await asana({ seed: 2 });
  const [task] = (await desk.get(`/tasks?project=${desk.project}`)).page.data;
  const shown = async (path: string) => (await fetch(desk.base_url + path)).text();
  expect(await shown("/")).toContain("2 of 2 projects");
  expect(await shown("/_objects/tasks?q=olivia")).toContain("Olivia Berg");
  expect(await shown("/_objects/users")).toContain("mina@okabe-design.example");
  const save = (values: Record<string, string>) =>
    fetch(`${desk.base_url}/_record/tasks/${String(task?.gid)}`, {
      method: "POST",
      body: new URLSearchParams(values),
      redirect: "manual",
    });
  expect((await save({ name: "Corrected", due_on: "" })).status).toBe(303);
  expect((await desk.get(`/tasks/${String(task?.gid)}`)).one).toMatchObject({ name: "Corrected", due_on: null }); // prettier-ignore
  const refused = await save({ due_on: "soon" });
  expect(refused.status).toBe(400);
  expect(await refused.text()).toContain("due_on: Not a valid date: soon");
});

test("a fault speaks as Asana does", async () => {
  await using desk = await asana({ seed: 1 });
  await desk.control("/_config", { faults: [{ kind: "server_error" }, { kind: "too_many_requests", retry_after: 3 }] }); // prettier-ignore
  expect(await desk.get("/users/me")).toMatchObject({ status: 500, body: { errors: [{ phrase: "6 sad squid snuggle softly" }] } }); // prettier-ignore
  const limited = await desk.get("/users/me");
  expect([limited.status, limited.headers.get("retry-after")]).toEqual([429, "3"]);
  expect((await desk.get("/nonsense")).status).toBe(404);
  expect((await desk.send("POST", "/tasks")).status).toBe(400);
});
