import { expect, test } from "vitest";
import type { Connection } from "#domain/connection.ts";
import { connectionName } from "#domain/ids.ts";
import type { ConnectorFacts, ObjectFacts } from "#domain/ports/connector-facts.ts";
import { flowWords } from "#operations/workspace/flow-words.ts";
import { readFlows } from "#operations/workspace/flows.ts";
import { loadReadyMade } from "../../src/ready-made.ts";
import { hubspot, quickbooks } from "./support/tools.ts";

const { conversions, recipes } = await loadReadyMade([
  new URL("../../manifests", import.meta.url).pathname,
]);

const object = (from: ConnectorFacts, more: Partial<ObjectFacts>): ConnectorFacts => {
  const [first] = from.objects;
  if (first === undefined) throw new Error("the sample has an object");
  return { ...from, objects: [...from.objects, { ...first, searchable: [], ...more }] };
};
const crm = object(hubspot, {
  name: "deals",
  entity: "deal",
  fields: ["title", "amount", "currency", "status", "customer"],
  searchable: ["title"],
});
const books = object(quickbooks, {
  name: "invoices",
  entity: "invoice",
  fields: ["number", "due_date", "currency", "customer", "lines", "notes"],
  searchable: ["number", "notes"],
});
const connected = (name: string, connector: string): [string, Connection] => [
  name,
  { name: connectionName(name), connector, baseUrl: null, settings: {}, credential: {}, owner: null, events: [], },
]; // prettier-ignore
const known = {
  tools: { facts: (name: string) => ({ hubspot: crm, quickbooks: books })[name] },
  existing: [],
  conversions,
  connections: new Map([
    connected("crm", "hubspot"),
    connected("books", "quickbooks"),
    connected("other", "quickbooks"),
  ]),
  broken: new Set<string>(),
  loads: new Map<string, null>(),
  linked: new Set<string>(),
};
const read = (more: object) =>
  readFlows({ won: { from: "crm/deals", to: "books/invoices", ...more } }, known);
const said = (more: object) =>
  read(more).faults.map(({ path, message }) => `${path.slice(2).join(".")}: ${message}`);

test("a flow between two kinds of record goes by a conversion, and reads back as it was written", () => {
  const { read: plans, faults } = read({ convert: "deal-to-invoice", where: { status: "won" } });
  expect(faults).toEqual([]);
  expect(plans[0]).toMatchObject({ convert: "deal-to-invoice", match: [] });
  const [plan] = plans;
  expect(plan && flowWords(plan)).toMatchObject({ convert: "deal-to-invoice" });
});

test.each([
  [{}, "to: crm/deals is a deal and books/invoices is an invoice; convert must say how one becomes the other: deal-to-invoice"],
  [{ convert: "deal-to-invoce" }, "convert: there is no conversion “deal-to-invoce”; did you mean deal-to-invoice?"],
  [{ convert: "deal-to-project" }, "convert: deal-to-project makes a project of a deal, and crm/deals is a deal and books/invoices is an invoice"],
  [{ convert: "deal-to-invoice", where: { number: "1" } }, "where.number: a deal has no field “number”; it has title, amount, currency, status, close_date, notes, customer and company"],
  [{ convert: "deal-to-invoice", map: { lines: "amount" } }, "map.lines: an invoice has no field “amount”; it has number, status, date, due_date, currency, customer, company, lines, total, balance and notes"],
  [{ convert: "deal-to-invoice", match: ["number"] }, "match.0: HubSpot deals has no number; it has customer, currency, notes and lines"],
  [{ from: "crm/contacts", to: "books/invoices" }, "to: crm/contacts is a customer and books/invoices is an invoice; no conversion makes one of the other"],
])("%j is refused in one sentence", (more, message) => {
  expect(said(more)).toEqual([message]);
}); // prettier-ignore

test("what is pulled along is a reference, to what another flow brings", () => {
  const pulls = (name: string) => ({ convert: "deal-to-invoice", pull: [name] });
  expect(said(pulls("customer"))).toEqual([
    "pull.0: no flow that is there, or stands before this one, brings customers from crm to books, so none can be pulled along; make that one first",
  ]);
  expect(said(pulls("notes"))).toEqual([
    "pull.0: notes refers to no other record; of invoices customer, company can be pulled along",
  ]);
  expect(said(pulls("custmer"))).toEqual([
    "pull.0: an invoice has no field “custmer”; did you mean customer?",
  ]);
  const customers = { from: "crm/contacts", to: "books/customers" };
  const invoices = { from: "crm/deals", to: "books/invoices", ...pulls("customer") };
  const { faults, read: plans } = readFlows({ customers, invoices }, known);
  expect(faults).toEqual([]);
  expect(plans[1] && flowWords(plans[1])).toMatchObject({ pull: ["customer"] });
});

test("a conversion goes one way", () => {
  expect(said({ convert: "deal-to-invoice", two_way: true })).toContain(
    "two_way: a conversion goes one way; two_way must be false",
  );
});

test("every conversion that a recipe names is there and fits its ends", () => {
  expect(recipes.length).toBeGreaterThan(3);
  for (const { flows } of recipes)
    for (const { from, to, entry } of flows) {
      const convert = entry["convert"];
      const made = typeof convert === "string" ? conversions.get(convert) : null;
      expect(made === null ? [from.entity, from.entity] : [made?.from, made?.to]).toEqual([
        from.entity,
        to.entity,
      ]);
    }
});

test("a condition reads back as it was written, in the spelling that records have", () => {
  const where = {
    status: { not: ["lost", "open"] },
    amount: { more_than: "1000.00", less_than: "5000" },
    title: { filled: true },
  };
  const { read: plans, faults } = read({ convert: "deal-to-invoice", where });
  expect(faults).toEqual([]);
  const spelled = { ...where, amount: { more_than: "1000", less_than: "5000" } };
  expect(plans[0] && flowWords(plans[0])).toMatchObject({ where: spelled });
});

test.each([
  [{ status: { is: "won" } }, "where.status.is: unknown name “is”; allowed are not, any, more_than, less_than, before, after, filled, empty"],
  [{ status: { nto: "won" } }, "where.status.nto: unknown name “nto”; did you mean not?"],
  [{ status: {} }, "where.status: one of not, any, more_than, less_than, before, after, filled, empty is expected here"],
  [{ status: { not: "wno" } }, "where.status.not: status must be one of open, won, lost"],
  [{ status: { any: "won" } }, "where.status.any: a list is expected here, such as [open, won]"],
  [{ status: { any: ["won", "gone"] } }, "where.status.any: status must be one of open, won, lost"],
  [{ status: { more_than: "1" } }, "where.status.more_than: more_than does not fit status; status takes not, any, filled, empty"],
  [{ amount: { more_than: 1000 } }, 'where.amount.more_than: a number in quotes is expected here, such as "1000"'],
  [{ amount: { more_than: "much" } }, "where.amount.more_than: amount must be an amount without currency, such as 1250.50"],
  [{ amount: { before: "today" } }, "where.amount.before: before does not fit amount; amount takes not, any, more_than, less_than, filled, empty"],
  [{ due_date: { before: "soon" } }, "where.due_date.before: before must be today, { today: -7 } or a day such as 2026-01-01"],
  [{ due_date: { before: { today: "x" } } }, "where.due_date.before: a day is expected here: today, { today: -7 } or 2026-01-01"],
  [{ due_date: { filled: false } }, "where.due_date.filled: filled can only be true"],
  [{ colour: { filled: true } }, "where.colour: a deal has no field “colour”; it has title, amount, currency, status, close_date, notes, customer and company"],
])("the condition %j is refused where it stands", (where, message) => {
  const ofInvoices = "due_date" in where;
  const more = ofInvoices
    ? { from: "books/invoices", to: "other/invoices" }
    : { convert: "deal-to-invoice" };
  expect(said({ ...more, where })).toEqual([message]);
}); // prettier-ignore
