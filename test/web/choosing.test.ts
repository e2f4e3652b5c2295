import { afterAll, expect, test } from "vitest";
import { connectionName } from "#domain/ids.ts";
import { loadManifests } from "#connectors/manifest/load.ts";
import { tools } from "#sandbox/tools/index.ts";
import type { Choosable } from "#domain/ports/choices.ts";
import { folder } from "../connectors/world.ts";
import { admin } from "../operations/support/room.ts";
import { browser } from "./browser.ts";
import { closeHouses, consentLink, house, signIn } from "./house.ts";

afterAll(closeHouses);

const { manifests } = await loadManifests([folder]);
const settingsOf = async ({ world }: Awaited<ReturnType<typeof house>>) =>
  (await world.registry.connection(connectionName("mine")))?.settings;

test("FreshBooks: who signs in has typed no number, and has both", async () => {
  await using tool = await tools.freshbooks({ folder: null, limits: false });
  const home = await house(manifests);
  const add = { name: "mine", connector: "freshbooks", baseUrl: tool.base_url };
  await home.perform("connections.add", add, admin);
  const { client_id: id = "", client_secret: secret = "" } = tool.oauth ?? {};
  const { to, person } = await signIn(home, "mine", { id, secret });
  const done = await person.go(consentLink((await person.go(to)).html));
  expect(done.html).toContain("FreshBooks is connected as “mine”");
  expect(await settingsOf(home)).toEqual(tool.settings);
});

test("Asana: what a person signed in to is asked once, then what belongs to it", async () => {
  await using tool = await tools.asana({ folder: null, limits: false });
  const home = await house(manifests);
  const add = { name: "mine", connector: "asana", baseUrl: tool.base_url };
  await home.perform("connections.add", add, admin);
  const { client_id: id = "", client_secret: secret = "" } = tool.oauth ?? {};
  const { to, person, page } = await signIn(home, "mine", { id, secret });
  const done = await person.go(consentLink((await person.go(to)).html));
  expect([done.status, done.html]).toEqual([
    200,
    expect.stringContaining("Asana has let Tieline in"),
  ]);
  const [, token = ""] = /href="\/connect#choose\.([\w-]+)"/.exec(done.html) ?? [];

  const look = await person.post(new URL("/connect/look", page), { token, choosing: true });
  const [only, ...others] = look.said["open"] as Choosable[];
  // There is one workspace, and so it was not asked for.
  expect([only?.settings.map(({ name }) => name), others]).toEqual([["project_gid"], []]);
  const chosen = only?.choices.at(-1)?.value ?? "";
  const choose = (values: object) => person.post(new URL("/connect/choose", page), { token, values }); // prettier-ignore
  expect(await choose({})).toMatchObject({ status: 422, said: { error: "Please choose: Project of new tasks." } }); // prettier-ignore
  expect(await choose({ project_gid: chosen })).toMatchObject({
    status: 200,
    said: { note: null },
  });
  expect(await settingsOf(home)).toEqual({ ...tool.settings, project_gid: chosen });
  expect((await choose({ project_gid: chosen })).status).toBe(410);
});

test("Mailchimp: after a key, too", async () => {
  await using tool = await tools.mailchimp({ folder: null, limits: false });
  const home = await house(manifests);
  const add = { name: "mine", connector: "mailchimp", baseUrl: tool.base_url };
  await home.perform("connections.add", add, admin);
  const { url } = await home.perform("connections.invite", { connection: "mine" }, admin);
  const person = browser();
  const post = (step: string, body: object) => person.post(new URL(`/connect/${step}`, url), body);
  const given = await post("give", { token: url.split("#")[1], values: tool.credential });
  const token = String(given.said["choose"]);
  const { said } = await post("look", { token, choosing: true });
  const [audience] = said["open"] as Choosable[];
  expect(audience?.choices.map(({ value }) => value)).toContain(tool.settings["audience_id"]);
  const values = { audience_id: tool.settings["audience_id"] };
  expect((await post("choose", { token, values })).said).toMatchObject({ account: expect.any(String) as string }); // prettier-ignore
  expect(await settingsOf(home)).toEqual(values);
});

test("what is no choice is refused before anything is asked", async () => {
  const home = await house(manifests);
  const person = browser();
  const post = (body: unknown) => person.post(new URL("/connect/choose", home.web.url), body);
  expect((await post({ token: "t".repeat(43), values: { a: 1 } })).status).toBe(400);
  expect((await post({ token: "t".repeat(43), values: {} })).status).toBe(410);
});
