import { expect, test } from "vitest";
import { entityOf } from "#domain/entities/index.ts";
import type { Fields, Value } from "#domain/fields.ts";
import { fieldsOf, isWeak, markOf, wayText } from "#domain/match.ts";

const same = (way: string, one: Fields, other: Fields): boolean => {
  const mark = markOf(one, way);
  return mark !== null && mark === markOf(other, way);
};

test.each<[string, Value, Value, boolean]>([
  ["email", "Ada@Example.com", "ada@example.com", true],
  ["email", "ada@example.com", "ada@example.org", false],
  // Tools compare a single field letter by letter, so nothing else is forgiven.
  ["phone", "+33 170", "+33170", false],
  ["name", "Zoé", "Zoe", false],
])("by its %s alone, %j and %j: %j", (field, one, other, is) => {
  expect(same(field, { [field]: one }, { [field]: other })).toBe(is);
});

test.each<[string, string, boolean]>([
  ["+33 1 70 18 99 00", "0033170189900", true],
  ["(555) 010-0199", "555.010.0199", true],
  ["+33170189900", "+33170189901", false],
  // Two noughts lead out of the country at the front alone.
  ["+1 500 200", "+1 5 2", false],
])("together with a name, the phones %j and %j are one: %j", (one, other, is) => {
  for (const field of ["phone", "mobile"])
    expect(same(`name+${field}`, { name: "Ada", [field]: one }, { name: "Ada", [field]: other })).toBe(is); // prettier-ignore
});

test.each<[string, string, boolean]>([
  ["Dupont, Zoé", "zoe DUPONT", true],
  ["Müller GmbH & Co.", "Muller  GmbH-Co", true],
  ["Ann Lee", "Annlee", false],
  ["Zoe Dupont", "Zoe Durand", false],
  ["Studio 54", "Studio 55", false],
])("together with a city, the names %j and %j are one: %j", (one, other, is) => {
  const at = (name: string, city: string): Fields => ({ name, "address.city": city });
  expect(same("name+address.city", at(one, "Paris "), at(other, "PARIS"))).toBe(is);
});

test("the words of a street are not taken out of their order, as those of a name are", () => {
  const at = (street: string): Fields => ({ name: "Ada", "address.street": street });
  expect(same("name+address.street", at("1 Mill Lane 2"), at("1 mill lane 2 "))).toBe(true);
  expect(same("name+address.street", at("1 Mill Lane 2"), at("2 Mill Lane 1"))).toBe(false);
});

test("what lacks a part of what tells records apart is like no other", () => {
  for (const name of [undefined, null, "", false, [], "?!"] as const) {
    const fields: Fields = { phone: "+331", ...(name !== undefined && { name }) };
    expect(markOf(fields, "name+phone"), String(name)).toBeNull();
  }
  for (const email of [null, "", true]) expect(markOf({ email }, "email")).toBeNull();
  expect(markOf({}, "email")).toBeNull();
});

test("the parts of a mark do not run into each other", () => {
  expect(same("name+phone", { name: "a1", phone: "2" }, { name: "a", phone: "12" })).toBe(false);
});

test("a way of telling is said as people call its fields", () => {
  const customer = entityOf("customer");
  expect(wayText("email", customer)).toBe("e-mail");
  expect(wayText("name+phone", customer)).toBe("name and phone");
  expect(wayText("shoe_size", customer)).toBe("shoe_size");
});

test("a name alone is weak, with something else it is not", () => {
  expect(["name", "email", "name+phone"].map(isWeak)).toEqual([true, false, false]);
  expect(fieldsOf(["email", "name+phone"])).toEqual(["email", "name", "phone"]);
});
