import { expect, test } from "vitest";
import { objectTypes } from "#sandbox/tools/hubspot/objects/index.ts";
import { checked } from "#sandbox/tools/hubspot/records/properties.ts";
import { type Caller, hubspot } from "./call.ts";

type Listed = {
  id: string;
  properties: Record<string, string | null>;
  associations?: Record<string, { results: { id: string }[] }>;
};

async function all(portal: Caller, object: string, query: string): Promise<Listed[]> {
  const found: Listed[] = [];
  for (let after = "0"; ;) {
    const path = `//crm/objects/2026-09/${object}?limit=100&after=${after}&${query}`;
    const { results, paging } = (await portal.get(path)).body as {
      results: Listed[];
      paging?: { next: { after: string } };
    };
    found.push(...results);
    if (paging === undefined) return found;
    after = paging.next.after;
  }
}

test("the portal starts with 500 contacts and what belongs to them", async () => {
  await using portal = await hubspot();
  expect(portal.stats()).toMatchObject({
    records: 500,
    active: 500,
    creates: 0,
    objects: { contacts: 500, companies: 60, deals: 60, orders: 60 },
  });
  const contacts = await all(portal, "contacts", "associations=companies");
  const employed = contacts.filter(({ associations }) => associations !== undefined);
  expect(employed.length).toBeGreaterThan(100);
  const deals = await all(portal, "deals", "associations=companies,contacts");
  const loose = deals.filter(({ associations }) => associations === undefined);
  expect(loose.map(({ properties }) => properties["dealname"])).toEqual(["Belongs to nobody"]);
});

test.each(objectTypes)("every value of the seeded $name is one HubSpot takes", async (type) => {
  await using portal = await hubspot();
  const names = Object.entries(type.properties)
    .filter(([, kind]) => kind.kind !== "read_only")
    .map(([name]) => name);
  for (const { properties } of await all(portal, type.name, `properties=${names.join(",")}`)) {
    const given = Object.entries(properties).filter(([name, value]) => names.includes(name) && value !== null); // prettier-ignore
    const values = Object.fromEntries(given) as Record<string, string>;
    expect(checked(type, values, null, [])).toEqual(values);
  }
});

test("flaws are there to be found, unless none are wanted", async () => {
  const domains = async (portal: Caller) =>
    (await all(portal, "companies", "properties=domain")).map(({ properties }) => properties["domain"] ?? null); // prettier-ignore
  await using flawed = await hubspot();
  const some = await domains(flawed);
  expect(some).toContain(null);
  expect(new Set(some).size).toBe(some.length - 1);
  await using clean = await hubspot({ flaws: false });
  const none = await domains(clean);
  expect(none).not.toContain(null);
  expect(new Set(none).size).toBe(none.length);
  const emails = (await all(clean, "contacts", "properties=email")).map(({ properties }) => properties["email"]); // prettier-ignore
  expect(emails).not.toContain(null);
});

test("each object can be filled with more, which belongs somewhere", async () => {
  await using portal = await hubspot({ seed: 3 });
  expect((await portal.control("/_seed", { deals: 4 })).body).toEqual({ records: 9 });
  expect((await portal.control("/_seed", { boats: 4 })).status).toBe(400);
  const deals = await all(portal, "deals", "associations=contacts");
  expect(deals.every(({ associations }) => associations?.["contacts"] !== undefined)).toBe(true);
});

test("every object has a page, and a person's correction is checked there", async () => {
  await using portal = await hubspot({ seed: 3 });
  for (const object of ["contacts", "companies", "deals", "orders"]) {
    const page = await fetch(`${portal.base_url}/_objects/${object}`);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining(` ${object}<`)]);
  }
  const save = (amount: string) =>
    fetch(`${portal.base_url}/_record/deals/30001`, {
      method: "POST",
      body: new URLSearchParams({ amount }),
      redirect: "manual",
    });
  expect((await save("a lot")).status).toBe(400);
  expect((await save("12.50")).status).toBe(303);
  expect((await portal.get("//crm/objects/2026-09/deals/30001?properties=amount")).body).toMatchObject({ properties: { amount: "12.50" } }); // prettier-ignore
});
