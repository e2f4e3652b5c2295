import { expect, test } from "vitest";
import { connectionName } from "#domain/ids.ts";
import { openRoom } from "./support/room.ts";
import { connection, facts, now } from "./support/samples.ts";

test("a tool is connected through two forms, and a pasted key is refused at its input", async () => {
  await using room = await openRoom({
    "connectors.list": [facts],
    "connections.add": connection,
    "connections.invite": { url: "http://127.0.0.1:1/once", expires: now },
  });
  await room.person.type("integrations", "/connector add crm");
  await room.person.submit(await room.person.modal(/Choose a tool/), { Tool: "HubSpot" });
  await room.person.pressInView(await room.person.modal(/Portal id/), "More settings");
  const form = await room.person.modal(/Service key/);
  expect(room.person.filled(form)).toMatchObject({ Name: "crm" });
  await room.person.submit(form, { "Service key": "pat-na1-0b0f1c2d" });
  await room.person.modal(/please rotate it/);
  await room.person.submit(await room.person.modal(/Portal id/), {
    "Portal id": "42",
    "Service key": "env:CRM_TOKEN",
  });
  const added = await room.person.modal(/is registered/);
  expect(room.performed.find(({ name }) => name === "connections.add")?.input).toEqual({
    name: "crm",
    connector: "hubspot",
    settings: { portal: "42" },
    credential: { token: "env:CRM_TOKEN" },
  });
  await room.person.pressInView(added, "Sign in");
  await room.person.modal(/opens once/);
  expect(room.logged.join()).not.toContain("pat-na1");
});

test("a name is proposed that is still free, and what is usual here is taken without being asked", async () => {
  const [way, ...others] = facts.credentials;
  if (way === undefined) throw new Error("the sample has a way of signing in");
  const fields = way.fields.map((field) => ({ ...field, usual: "env:SANDBOX" }));
  await using room = await openRoom({
    "connectors.list": [{ ...facts, credentials: [{ ...way, fields }, ...others] }],
    "connections.list": [
      { ...connection, connection: { ...connection.connection, name: connectionName("hubspot") } },
    ],
    "connections.add": connection,
  });
  await room.person.type("integrations", "/connector add");
  await room.person.submit(await room.person.modal(/Choose a tool/), { Tool: "HubSpot" });
  const form = await room.person.modal(/Portal id/);
  expect(room.person.filled(form)).toMatchObject({ Name: "hubspot-2" });
  await room.person.submit(form, {});
  await room.person.modal(/is registered/);
  expect(room.performed.find(({ name }) => name === "connections.add")?.input).toEqual({
    name: "hubspot-2",
    connector: "hubspot",
    settings: {},
    credential: Object.fromEntries(fields.map(({ name }) => [name, "env:SANDBOX"])),
  });
});
