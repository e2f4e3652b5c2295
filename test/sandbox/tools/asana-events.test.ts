import { expect, test } from "vitest";
import { type Asana, asana } from "./asana-call.ts";

type Event = {
  action: string;
  resource: { gid: string; resource_type: string; name?: string };
  parent: { resource_type: string } | null;
  change?: { field: string; action: string };
  user: { gid: string; name: string };
};
type Changes = { data: Event[]; sync: string; has_more: boolean };

const read = async (desk: Asana, sync: string, resource = desk.project) => {
  const { status, body } = await desk.get(`/events?resource=${resource}&sync=${sync}`);
  return { status, ...(body as Changes) };
};

async function start(desk: Asana, resource = desk.project): Promise<string> {
  const { status, body } = await desk.get(`/events?resource=${resource}`);
  expect(status).toBe(412);
  return (body as Changes).sync;
}

const told = ({ action, resource, parent, change }: Event) =>
  [action, resource.resource_type, change?.field ?? parent?.resource_type].join(" ").trim();

test("without a token there is a 412 with the first one, and then what changed", async () => {
  await using desk = await asana({ seed: 2 });
  const sync = await start(desk);
  expect(await read(desk, sync)).toMatchObject({ status: 200, data: [], has_more: false });

  const { one } = await desk.post("/tasks", { name: "New", projects: [desk.project] });
  await desk.put(`/tasks/${one.gid}`, { name: "Newer", due_on: "2026-12-01" });
  await desk.send("DELETE", `/tasks/${one.gid}`);
  const changes = await read(desk, sync);
  expect(changes.data.map(told)).toEqual([
    "added task project",
    "added task section",
    "changed task name",
    "added story task",
    "changed task due_on",
    "added story task",
    "deleted task",
  ]);
  expect(changes.data[0]).toMatchObject({ user: { name: "Olivia Berg" }, resource: { gid: one.gid, name: "New" } }); // prettier-ignore
  expect(await read(desk, changes.sync)).toMatchObject({ data: [] });
  expect((await read(desk, sync)).data).toHaveLength(7);
});

test("a change made by somebody else carries their name, and other projects do not hear of it", async () => {
  await using desk = await asana({ seed: 2 });
  const [first, second] = (await desk.get("/projects?limit=2")).page.data.map(({ gid }) => gid);
  const tasks = (await desk.get(`/tasks?project=${String(first)}&limit=1`)).page.data;
  const [here, there] = [await start(desk, first), await start(desk, second)];
  const seen = { id: tasks[0]?.gid, object: "tasks", set: { completed: true, name: "Seen to" } };
  await desk.control("/_edit", seen);
  const changes = await read(desk, here, first);
  expect(changes.data.map(told)).toContain("changed task name");
  expect(changes.data[0]?.user.name).toBe("Ravi Menon");
  expect((await read(desk, there, second)).data).toEqual([]);
  await desk.control("/_edit", { ...seen, set: { deleted: true } });
  await desk.control("/_edit", { ...seen, set: { deleted: false } });
  expect((await read(desk, changes.sync, first)).data.map(told)).toEqual(["deleted task", "undeleted task"]); // prettier-ignore
});

test("a token gives a hundred events and says that there are more", async () => {
  await using desk = await asana({ seed: 1 });
  const sync = await start(desk);
  for (let n = 0; n < 60; n += 1) await desk.post("/tasks", { name: `${String(n)}.`, projects: [desk.project] }); // prettier-ignore
  const first = await read(desk, sync);
  expect([first.data.length, first.has_more]).toEqual([100, true]);
  const second = await read(desk, first.sync);
  expect([second.data.length, second.has_more]).toEqual([20, false]);
});

test("a token that is wrong, another's, or too old leads to a fresh one", async () => {
  await using desk = await asana({ seed: 2 });
  const other = (await desk.get("/projects?limit=2")).page.data[1]?.gid;
  expect((await read(desk, "0".repeat(32))).status).toBe(412);
  expect((await read(desk, await start(desk, other))).status).toBe(412);
  await desk.control("/_config", { sync_ms: 0 });
  const old = await start(desk);
  const { status, sync } = await read(desk, old);
  expect([status, sync.length]).toEqual([412, 32]);
  expect((await desk.get("/events?resource=1")).status).toBe(404);
  expect((await desk.get(`/workspaces/${desk.workspace}/events`)).status).toBe(403);
});

test("moving to another section and leaving a project are told by their parents", async () => {
  await using desk = await asana({ seed: 2 });
  const { one } = await desk.post("/tasks", { name: "Mover", projects: [desk.project] });
  const sync = await start(desk);
  await desk.post(`/tasks/${one.gid}/addProject`, { project: desk.project, insert_after: null });
  await desk.post(`/tasks/${one.gid}/removeProject`, { project: desk.project });
  expect((await read(desk, sync)).data.map(told)).toEqual(["removed task section", "added task section", "removed task project"]); // prettier-ignore
});
