import { expect, test } from "vitest";
import { type Caller, hubspot } from "./call.ts";

const CRM = "//crm/objects/2026-09";
const PAIRS = "//crm/associations/2026-09";

async function made(
  portal: Caller,
  object: string,
  properties: object,
  associations: object[] = [],
) {
  const { status, body } = await portal.post(`${CRM}/${object}`, { properties, associations });
  expect(status, JSON.stringify(body)).toBe(201);
  return (body as { id: string }).id;
}

/** Two contacts and two companies. */
async function few(): Promise<Caller> {
  const portal = await hubspot({ seed: 0 });
  for (const name of ["a", "b"]) {
    await made(portal, "contacts", { email: `${name}@example.com` });
    await made(portal, "companies", { name });
  }
  return portal;
}

const type = (associationTypeId: number) => ({
  associationCategory: "HUBSPOT_DEFINED",
  associationTypeId,
});

test("two records are associated both ways, and a first company is the primary one", async () => {
  await using portal = await few();
  const one = await portal.send("PUT", `${CRM}/contacts/1001/associations/default/companies/20001`);
  expect(one).toMatchObject({
    status: 200,
    body: {
      status: "COMPLETE",
      results: [
        { from: { id: "1001" }, to: { id: "20001" }, associationSpec: type(279) },
        { from: { id: "20001" }, to: { id: "1001" }, associationSpec: type(280) },
      ],
    },
  });
  await portal.send("PUT", `${CRM}/companies/20002/associations/default/contacts/1001`);
  expect((await portal.get(`${CRM}/contacts/1001/associations/companies`)).body).toEqual({
    results: [
      {
        toObjectId: 20001,
        associationTypes: [
          { category: "HUBSPOT_DEFINED", typeId: 1, label: "Primary" },
          { category: "HUBSPOT_DEFINED", typeId: 279, label: null },
        ],
      },
      {
        toObjectId: 20002,
        associationTypes: [{ category: "HUBSPOT_DEFINED", typeId: 279, label: null }],
      },
    ],
  });
});

test("lists tell associations where asked, a primary company by both of its names", async () => {
  await using portal = await few();
  await portal.send("PUT", `${CRM}/contacts/1001/associations/default/companies/20001`);
  const { body } = await portal.get("?associations=companies,deals");
  expect((body as { results: object[] }).results).toMatchObject([
    {
      id: "1001",
      associations: {
        companies: {
          results: [
            { id: "20001", type: "contact_to_company" },
            { id: "20001", type: "contact_to_company_unlabeled" },
          ],
        },
      },
    },
    { id: "1002" },
  ]);
  expect((body as { results: object[] }).results[1]).not.toHaveProperty("associations");
  expect((await portal.get("/1001?associations=company")).body).toHaveProperty("associations");
  expect((await portal.get("/1001?associations=invoices")).status).toBe(400);
});

test("a batch associates what there is, and tells what there is not", async () => {
  await using portal = await few();
  const pair = (from: string, to: string) => ({ from: { id: from }, to: { id: to } });
  const { status, body } = await portal.post(
    `${PAIRS}/contacts/companies/batch/associate/default`,
    {
      inputs: [pair("1001", "20001"), pair("1002", "77"), pair("1002", "20001")],
    },
  );
  expect(status).toBe(207);
  expect(body).toMatchObject({
    results: { length: 4 },
    errors: [{ category: "OBJECT_NOT_FOUND", context: { ids: ["77"] } }],
  });
  const read = await portal.post(`${PAIRS}/companies/contacts/batch/read`, {
    inputs: [{ id: "20001" }, { id: "20002" }],
  });
  expect(read).toMatchObject({
    status: 207,
    body: {
      results: [{ from: { id: "20001" }, to: [{ toObjectId: 1001 }, { toObjectId: 1002 }] }],
      numErrors: 1,
      errors: [
        {
          subCategory: "crm.associations.NO_ASSOCIATIONS_FOUND",
          message: "No contact is associated with company 20002.",
          context: { fromObjectId: ["20002"] },
        },
      ],
    },
  });
});

test("a batch with labels makes another company the primary one", async () => {
  await using portal = await few();
  const path = `${PAIRS}/contacts/companies/batch/create`;
  const input = (to: string, ...ids: number[]) => ({ from: { id: "1001" }, to: { id: to }, types: ids.map(type) }); // prettier-ignore
  await portal.post(path, { inputs: [input("20001", 279)] });
  expect(await portal.post(path, { inputs: [input("20002", 1), input("77", 1)] })).toMatchObject({
    status: 207,
    body: {
      results: [{ fromObjectId: 1001, toObjectTypeId: "0-2", toObjectId: 20002, labels: ["Primary"] }], // prettier-ignore
      errors: [{ category: "OBJECT_NOT_FOUND", context: { ids: ["77"] } }],
    },
  });
  expect((await portal.get(`${CRM}/contacts/1001/associations/companies`)).body).toMatchObject({
    results: [
      { toObjectId: 20001, associationTypes: [{ typeId: 279 }] },
      { toObjectId: 20002, associationTypes: [{ typeId: 1 }, { typeId: 279 }] },
    ],
  });
  for (const wrong of [
    input("20001"),
    input("20001", 3),
    { from: { id: "1001" }, to: { id: "20001" } },
  ])
    // prettier-ignore
    expect((await portal.post(path, { inputs: [wrong] })).status).toBe(400);
});

test("what is archived is not told, what is taken apart is gone on both sides", async () => {
  await using portal = await few();
  for (const contact of ["1001", "1002"]) {
    await portal.send("PUT", `${CRM}/contacts/${contact}/associations/default/companies/20001`);
  }
  await portal.send("DELETE", "/1001");
  const path = `${CRM}/companies/20001/associations/contacts`;
  expect((await portal.get(path)).body).toMatchObject({ results: [{ toObjectId: 1002 }] });
  const apart = await portal.send("DELETE", `${CRM}/contacts/1002/associations/companies/20001`);
  expect(apart.status).toBe(204);
  expect((await portal.get(path)).body).toEqual({ results: [] });
  await portal.send("PUT", `${CRM}/contacts/1002/associations/default/companies/20002`);
  const archive = { inputs: [{ from: { id: "1002" }, to: [{ id: "20002" }] }] };
  expect((await portal.post(`${PAIRS}/contacts/companies/batch/archive`, archive)).status).toBe(
    204,
  );
  expect((await portal.get("/1002?associations=companies")).body).not.toHaveProperty(
    "associations",
  );
});

test("a new record comes with its associations, each by a type that fits", async () => {
  await using portal = await few();
  const deal = await made(portal, "deals", { dealname: "Shop" }, [
    { to: { id: "1001" }, types: [type(3)] },
    { to: { id: 20002 }, types: [type(341), type(5)] },
  ]);
  const told = await portal.get(`${CRM}/deals/${deal}?associations=contacts,companies`);
  expect(told.body).toMatchObject({
    associations: {
      contacts: { results: [{ id: "1001", type: "deal_to_contact" }] },
      companies: {
        results: [
          { id: "20002", type: "deal_to_company" },
          { id: "20002", type: "deal_to_company_unlabeled" },
        ],
      },
    },
  });
  const order = (associations: unknown) =>
    portal.post(`${CRM}/orders`, { properties: { hs_order_name: "#1" }, associations });
  expect((await order([{ to: { id: "1001" }, types: [type(507)] }])).status).toBe(201);
  for (const wrong of [
    [{ to: { id: "1001" }, types: [type(3)] }],
    [{ to: { id: "99" }, types: [type(507)] }],
    [{ to: { id: "1001" }, types: [] }],
    [{ to: { id: "1001" }, kind: "contact" }],
    "1001",
  ]) {
    expect((await order(wrong)).status, JSON.stringify(wrong)).toBe(400);
  }
  const batch = await portal.post(`${CRM}/deals/batch/create`, {
    inputs: [
      { properties: {}, associations: [{ to: { id: "1002" }, types: [type(3)] }] },
      { properties: {}, associations: [{ to: { id: "99" }, types: [type(3)] }] },
    ],
  });
  expect(batch.status).toBe(400);
  expect((await portal.get(`${CRM}/deals`)).body).toMatchObject({ results: { length: 1 } });
});

test("an association moves the modification dates of both sides, once", async () => {
  await using portal = await few();
  const updatedAt = async (path: string) =>
    ((await portal.get(path)).body as { updatedAt: string }).updatedAt;
  const company = `${CRM}/companies/20001`;
  const before = [await updatedAt("/1001"), await updatedAt(company)];
  const put = `${CRM}/contacts/1001/associations/default/companies/20001`;
  await portal.send("PUT", put);
  const after = [await updatedAt("/1001"), await updatedAt(company)];
  expect(after.every((time, n) => time > (before[n] ?? ""))).toBe(true);
  await portal.send("PUT", put);
  expect([await updatedAt("/1001"), await updatedAt(company)]).toEqual(after);
});

test.each([
  ["PUT", `${CRM}/contacts/1001/associations/default/companies/77`, 404],
  ["PUT", `${CRM}/contacts/77/associations/default/companies/20001`, 404],
  ["PUT", `${CRM}/contacts/1001/associations/default/invoices/1`, 400],
  ["PUT", `${CRM}/contacts/1001/associations/default/contacts/1002`, 400],
  ["GET", `${CRM}/boats/1001/associations/companies`, 400],
])("%s %s is %i", async (method, path, status) => {
  await using portal = await few();
  expect((await portal.send(method, path)).status).toBe(status);
});

test("the primary company is a property too, until it is archived", async () => {
  await using portal = await few();
  const property = async () => {
    const { body } = await portal.get("/1001?properties=associatedcompanyid");
    return (body as { properties: object }).properties;
  };
  await portal.send("PUT", `${CRM}/contacts/1001/associations/default/companies/20001`);
  await portal.send("PUT", `${CRM}/contacts/1001/associations/default/companies/20002`);
  expect(await property()).toMatchObject({ associatedcompanyid: "20001" });
  await portal.send("DELETE", `${CRM}/companies/20001`);
  expect(await property()).toMatchObject({ associatedcompanyid: null });
});
