import { expect, test } from "vitest";
import { Mistake } from "#domain/errors.ts";
import type { OwnershipView } from "#operations/contract.ts";
import { openRoom } from "./support/room.ts";
import { now } from "./support/samples.ts";

const where = "integrations";
const view: OwnershipView = {
  entity: "customer",
  many: "customers",
  ownership: {
    default: { kind: "order", connections: ["books", "crm"] },
    fields: { phone: { kind: "newest" } },
  },
  version: 3,
  changed: { by: "U024BE7LH", at: now },
  connections: ["books", "crm"],
};

test("an admin sees whose value counts, and changes it field by field", async () => {
  const asked: unknown[] = [];
  await using room = await openRoom({
    "hub.owners": { entities: [view] },
    "hub.set-owners": (input) => {
      asked.push(input);
      if (asked.length === 1) throw new Mistake("fone: a customer has no field “fone” in the hub.");
      return { ...view, version: 4 };
    },
  });
  const { person } = room;
  await person.type(where, "/connector hub");
  const shown = await person.message(where, /from books, crm: books before crm, then the rest/);
  expect(shown.text).toContain("phone: the newest counts");
  await person.press(shown, "Change");
  const form = await person.modal(/this one counts/);
  await person.submit(form, { "Fields with another rule": "phone" });
  const first = await person.modal(/is not a field with its rule/);
  expect(first.errors).toEqual({ fields: "“phone” is not a field with its rule, such as phone: newest." }); // prettier-ignore

  await person.submit(first, { "Fields with another rule": "fone: newest" });
  const second = await person.modal(/has no field/);
  expect(second.errors).toEqual({ fields: "fone: a customer has no field “fone” in the hub." });
  await person.submit(second, {
    "Fields with another rule": "phone: filled\nname: crm, books\n",
  });
  await person.message(where, /Saved/);
  expect(asked.at(-1)).toEqual({
    entity: "customer",
    version: 3,
    owner: ["books", "crm"],
    fields: { phone: "filled", name: ["crm", "books"] },
  });
});

test("an order needs names, and names need that it is chosen", async () => {
  await using room = await openRoom({ "hub.owners": { entities: [view] } });
  const { person } = room;
  await person.type(where, "/connector hub customers");
  await person.press(await person.message(where, /from books, crm/), "Change");
  await person.submit(await person.modal(/this one counts/), { "Order of connections": "" });
  await person.modal(/Please name the connections/);
});
