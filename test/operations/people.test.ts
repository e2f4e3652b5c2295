import { expect, test } from "vitest";
import { admin, makeRoom, slack, terminal } from "./support/room.ts";

test("roles are given to people and groups, and taken away", async () => {
  const { perform } = await makeRoom();
  await perform("people.grant", { subject: "S0FINANCE", role: "operator" }, admin);
  const { grants } = await perform("people.grant", { subject: "U0OPERATOR", role: "none" }, admin);
  expect(grants).toEqual([{ subject: { kind: "group", id: "S0FINANCE" }, role: "operator" }]);
  expect(await perform("people.list", {}, slack("U0ANY"))).toEqual({ grants, admins: ["U0ADMIN"] });
});

test("the last admin stays", async () => {
  const { perform, world, people, members, refusal } = await makeRoom();
  people.all.length = 0;
  world.about.admins = [];
  await perform("people.me", {}, slack("U0FIRST"));
  const demote = () =>
    perform("people.grant", { subject: "U0FIRST", role: "operator" }, slack("U0FIRST"));
  const last =
    "Mistake: @U0FIRST is the last admin. Make somebody else an admin first; nothing was changed.";
  expect(await refusal(demote())).toBe(last);

  members.set("S0EMPTY", new Set());
  await perform("people.grant", { subject: "S0EMPTY", role: "admin" }, slack("U0FIRST"));
  expect(await refusal(demote())).toBe(last);

  await perform("people.grant", { subject: "U0NEXT", role: "admin" }, slack("U0FIRST"));
  await demote();
  expect((await perform("people.me", {}, slack("U0FIRST"))).role).toBe("operator");
});

test("an admin by the environment is not taken away here", async () => {
  const { perform, refusal } = await makeRoom();
  expect(
    await refusal(perform("people.grant", { subject: "U0ADMIN", role: "viewer" }, terminal)),
  ).toBe(
    "Mistake: @U0ADMIN is an admin by TIELINE_ADMINS, which only whoever runs Tieline can change.",
  );
  expect(
    await refusal(perform("people.grant", { subject: "U0NOBODY", role: "none" }, terminal)),
  ).toBe("Mistake: @U0NOBODY has no role that could be taken away.");
});

test("the audit log is listed newest first and says where it was tampered with", async () => {
  const { perform, audit } = await makeRoom();
  await perform("people.grant", { subject: "U0A", role: "viewer" }, admin);
  await perform("people.grant", { subject: "U0B", role: "viewer" }, admin);
  const clean = await perform("audit.list", { limit: 1 }, admin);
  expect(clean).toMatchObject({
    rows: 2,
    broken: null,
    entries: [{ seq: 2, input: '{"subject":"U0B","role":"viewer"}' }],
  });

  const [first] = audit.rows;
  if (first) audit.rows[0] = { ...first, actor: "U0MALLORY" };
  expect(await perform("audit.list", {}, admin)).toMatchObject({ broken: 1 });
});

test("the digest is set, its schedule follows, and it can be switched off", async () => {
  const { perform, queue, refusal } = await makeRoom();
  expect(
    await perform("digest.set", { time: "8:05", zone: "America/New_York", channel: "#ops" }, admin),
  ).toMatchObject({
    digest: { on: true, time: "08:05", zone: "America/New_York", channel: "#ops" },
  });
  expect(queue.entries).toContainEqual({
    job: { kind: "digest" },
    cron: "5 8 * * *",
    zone: "America/New_York",
  });
  expect(await refusal(perform("digest.set", { zone: "Europe/Paros" }, admin))).toBe(
    "Mistake: The zone is wrong: there is no such time zone; did you mean Europe/Paris?",
  );
  await perform("digest.off", {}, admin);
  expect(queue.entries.filter(({ job }) => job.kind === "digest")).toEqual([]);
});

test("the digest shows what needs a person, and names the flows nothing happened in", async () => {
  const { perform, letter, world } = await makeRoom();
  expect((await perform("digest.show", {}, admin)).quiet).toEqual(["customers-to-books"]);
  const { incident } = await letter({});
  const digest = await perform("digest.show", {}, admin);
  expect(digest.incidents.map((view) => view.incident.id)).toEqual([incident]);
  expect(digest.quiet).toEqual([]);
  expect(digest.days[0]?.flow).toBe("2026-11-09T23:00:00Z to 2026-11-23T08:00:00Z in Europe/Paris");
  await perform("incidents.snooze", { incident, hours: 1 }, admin);
  expect((await perform("digest.show", {}, admin)).incidents).toEqual([]);
  expect((await world.incidents.open()).length).toBe(1);
});

test("health says what runs, what waits and which connections are signed in", async () => {
  const { perform, variables } = await makeRoom();
  variables.delete("CRM_TOKEN");
  await perform("runs.start", { flow: "customers-to-books" }, admin);
  expect(await perform("health", {}, admin)).toMatchObject({
    version: "0.1.0",
    queue: { running: 0, waiting: 1 },
    connections: [
      { name: "crm", title: "HubSpot", signedIn: false },
      { name: "books", title: "QuickBooks", signedIn: true },
    ],
  });
});
