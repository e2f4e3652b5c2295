import { redeemInvitation, lookAtInvitation } from "#operations/connections/invitation.ts";
import { expect, test } from "vitest";
import { admin, makeRoom, operator, terminal } from "./support/room.ts";

test("a connection is added with references, and re-adding keeps what is not said again", async () => {
  const { perform, world } = await makeRoom();
  const added = await perform(
    "connections.add",
    {
      name: "shop",
      connector: "QuickBooks",
      settings: { realm: "7" },
      credential: { token: "file:shop" },
    },
    admin,
  );
  expect(added).toMatchObject({
    title: "QuickBooks",
    signedIn: false,
    connection: {
      owner: "U0ADMIN",
      events: [],
      credential: { token: { kind: "file", name: "shop" } },
    },
  });
  await perform(
    "connections.add",
    { name: "shop", connector: "quickbooks", baseUrl: "http://127.0.0.1:9" },
    admin,
  );
  expect((await world.registry.connections()).find(({ name }) => name === "shop")).toMatchObject({
    baseUrl: "http://127.0.0.1:9",
    settings: { realm: "7" },
    credential: { token: { kind: "file", name: "shop" } },
  });
});

test.each([
  [{ connector: "hubspto" }, "There is no connector “hubspto”; did you mean hubspot?"],
  [
    { connector: "hubspot", baseUrl: "ftp://x" },
    "Base_url must be a web address without user and password, such as http://127.0.0.1:4101.",
  ],
  [
    { connector: "hubspot", baseUrl: "https://u:p@x.example" },
    "Base_url must be a web address without user and password, such as http://127.0.0.1:4101.",
  ],
  [
    { connector: "hubspot", settings: { realm: "1" } },
    "HubSpot has no setting “realm”; it has none.",
  ],
  [{ connector: "quickbooks" }, "QuickBooks needs the setting realm: The company's id."],
  [
    { connector: "quickbooks", settings: { realm: "1" }, credential: { client_id: "env:A" } },
    "A credential needs client_id and client_secret, or token.",
  ],
])("%j is refused with a reason", async (input, sentence) => {
  const { perform, refusal } = await makeRoom();
  expect(await refusal(perform("connections.add", { name: "shop", ...input }, admin))).toBe(
    `Mistake: ${sentence}`,
  );
});

test.each([
  ["pat-na1-11111111-2222-3333-4444-555555555555"],
  ["sk_live_51H8abcdefGHIJKL"],
  ["env:pat-na1-11111111-2222-3333"],
  ["env:9a8b7c6d5e4f3a2b1c0d9e8f7a6b5c4d"],
  ["hunter2"],
])("a secret itself is neither stored nor said nor audited: %s", async (secret) => {
  const { perform, refusal, world, audit } = await makeRoom();
  const asked = perform(
    "connections.add",
    { name: "shop", connector: "hubspot", credential: { token: secret } },
    admin,
  );
  const said = await refusal(asked);
  expect(said).toContain("env:NAME or file:NAME, never the value itself");
  expect(said + JSON.stringify([audit.rows, await world.registry.connections()])).not.toContain(
    secret,
  );
  expect(audit.rows.at(-1)).toMatchObject({ operation: "connections.add", outcome: "failed" });
});

test("a secret typed as the name of a connector is not said back", async () => {
  const { perform, refusal, audit } = await makeRoom();
  const secret = "pat-na1-11111111-2222-3333-4444-555555555555";
  const said = await refusal(
    perform("connections.add", { name: "shop", connector: secret }, admin),
  );
  expect(said).toBe("Mistake: There is no connector that; there are hubspot and quickbooks.");
  expect(JSON.stringify(audit.rows)).not.toContain("11111111");
});

test("an invitation opens one page, once, for ten minutes", async () => {
  const { perform, world, clock, safe, tools, audit, refusal } = await makeRoom();
  const { url, expires } = await perform("connections.invite", { connection: "crm" }, admin);
  const token = url.split("#")[1] ?? "";
  expect(url).toMatch(/^https:\/\/tieline\.example\/connect#.+/);
  expect(expires.since(clock.now()).total("minutes")).toBe(10);
  expect(JSON.stringify(audit.rows)).not.toContain(token);

  expect(await lookAtInvitation(world, token)).toMatchObject({
    connection: "crm",
    title: "HubSpot",
    askedBy: "U0ADMIN",
    ways: [{ name: "service_key" }],
  });
  expect(await refusal(redeemInvitation(world, token, { tokn: "x" }))).toBe(
    "Mistake: HubSpot needs Service key.",
  );
  expect(await redeemInvitation(world, token, { token: " pat-na1-secret " })).toEqual({
    account: "Harbour & Sons",
    can: ["read", "write"],
    note: null,
  });

  expect(safe.kept.get("crm")).toEqual({ token: "pat-na1-secret" });
  expect(tools.checked.at(-1)?.credential).toEqual({ token: { kind: "kept" } });
  expect(audit.rows.at(-1)).toMatchObject({
    actor: "U0ADMIN",
    operation: "connections.sign-in",
    outcome: "done",
  });
  expect(JSON.stringify(audit.rows)).not.toContain("secret ");
  const over = "Mistake: This link was used already or has expired. Ask for a new one in Slack.";
  expect(await refusal(redeemInvitation(world, token, { token: "again" }))).toBe(over);

  const late = await perform("connections.invite", { connection: "crm" }, admin);
  clock.pass(10 * 60_000);
  expect(await lookAtInvitation(world, late.url.split("#")[1] ?? "")).toBeUndefined();
});

test("an invitation of somebody who is no admin any more opens nothing", async () => {
  const { perform, world, safe, refusal } = await makeRoom();
  await perform("people.grant", { subject: "U0OPERATOR", role: "admin" }, admin);
  const { url } = await perform("connections.invite", { connection: "crm" }, operator);
  const token = url.split("#")[1] ?? "";
  expect(await lookAtInvitation(world, token)).toMatchObject({ askedBy: "U0OPERATOR" });
  await perform("people.grant", { subject: "U0OPERATOR", role: "operator" }, admin);
  expect(await lookAtInvitation(world, token)).toBeUndefined();
  expect(await refusal(redeemInvitation(world, token, { token: "x" }))).toContain("has expired");
  expect(safe.kept.size).toBe(0);
});

test("a credential the tool does not accept is said to be so", async () => {
  const { perform, world, tools, audit } = await makeRoom();
  tools.answer = { ok: false, problem: "HubSpot does not know this key." };
  const { url } = await perform("connections.invite", { connection: "crm" }, admin);
  expect(await redeemInvitation(world, url.split("#")[1] ?? "", { token: "x" })).toEqual({
    problem: "HubSpot does not know this key.",
  });
  expect(audit.rows.at(-1)).toMatchObject({ operation: "connections.sign-in", outcome: "failed" });
});

test("signing in again lets the flows go on that waited for it", async () => {
  const { perform, world, flow, clock } = await makeRoom();
  const at = clock.now();
  await world.registry.turnFlow(flow.name, {
    kind: "paused",
    reason: "sign in",
    held: false,
    by: "Tieline",
    at,
  });
  const incident = await world.incidents.raise(flow.name, "SignInAgain", "HubSpot says 401", at);
  const { url } = await perform("connections.invite", { connection: "crm" }, admin);
  await redeemInvitation(world, url.split("#")[1] ?? "", { token: "x" });

  const status = await perform("flows.get", { flow: flow.name }, operator);
  expect(status).toMatchObject({
    flow: { state: { kind: "on" } },
    current: { work: { kind: "sync" } },
  });
  expect((await world.incidents.get(incident.id))?.state.kind).toBe("closed");
});

test("a connection in use is not removed, and says by which flows it is used", async () => {
  const { perform, refusal } = await makeRoom();
  expect(await refusal(perform("connections.remove", { connection: "crm" }, admin))).toBe(
    "Mistake: crm is used by customers-to-books; nothing was removed. Its flows need another connection first.",
  );
  await perform("connections.add", { name: "spare", connector: "hubspot" }, admin);
  expect(await perform("connections.remove", { connection: "spare" }, admin)).toEqual({
    name: "spare",
    title: "HubSpot",
    revoked: null,
  });
});

test("a connection used by flows stays one of its tool", async () => {
  const { perform, refusal } = await makeRoom();
  const asked = perform(
    "connections.add",
    { name: "crm", connector: "quickbooks", settings: { realm: "1" } },
    admin,
  );
  expect(await refusal(asked)).toBe(
    "Mistake: crm is a connection of hubspot, and customers-to-books uses it. Choose another name.",
  );
});

test("whether a connection is signed in follows its values", async () => {
  const { perform, variables } = await makeRoom();
  expect(await perform("connections.check", { connection: "crm" }, operator)).toMatchObject({
    signedIn: true,
    usedBy: ["customers-to-books"],
    health: { ok: true },
  });
  variables.delete("CRM_TOKEN");
  const [crm] = await perform("connections.list", {}, operator);
  expect(crm?.signedIn).toBe(false);
});

test("in the sandbox a new connection leads to the simulated tool, unless a person says otherwise", async () => {
  const room = await makeRoom();
  room.world.about.usualBaseUrl = (connector) =>
    connector === "hubspot" ? "http://127.0.0.1:4101" : null;
  const add = (name: string, more: { baseUrl?: string } = {}) =>
    room.perform("connections.add", { name, connector: "hubspot", ...more }, admin);
  expect((await add("new-crm")).connection.baseUrl).toBe("http://127.0.0.1:4101");
  expect((await add("own-crm", { baseUrl: "http://127.0.0.1:9" })).connection.baseUrl).toBe(
    "http://127.0.0.1:9",
  );
});

test("from Slack a connection leads to the tool itself; elsewhere only from the terminal", async () => {
  const { perform, world, refusal } = await makeRoom();
  const evil = {
    name: "evil",
    connector: "hubspot",
    baseUrl: "https://evil.example",
    credential: { token: "env:CRM_TOKEN" },
  };
  expect(await refusal(perform("connections.add", evil, admin))).toMatch(
    /^Mistake: From Slack a connection leads to HubSpot itself/,
  );
  world.about.loopback = false;
  const near = { ...evil, baseUrl: "http://127.0.0.1:9" };
  expect(await refusal(perform("connections.add", near, admin))).toMatch(/From Slack/);
  expect((await perform("connections.add", evil, terminal)).connection.baseUrl).toBe(
    "https://evil.example",
  );
});
