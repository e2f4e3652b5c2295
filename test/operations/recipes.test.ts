import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { connectionName } from "#domain/ids.ts";
import { hubConnection, hubFacts } from "#domain/hub.ts";
import { canBe } from "#operations/recipes/fill.ts";
import { readRecipe } from "#operations/recipes/read.ts";
import { admin, makeRoom, operator } from "./support/room.ts";

const folder = new URL("../../manifests/recipes/", import.meta.url).pathname;

test.each(readdirSync(folder))("%s is sound and named after its recipe", (file) => {
  const read = readRecipe(readFileSync(join(folder, file), "utf8"));
  expect(read).toMatchObject({ ok: true, recipe: { name: file.replace(/\.yaml$/, "") } });
});

const sound = readFileSync(join(folder, "won-deal-invoice.yaml"), "utf8");

test.each([
  ["a role nobody is asked for", "from: crm/deal", "from: cmr/deal", "nobody is asked for “cmr”; did you mean crm?"],
  ["a kind of record that is none", "crm/deal", "crm/deals", "an end is a role and a kind of record, such as crm/deal"],
  ["a role no flow uses", "asks:", "asks:\n  mail: { title: Mail }", "no flow uses this"],
  ["a name that is none", "title: A", "titel: A", "unknown name “titel”; did you mean title?"],
])("%s is named", (_what, from, to, said) => {
  const read = readRecipe(sound.replace(from, to));
  expect(read.ok ? [] : read.wrongs.map(({ message }) => message)).toEqual([said]);
}); // prettier-ignore

test("only connections that could take a part are offered for it", async () => {
  const { perform } = await makeRoom();
  const offers = await perform("recipes.list", {}, operator);
  const roles = (name: string) =>
    offers
      .find((offer) => offer.name === name)
      ?.roles.map(({ name: role, fits }) => [role, fits.map(({ connection }) => connection)]);
  expect(roles("leads-to-list")).toEqual([
    ["crm", ["crm", "books"]],
    ["mail", ["crm", "books"]],
  ]);
  expect(roles("won-deal-invoice")).toEqual([
    ["crm", []],
    ["books", []],
  ]);
});

test("the hub may be where something comes from, and is no place to send mail from", () => {
  const hub = { connection: hubConnection, facts: hubFacts };
  const role = { name: "crm", title: "Where deals are won" };
  expect(canBe({ ...role, reads: ["deal", "customer"], writes: [] }, hub)).toBe(true);
  expect(canBe({ ...role, reads: [], writes: ["customer"] }, hub)).toBe(false);
});

test("a recipe makes its flows, off, and leaves alone what is there already", async () => {
  const { perform, world } = await makeRoom();
  const [crm] = (await world.registry.connections()).filter(({ name }) => name === "crm");
  if (crm === undefined) throw new Error("the room has a crm");
  const list = { ...crm, name: connectionName("list") };
  await world.registry.save({ connections: [list], flows: [] });
  const connections = { crm: "crm", books: "books", mail: "list" };
  const used = await perform("recipes.use", { recipe: "address-everywhere", connections }, admin);
  expect(used.already).toEqual(["customers-to-books"]);
  expect(used.made.map(({ flow }) => [flow.name, flow.to, flow.state.kind, flow.trigger])).toEqual([
    [
      "customers-to-mail",
      { connection: "list", object: "contacts" },
      "off",
      { kind: "cron", cron: "*/15 * * * *", zone: "UTC" },
    ],
  ]);
  const again = await perform("recipes.use", { recipe: "address-everywhere", connections }, admin);
  expect(again).toMatchObject({ made: [], already: ["customers-to-books", "customers-to-mail"] });
});

test.each([
  ["leads", { crm: "crm" }, "There is no recipe “leads”. Did you mean leads-to-list?"],
  ["leads-to-list", { crm: "crm" }, "Please choose “Where e-mail is sent from”."],
  ["leads-to-list", { crm: "crm", mail: "post" }, "There is no connection post."],
  ["won-deal-invoice", { crm: "crm", books: "books" }, "HubSpot has not what “Where deals are won” needs; please choose another connection."],
])("%s with %j is refused in a sentence, and nothing is made", async (recipe, connections, said) => {
  const { perform, refusal, world } = await makeRoom();
  const before = await world.registry.flows();
  expect(await refusal(perform("recipes.use", { recipe, connections }, admin))).toBe(`Mistake: ${said}`);
  expect(await world.registry.flows()).toEqual(before);
}); // prettier-ignore
