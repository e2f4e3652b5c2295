import { expect, test } from "vitest";
import type { Choosable } from "#domain/ports/choices.ts";
import { fakeTool } from "./fake-tool.ts";
import { type ToolName, tryTool } from "./acceptance/tool.ts";
import { complaints, dealsManifest } from "./small-manifest.ts";
import { smallConnection, smallManifest, smallWorld } from "./small-tool.ts";
import { never } from "./world.ts";

/** What can be chosen for a connection that was told so much, by setting. */
async function chosenAt(name: ToolName, settings: Record<string, string> = {}) {
  await using tried = await tryTool(name, { seed: 5 });
  const open = await tried.world.tools.choices({ ...tried.connection, settings }, never);
  return { settings: tried.tool.settings, open, by: byName(open) };
}

const byName = (open: readonly Choosable[]) =>
  new Map(open.map((one) => [one.settings[0]?.name ?? "", one]));

test.each<[ToolName, string, string]>([
  ["asana", "workspace_gid", "Harbour & Sons"],
  ["mailchimp", "audience_id", ""],
  ["airtable", "base_id", "Simulated Operations"],
  ["monday", "workspace_id", "Operations"],
  ["monday", "board_id", "Work"],
  ["monday", "deals_board_id", "Deals"],
  ["freshbooks", "account_id", "Simulated Trading Company"],
])("%s says what %s can be", async (tool, setting, label) => {
  const { settings, by } = await chosenAt(tool);
  const { choices = [], problem } = by.get(setting) ?? {};
  expect(problem).toBeNull();
  const found = choices.find(({ value }) => value === settings[setting]);
  expect(found?.label).toContain(label);
  expect(choices.every((choice) => choice.label !== "")).toBe(true);
});

test("what is chosen first decides what can be chosen next, and what is known is not asked", async () => {
  const first = await chosenAt("asana");
  expect([...first.by.keys()]).toEqual(["workspace_gid"]);
  const { workspace_gid = "" } = first.settings;
  const { by } = await chosenAt("asana", { workspace_gid });
  expect([...by.keys()]).toEqual(["project_gid"]);
  expect(by.get("project_gid")?.choices.length).toBeGreaterThan(1);
});

test("a business is chosen once for both of its numbers, and never one whose books are not ours", async () => {
  const whole = await chosenAt("freshbooks");
  expect(whole.open).toMatchObject([
    {
      settings: [{ name: "account_id" }, { name: "business_id" }],
      optional: false,
      choices: [{ value: "xZNQ1X", also: { business_id: "77128" } }],
    },
  ]);
  const half = await chosenAt("freshbooks", { account_id: "xZNQ1X" });
  expect(half.open[0]?.choices).toHaveLength(1);
  const other = await chosenAt("freshbooks", { account_id: "another" });
  expect(other.open[0]?.choices).toEqual([]);
});

test("a board that is a document is no board to choose", async () => {
  const { by } = await chosenAt("monday");
  const labels = by.get("board_id")?.choices.map(({ label }) => label);
  expect(labels).toContain("Customers");
  expect(labels).not.toContain("Meeting notes");
  expect(by.get("workspace_id")?.choices).toHaveLength(1);
});

const auth = { key: { kind: "bearer", about: "Here." } };
const settings = {
  list: {
    label: "List",
    about: "Its number.",
    choices: { get: "/lists", records: "lists", value: "id", label: "name" },
  },
};

test("a credential that may not list them is told so, and one that is not accepted is another matter", async () => {
  const manifest = smallManifest(auth, { settings });
  for (const [status, expected] of [
    [403, [{ choices: [], problem: expect.stringContaining("Small: ") as string }]],
    [500, [{ choices: [], problem: expect.stringContaining("Small: ") as string }]],
  ] as const) {
    await using tool = await fakeTool(() => ({ status, json: { message: "No" } }));
    await using world = smallWorld(manifest, { token: "t" });
    const connection = smallConnection(tool.url, { fields: ["token"] });
    expect(await world.tools.choices(connection, never)).toMatchObject(expected);
  }
  await using tool = await fakeTool(() => ({ status: 401, json: { message: "No" } }));
  await using world = smallWorld(manifest, { token: "t" });
  const asked = world.tools.choices(smallConnection(tool.url, { fields: ["token"] }), never);
  await expect(asked).rejects.toThrow(/^Small: /);
});

test("without it a connection says that it can be chosen", async () => {
  const manifest = smallManifest(auth, { settings });
  await using world = smallWorld(manifest, { token: "t" });
  const [facts] = world.tools.catalogue();
  expect(facts?.settings).toMatchObject([{ name: "list", brought: true, chosen: true }]);
  const connection = smallConnection("http://127.0.0.1:1", { fields: ["token"] });
  expect(await world.tools.check(connection, never)).toEqual({
    ok: false,
    problem:
      "The connection mine has no list (List), which Small needs. It can be chosen on the page for signing in.",
  });
});

const list = (more: string, other = "") => `settings:
  list: { label: List, about: Its number, choices: { get: "/lists", records: lists, value: id, label: name${more} } }
  shop: { label: Shop, about: Its number${other} }`;
const fields = `
    fields: { title: name }
    list: { get: "/{list}/{shop}", records: deals }
`;

test.each([
  [list(", also: { shops: shop }"), "The setting shops is not known; did you mean shop?"],
  [list(", also: { list: shop }"), "list is chosen by another setting already"],
  [
    list("").replace("/lists", "/{list}"),
    "Nobody could choose it: what list may be is asked for with {list}",
  ],
  [
    list("", ", choices: { get: '/{list}', records: a, value: b, label: c }").replace(
      "/lists",
      "/{shop}",
    ),
    "Nobody could choose it: what list may be is asked for with {list}",
  ],
  [list("").replace("/lists", "/{lst}"), "The placeholder lst is not known; accepted: {list}"],
  [
    list("").replace("about: Its number, choices", "about: Its number, default: x, choices"),
    "Nobody would be asked: a setting of kind text without a default is accepted here",
  ],
  [
    list("").replace('get: "/lists"', "get: /a, post: /b"),
    "Exactly one of get, post, put, patch, delete is accepted here",
  ],
])("the linter sees what is wrong with it: %#", (besides, said) => {
  expect(complaints(dealsManifest(fields, list("")))).toEqual([]);
  expect(complaints(dealsManifest(fields, besides)).join("\n")).toContain(said);
});
