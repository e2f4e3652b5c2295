import { expect, test } from "vitest";
import { type Asana, asana } from "./asana-call.ts";
import { renew, signIn } from "./signing-in.ts";

const LEAST =
  "projects:read projects:write tasks:read tasks:write users:read workspaces:read custom_fields:read webhooks:read webhooks:write webhooks:delete";

async function app(desk: Asana, scope?: string): Promise<Asana> {
  const { redeem } = await signIn(desk, { body: "form", ...(scope !== undefined && { scope }) });
  return desk.as((await redeem()).body.access_token);
}

test("an app signs in by code and verifier, and keeps one refresh token", async () => {
  await using desk = await asana({ seed: 1 });
  const { state, redeem } = await signIn(desk, { body: "form", scope: LEAST });
  expect(state).toBe("s<1>");
  expect((await redeem({ code_verifier: "wrong" })).status).toBe(400);

  const again = await signIn(desk, { body: "form", scope: LEAST });
  const { body } = await again.redeem();
  expect(body).toMatchObject({ token_type: "bearer", expires_in: 3600, data: { name: "Olivia Berg", email: "olivia@harbour-and-sons.example" } }); // prettier-ignore
  expect((await again.redeem()).status).toBe(400);
  expect((await desk.as(body.access_token).get("/users/me")).status).toBe(200);

  for (let n = 0; n < 2; n += 1) {
    const renewed = await renew(desk, "form", body.refresh_token);
    expect(renewed.status).toBe(200);
    expect(renewed.body).not.toHaveProperty("refresh_token");
    expect((await desk.as(renewed.body.access_token).get("/users/me")).status).toBe(200);
  }
});

test("an unknown scope is not asked for, and no token is nobody", async () => {
  await using desk = await asana({ seed: 1 });
  expect((await signIn(desk, { body: "form", scope: "tasks:read tasks:eat" })).consent).toBe(400);
  const nobody = await desk.as("2/1/1:wrong").get("/users/me");
  expect(nobody).toMatchObject({ status: 401, body: { errors: [{ message: "Not Authorized" }] } });
});

test("a token does what its scopes say, and writing is not reading", async () => {
  await using desk = await asana({ seed: 1 });
  const writer = await app(desk, "tasks:write");
  expect((await writer.get(`/tasks?project=${desk.project}`)).status).toBe(403);
  const { one, status } = await writer.post("/tasks", { name: "x", projects: [desk.project] });
  expect(status).toBe(201);
  expect(one["projects"]).toEqual([{ gid: desk.project, resource_type: "project" }]);
  const refused = await writer.send("DELETE", `/tasks/${one.gid}`);
  expect(refused).toMatchObject({ status: 403, body: { errors: [{ message: expect.stringContaining("tasks:delete") as string }] } }); // prettier-ignore
  expect((await (await app(desk)).send("DELETE", `/tasks/${one.gid}`)).status).toBe(200);
});

test("what stands within needs the scope of its own kind", async () => {
  await using desk = await asana({ seed: 1 });
  const reader = await app(desk, "tasks:read");
  const ask = async (fields: string) =>
    (await reader.get(`/tasks?project=${desk.project}&opt_fields=${fields}`)).status;
  expect(await ask("name,due_on,assignee,assignee.gid")).toBe(200);
  expect(await ask("assignee.email")).toBe(403);
  expect(await ask("projects.name")).toBe(403);
  expect(await ask("custom_fields")).toBe(403);
  expect(await ask("memberships.section.name")).toBe(403);
  const least = await app(desk, LEAST);
  const rich = `/tasks?project=${desk.project}&opt_fields=name,assignee.email,custom_fields.display_value,projects.name`; // prettier-ignore
  expect((await least.get(rich)).status).toBe(200);
});

test("an access token ends, and removing the app ends everything", async () => {
  await using desk = await asana({ seed: 1 });
  const kept = desk.oauth?.refresh_token ?? "";
  await desk.control("/_config", { access_token_ms: 0 });
  const short = await renew(desk, "form", kept);
  const late = await desk.as(short.body.access_token).get("/users/me");
  expect(late).toMatchObject({ status: 401, body: { errors: [{ message: expect.stringContaining("The bearer token has expired.") as string }] } }); // prettier-ignore
  await desk.control("/_config", { revoke: true });
  expect((await renew(desk, "form", kept)).body).toMatchObject({ error: "invalid_grant" });
  expect((await desk.get("/users/me")).status).toBe(401);
});

test("an app finds its tasks by its own names for them; a personal token does not", async () => {
  await using desk = await asana({ seed: 1 });
  const ours = await app(desk, LEAST);
  const path = `/tasks/external:${encodeURIComponent("hub:task:42")}`;
  expect((await ours.get(path)).status).toBe(404);
  const external = { gid: "hub:task:42", data: '{"v":1}' };
  const { one } = await ours.post("/tasks", { name: "Known", projects: [desk.project], external });
  expect(one["external"]).toEqual(external);
  expect((await ours.put(path, { name: "Renamed" })).one).toMatchObject({ gid: one.gid, name: "Renamed", external }); // prettier-ignore
  const twice = await ours.post("/tasks", { name: "Copy", projects: [desk.project], external });
  expect(twice.status).toBe(400);

  expect((await desk.get(path)).status).toBe(404);
  expect((await desk.get(`/tasks/${one.gid}`)).one).not.toHaveProperty("external");
  await desk.send("DELETE", `/tasks/${one.gid}`);
  expect((await ours.get(path)).status).toBe(404);
});
