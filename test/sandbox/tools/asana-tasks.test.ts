import { expect, test } from "vitest";
import { asana } from "./asana-call.ts";

test("a task is created, read, changed in part, deleted", async () => {
  await using desk = await asana({ seed: 2 });
  const made = await desk.post("/tasks", {
    name: "Onboard Acme",
    notes: "Bring cake.",
    due_on: "2026-12-01",
    assignee: "me",
    projects: [desk.project],
  });
  expect(made.status).toBe(201);
  expect(made.one).toMatchObject({
    resource_type: "task",
    name: "Onboard Acme",
    completed: false,
    due_on: "2026-12-01",
    due_at: null,
    assignee: { name: "Olivia Berg" },
    projects: [{ gid: desk.project, resource_type: "project" }],
    memberships: [{ project: { gid: desk.project }, section: { name: "Untitled section" } }],
  });
  expect(made.one).not.toHaveProperty("num_subtasks");
  const path = `/tasks/${made.one.gid}`;
  expect(Number(made.one.gid)).toBeGreaterThan(Number.MAX_SAFE_INTEGER);

  const changed = await desk.put(path, { completed: true });
  expect(changed.one).toMatchObject({ name: "Onboard Acme", completed: true });
  expect(changed.one["completed_at"]).not.toBeNull();
  expect(String(changed.one["modified_at"]) > String(made.one["modified_at"])).toBe(true);

  const gone = await desk.send("DELETE", path);
  expect(gone).toMatchObject({ status: 200, body: { data: {} } });
  const after = await desk.get(path);
  expect(after).toMatchObject({ status: 404, body: { errors: [{ message: `task: Not a recognized ID: ${made.one.gid}` }] } }); // prettier-ignore
  expect(desk.stats()).toMatchObject({ creates: 1, updates: 1, archived: 1 });
});

test.each([
  ["no place for it", { name: "x" }, "workspace: Missing input"],
  [
    "both kinds of due",
    { due_on: "2026-12-01", due_at: "2026-12-01T10:00:00Z" },
    "due_at: Cannot be set together with due_on",
  ],
  ["a day that is none", { due_on: "2026-02-30" }, "due_on: Not a valid date: 2026-02-30"],
  [
    "a start alone",
    { start_on: "2026-02-03" },
    "start_on: due_on or due_at must be present in the request",
  ],
  [
    "a field that is only read",
    { modified_at: "2026-01-01" },
    "modified_at: Unknown or read-only field",
  ],
  ["a name that is no text", { name: 5 }, "name: Not a string: 5"],
  [
    "an assignee nobody knows",
    { assignee: "who@example.com" },
    "assignee: Not a recognized ID: who@example.com",
  ],
  [
    "external data with a personal token",
    { external: { gid: "x" } },
    "external: External data can only be set by an app that uses OAuth",
  ],
])("%s is refused", async (_, values, message) => {
  // prettier-ignore
  await using desk = await asana({ seed: 1 });
  const home = "name" in values && values.name === "x" ? {} : { workspace: desk.workspace };
  const refused = await desk.post("/tasks", { ...home, ...values });
  expect(refused).toMatchObject({ status: 400, body: { errors: [{ message }] } });
  expect(desk.stats().creates).toBe(0);
});

test("a time has its day, and a day clears the time", async () => {
  await using desk = await asana({ seed: 1 });
  const { one } = await desk.post("/tasks", {
    name: "Ring",
    workspace: desk.workspace,
    due_at: "2026-11-30T23:30:00+02:00",
  });
  expect(one).toMatchObject({ due_at: "2026-11-30T21:30:00.000Z", due_on: "2026-11-30" });
  const after = await desk.put(`/tasks/${one.gid}`, { due_on: "2026-12-02" });
  expect(after.one).toMatchObject({ due_at: null, due_on: "2026-12-02" });
});

test("what is create-only is refused later; projects are added and removed instead", async () => {
  await using desk = await asana({ seed: 3 });
  const [first = "", second = ""] = (await desk.get("/projects?limit=3")).page.data.map(({ gid }) => gid); // prettier-ignore
  const { one } = await desk.post("/tasks", { name: "Shared", projects: [first] });
  const path = `/tasks/${one.gid}`;
  for (const field of ["projects", "tags", "followers"]) {
    const refused = await desk.put(path, { [field]: [second] });
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ message: `${field}: Can only be set when the task is created` }] } }); // prettier-ignore
  }

  expect((await desk.post(`${path}/addProject`, { project: second })).body).toEqual({ data: {} });
  const inBoth = async () =>
    Promise.all(
      [first, second].map(async (project) =>
        (await desk.get(`/tasks?project=${project}`)).page.data.some(({ gid }) => gid === one.gid),
      ),
    );
  expect(await inBoth()).toEqual([true, true]);
  await desk.post(`${path}/removeProject`, { project: first });
  expect(await inBoth()).toEqual([false, true]);
  expect((await desk.post(`${path}/removeProject`, { project: first })).status).toBe(400);
});

test("a subtask is not among its project's tasks", async () => {
  await using desk = await asana({ seed: 1 });
  const { one: above } = await desk.post("/tasks", { name: "All", projects: [desk.project] });
  const { one } = await desk.post("/tasks", { name: "A part", parent: above.gid });
  const listed = (await desk.get(`/tasks?project=${desk.project}`)).page.data;
  expect(listed.map(({ name }) => name)).toContain("All");
  expect(listed.map(({ name }) => name)).not.toContain("A part");
  const under = await desk.get(`/tasks/${above.gid}/subtasks`);
  expect(under.page.data).toEqual([{ gid: one.gid, name: "A part", resource_type: "task", resource_subtype: "default_task" }]); // prettier-ignore
  const counted = await desk.get(`/tasks/${above.gid}?opt_fields=num_subtasks`);
  expect(counted.one).toEqual({ gid: above.gid, num_subtasks: 1 });
});

test("custom fields are read as objects and written as option gids", async () => {
  await using desk = await asana({ seed: 1 });
  const settings = await desk.get(`/projects/${desk.project}/custom_field_settings?opt_fields=custom_field.name,custom_field.enum_options.name`); // prettier-ignore
  type Field = { gid: string; name: string; enum_options?: { gid: string; name: string }[] };
  const fields = settings.page.data.map((each) => each["custom_field"] as Field);
  const field = (name: string) => fields.find((each) => each.name === name) as Field;
  const option = (of: string, name: string) =>
    field(of).enum_options?.find((each) => each.name === name)?.gid ?? "";
  const [progress, hours, areas] = ["Progress", "Estimated hours", "Areas"].map((name) => field(name).gid) as [string, string, string]; // prettier-ignore

  const { one } = await desk.post("/tasks", {
    name: "Fields",
    projects: [desk.project],
    custom_fields: {
      [progress]: option("Progress", "In progress"),
      [hours]: 2.55,
      [areas]: [option("Areas", "Sales"), option("Areas", "Office")],
    },
  });
  const shown = await desk.get(`/tasks/${one.gid}?opt_fields=custom_fields.gid,custom_fields.name,custom_fields.display_value`); // prettier-ignore
  const values = shown.one["custom_fields"] as { name: string; display_value: string | null }[];
  expect(Object.fromEntries(values.map((each) => [each.name, each.display_value]))).toMatchObject({
    Progress: "In progress",
    "Estimated hours": "2.5",
    Areas: "Sales, Office",
    "Hub id": null,
  });
  expect(one["custom_fields"]).toContainEqual(expect.objectContaining({ gid: hours, number_value: 2.5 })); // prettier-ignore

  const byName = await desk.put(`/tasks/${one.gid}`, { custom_fields: { [progress]: "Waiting" } });
  expect(byName.status).toBe(400);
  const off = await desk.put(`/tasks/${one.gid}`, { custom_fields: { [option("Progress", "Waiting")]: "x" } }); // prettier-ignore
  expect(off.body).toMatchObject({ errors: [{ message: expect.stringContaining("is not on given object") as string }] }); // prettier-ignore
  const cleared = await desk.put(`/tasks/${one.gid}`, { custom_fields: { [progress]: null } });
  expect(cleared.one["custom_fields"]).toContainEqual(expect.objectContaining({ gid: progress, enum_value: null, display_value: null })); // prettier-ignore
});
