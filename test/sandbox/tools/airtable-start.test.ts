import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { person } from "#sandbox/tools/people.ts";
import { airtable, type Shown } from "./airtable-base.ts";

test("a base starts with the people that other tools know, linked to what belongs to them", async () => {
  await using base = await airtable({ seed: 60, flaws: true });
  expect(base.stats()).toMatchObject({ creates: 0, objects: { customers: 60, invoices: 48, tasks: 78 } }); // prettier-ignore
  const { body } = await base.get("/Customers?view=Grid%20view&pageSize=1");
  expect(body.records[0]?.fields).toMatchObject({
    Email: person(0).email,
    Company: [expect.stringMatching(/^rec/)],
    Invoices: [expect.stringMatching(/^rec/)],
  });
  const shared = await base.get("/Customers?filterByFormula={External%20Id}='crm-1042'");
  expect(shared.body.records).toHaveLength(2);
});

test("a clean base has no flaws, and made-up records go on where they ended", async () => {
  await using base = await airtable({ seed: 60 });
  expect(base.stats().duplicates).toBe(0);
  const orphans = await base.get("/Orders?filterByFormula=NOT({Customer})");
  expect(orphans.body.records).toEqual([]);
  expect((await base.control("/_seed", { tasks: 5 })).body).toEqual({ records: 83 });
  expect((await base.control("/_seed", { customers: 3 })).body).toEqual({ records: 63 });
  expect(base.stats().duplicates).toBe(0);
});

test("it finds its records, options, names and webhooks again", async () => {
  const folder = await mkdtemp(join(tmpdir(), "tieline-airtable-"));
  try {
    const before = await (async () => {
      await using first = await airtable({ folder, seed: 3 });
      const fields = { Name: "Ann", Currency: "NOK" };
      const ann = await first.send<Shown>("POST", "/Customers", { fields, typecast: true });
      await first.control("/_config", { rename_field: { table: "Customers", from: "City", to: "Town" } }); // prettier-ignore
      const specification = { options: { filters: { dataTypes: ["tableData"] } } };
      await first.send("POST", `//bases/${first.id}/webhooks`, { specification });
      return ann.body;
    })();
    await using second = await airtable({ folder, seed: 3 });
    expect((await second.get<Shown>(`/Customers/${before.id}`)).body).toEqual(before);
    const next = await second.send<Shown>("POST", "/Customers", { fields: { Currency: "NOK", Town: "Oslo" } }); // prettier-ignore
    expect(next.status).toBe(200);
    const hooks = await second.get<{ webhooks: object[] }>(`//bases/${second.id}/webhooks`);
    expect(hooks.body.webhooks).toMatchObject([{ cursorForNextPayload: 2 }]);
    expect(second.stats()).toMatchObject({ creates: 1, objects: { customers: 5 } });
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("people see the tables, and what Airtable says against what they type", async () => {
  await using base = await airtable({ seed: 2 });
  const page = async (path: string) => (await fetch(base.base_url + path)).text();
  const customers = await page("/");
  expect(customers).toContain("Airtable <small>simulated</small>");
  expect(customers).toContain("2 of 2 customers");
  expect(await page("/_objects/invoices")).toContain("INV-1001");

  const { body } = await base.get("/Deals?pageSize=1&returnFieldsByFieldId=true");
  const { id = "", fields = {} } = body.records[0] ?? {};
  const amount = Object.entries(fields).find(([, value]) => typeof value === "number")?.[0] ?? "";
  const submit = (value: string) =>
    fetch(`${base.base_url}/_record/deals/${id}`, {
      method: "POST",
      body: new URLSearchParams({ [amount]: value }),
      redirect: "manual",
    });
  expect((await submit("77")).status).toBe(303);
  expect((await base.get<Shown>(`/Deals/${id}`)).body.fields).toMatchObject({ Amount: 77 });
  const refused = await submit("a lot");
  expect(await refused.text()).toContain("Airtable says: Field &quot;Amount&quot; cannot accept the provided value"); // prettier-ignore
});
