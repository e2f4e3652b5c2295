import { expect, test } from "vitest";
import { recipeForm, recipeList, recipeUsed } from "#slack/views/recipes.ts";
import { buttonsIn } from "../commands/ask.ts";
import { expectGoodModal } from "./support/limits.ts";
import { openRoom } from "./support/room.ts";
import { flowStatus } from "./support/samples.ts";

const crm = { connection: "crm", title: "HubSpot" };
const offer = {
  name: "won-deal-invoice",
  title: "A deal is won and the invoice is there",
  about: "The customer is found in the books, or made there first.",
  roles: [
    { name: "crm", title: "Where deals are won", fits: [crm, { connection: "sales", title: "Salesforce" }] }, // prettier-ignore
    { name: "books", title: "Where invoices are written", fits: [{ connection: "books", title: "QuickBooks" }] }, // prettier-ignore
  ],
};
const missing = { ...offer, name: "leads-to-list", title: "New leads on the list", roles: [{ name: "mail", title: "Where e-mail is sent from", fits: [] }] }; // prettier-ignore

test("recipes are offered with what they do, and those that cannot be yet say what is missing", () => {
  const modal = recipeList([offer, missing]);
  expectGoodModal(modal);
  const text = JSON.stringify(modal);
  expect(text).toContain("Not yet: no connection can be “Where e-mail is sent from”.");
  expect(buttonsIn(modal.blocks)).toEqual(["recipe.use won-deal-invoice"]);
});

test("a part that only one connection can take is filled in, another is chosen", () => {
  const modal = recipeForm(offer);
  expectGoodModal(modal);
  const initial = modal.blocks.map((block) => JSON.stringify(block)).filter((text) => text.includes("initial_option")); // prettier-ignore
  expect(initial).toHaveLength(1);
  expect(initial[0]).toContain("books  QuickBooks");
});

test("what was made leads on to its preview, and what was there is named", () => {
  const used = { title: offer.title, made: [flowStatus], already: ["deals-to-invoices"], warnings: ["Two flows fill Name."] }; // prettier-ignore
  const modal = recipeUsed(used);
  expectGoodModal(modal);
  expect(buttonsIn(modal.blocks)).toEqual([
    "flow-make.preview customers-to-books",
    "flow-make.back customers-to-books",
  ]);
  expect(JSON.stringify(modal)).toContain("deals-to-invoices");
  const none = recipeUsed({ ...used, made: [], warnings: [] });
  expectGoodModal(none);
  expect(JSON.stringify(none)).toContain("all of its flows are there already");
});

test("from the command to the flows, by clicking", async () => {
  await using room = await openRoom({
    "recipes.list": [offer],
    "recipes.use": { title: offer.title, made: [flowStatus], already: [], warnings: [] },
  });
  await room.person.type("integrations", "/sync recipes");
  await room.person.pressInView(await room.person.modal(/invoice is there/), "Use");
  const form = await room.person.modal(/Where deals are won/);
  await room.person.submit(form, { "Where deals are won": "sales  Salesforce" });
  await room.person.modal(/made, and still off/);
  expect(room.performed.find(({ name }) => name === "recipes.use")?.input).toEqual({
    recipe: "won-deal-invoice",
    connections: { crm: "sales", books: "books" },
  });
});
