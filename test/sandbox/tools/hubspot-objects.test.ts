import { expect, test } from "vitest";
import { type Caller, hubspot, type Reply } from "./call.ts";

const CRM = "//crm/objects/2026-09";
type Told = { id: string; properties: Record<string, string | null>; new?: boolean };

const create = async (portal: Caller, object: string, properties: object): Promise<Told> => {
  const { status, body } = await portal.post(`${CRM}/${object}`, { properties, associations: [] });
  expect(status, JSON.stringify(body)).toBe(201);
  return body as Told;
};

const problems = ({ status, body }: Reply) => {
  const { message } = body as { message: string };
  const listed = JSON.parse(message.replace(/^[^[]*/, "")) as { error: string; name: string }[];
  return [status, ...listed.map(({ error, name }) => [error, name])];
};

test.each([
  ["companies", { name: "Quay Books", domain: "quay.example" }, "20001"],
  ["company", { name: "Quay Books", numberofemployees: "12" }, "20001"],
  ["deals", { dealname: "Shop fitting", dealstage: "closedwon", amount: "1840.50" }, "30001"],
  ["0-3", { dealname: "Shop fitting", deal_currency_code: "JPY", amount: "18400" }, "30001"],
  ["orders", { hs_order_name: "#7", hs_total_price: "49.90", hs_currency_code: "GBP" }, "40001"],
])("%s are created, read, changed and archived like contacts", async (object, properties, id) => {
  await using portal = await hubspot({ seed: 0 });
  const created = await create(portal, object, properties);
  expect(created).toMatchObject({ id, properties });
  expect(created.properties).toHaveProperty("hs_lastmodifieddate");
  expect(created.properties).not.toHaveProperty("lastmodifieddate");
  const changed = await portal.send("PATCH", `${CRM}/${object}/${id}`, {
    properties: { external_id: "X1" },
  });
  expect(changed.status).toBe(200);
  const found = await portal.get(`${CRM}/${object}/X1?idProperty=external_id`);
  expect(found.body).toMatchObject({ id, archived: false });
  expect((await portal.send("DELETE", `${CRM}/${object}/${id}`)).status).toBe(204);
  expect((await portal.get(`${CRM}/${object}/${id}`)).status).toBe(404);
  const bin = await portal.get(`${CRM}/${object}?archived=true`);
  expect(bin.body).toMatchObject({ results: [{ id, archived: true }] });
});

test("a domain may stand twice, an external id may not", async () => {
  await using portal = await hubspot({ seed: 0 });
  const quay = { name: "Quay Books", domain: "quay.example" };
  await create(portal, "companies", { ...quay, external_id: "E1" });
  await create(portal, "companies", quay);
  expect((await portal.get(`${CRM}/companies/quay.example?idProperty=domain`)).status).toBe(400);
  const taken = await portal.post(`${CRM}/companies`, { properties: { external_id: "e1" } });
  expect(problems(taken)).toEqual([400, ["CONFLICTING_UNIQUE_VALUE", "external_id"]]);
});

test.each(["companies", "deals", "orders"])(
  "%s are upserted by their external id",
  async (object) => {
    await using portal = await hubspot({ seed: 0 });
    await create(portal, object, { external_id: "A" });
    const input = (id: string, idProperty = "external_id") => ({
      id,
      idProperty,
      objectWriteTraceId: id,
      properties: {},
    });
    const both = await portal.post(`${CRM}/${object}/batch/upsert`, {
      inputs: [input("A"), input("B")],
    });
    expect((both.body as { results: Told[] }).results.map((one) => one.new)).toEqual([false, true]);
    const strange = await portal.post(`${CRM}/${object}/batch/upsert`, {
      inputs: [input("A", "hs_object_id")],
    });
    expect((strange.body as { errors: object[] }).errors).toHaveLength(1);
  },
);

test.each([
  ["deals", { dealstage: "won" }, "INVALID_OPTION", "dealstage"],
  ["deals", { pipeline: "75510043", dealstage: "closedwon" }, "INVALID_OPTION", "dealstage"],
  ["deals", { amount: "1,840.50" }, "INVALID_INTEGER", "amount"],
  ["deals", { deal_currency_code: "XAU" }, "INVALID_OPTION", "deal_currency_code"],
  ["deals", { closedate: "next week" }, "INVALID_DATE", "closedate"],
  ["deals", { handover_day: "2026-11-30T09:12:44Z" }, "INVALID_DATE", "handover_day"],
  ["deals", { hs_is_closed_won: "true" }, "READ_ONLY_VALUE", "hs_is_closed_won"],
  ["deals", { lastmodifieddate: "2026-01-01" }, "PROPERTY_DOESNT_EXIST", "lastmodifieddate"],
  ["companies", { industry: "Bakery" }, "INVALID_OPTION", "industry"],
  ["companies", { email: "a@example.com" }, "PROPERTY_DOESNT_EXIST", "email"],
  ["orders", { hs_total_price: "€49" }, "INVALID_INTEGER", "hs_total_price"],
  ["contacts", { interests: "events;boats" }, "INVALID_OPTION", "interests"],
])("%s with %j are refused as %s", async (object, properties, error, name) => {
  await using portal = await hubspot({ seed: 0 });
  const refused = await portal.post(`${CRM}/${object}`, { properties });
  expect(problems(refused)).toEqual([400, [error, name]]);
});

test("an object that nobody knows is said to be none", async () => {
  await using portal = await hubspot({ seed: 0 });
  const boats = await portal.get(`${CRM}/boats`);
  expect(boats).toMatchObject({
    status: 400,
    body: { message: "Unable to infer object type from: boats" },
  });
});

test("days and instants are told in one form, whatever form they came in", async () => {
  await using portal = await hubspot({ seed: 0 });
  const deal = await create(portal, "deals", {
    closedate: "1796083200000",
    handover_day: "2026-12-01T00:00:00Z",
  });
  expect(deal.properties).toMatchObject({
    closedate: "2026-12-01T00:00:00.000Z",
    handover_day: "2026-12-01",
  });
});

test("a deal's stage tells whether it is closed, within its own pipeline", async () => {
  await using portal = await hubspot({ seed: 0 });
  const { body } = await portal.get("//crm/pipelines/2026-09/deals");
  const { results } = body as {
    results: { id: string; stages: { id: string; label: string }[] }[];
  };
  expect(results.map(({ id }) => id)).toEqual(["default", "75510043"]);
  const renewed = results[1]?.stages.find(({ label }) => label === "Renewed")?.id;
  const deal = await create(portal, "deals", { pipeline: "75510043", dealstage: renewed });
  const asked = "properties=hs_is_closed,hs_is_closed_won,hs_is_closed_lost,pipeline";
  expect((await portal.get(`${CRM}/deals/${deal.id}?${asked}`)).body).toMatchObject({
    properties: { hs_is_closed: "true", hs_is_closed_won: "true", hs_is_closed_lost: "false" },
  });
  expect((await portal.get("//crm/pipelines/2026-09/contacts")).status).toBe(404);
});

test("a search windows by the object's own modification date, and by numbers as numbers", async () => {
  await using portal = await hubspot({ seed: 0 });
  await portal.control("/_config", { search_lag_ms: 0 });
  for (const amount of ["90", "1000"]) await create(portal, "deals", { amount });
  await create(portal, "deals", { dealname: "No amount" });
  const search = (object: string, propertyName: string, value: string) =>
    portal.post(`${CRM}/${object}/search`, {
      filterGroups: [{ filters: [{ propertyName, operator: "GTE", value }] }],
      sorts: [{ propertyName, direction: "DESCENDING" }],
      properties: ["amount"],
      limit: 200,
      after: "0",
    });
  expect((await search("deals", "hs_lastmodifieddate", "0")).body).toMatchObject({ total: 3 });
  expect((await search("deals", "amount", "100")).body).toMatchObject({ total: 1 });
  expect((await search("deals", "lastmodifieddate", "0")).status).toBe(400);
  expect((await search("contacts", "hs_lastmodifieddate", "0")).status).toBe(400);
});

test("what an admin requires is refused when missing, by the newest version alone", async () => {
  await using portal = await hubspot({ seed: 0 });
  await portal.control("/_config", { required: { deals: ["amount"] } });
  const bare = { properties: { dealname: "Shop" } };
  expect(problems(await portal.post(`${CRM}/deals`, bare))).toEqual([
    400,
    ["REQUIRED_FIELD", "amount"],
  ]);
  expect((await portal.post("//crm/v3/objects/deals", bare)).status).toBe(201);
  const renamed = { properties: { dealname: "Office" } };
  expect((await portal.send("PATCH", `${CRM}/deals/30001`, renamed)).status).toBe(200);
  const deal = await create(portal, "deals", { amount: "5" });
  const emptied = await portal.send("PATCH", `${CRM}/deals/${deal.id}`, { properties: { amount: "" } }); // prettier-ignore
  expect(emptied.status).toBe(400);
  expect((await portal.control("/_config", { required: { deals: ["nothing"] } })).status).toBe(400);
});

test("a lifecycle stage does not go back, and nobody says so", async () => {
  await using portal = await hubspot({ seed: 0 });
  const { id } = await create(portal, "companies", { lifecyclestage: "customer" });
  const back = await portal.send("PATCH", `${CRM}/companies/${id}`, { properties: { lifecyclestage: "lead" } }); // prettier-ignore
  expect(back).toMatchObject({ status: 200, body: { properties: { lifecyclestage: "customer" } } });
});

test("properties are declared, with what is unique and what may be chosen", async () => {
  await using portal = await hubspot({ seed: 0 });
  const { body } = await portal.get("//crm/properties/2026-09/companies");
  const { results } = body as { results: { name: string; hasUniqueValue: boolean }[] };
  const unique = results.filter((one) => one.hasUniqueValue).map(({ name }) => name);
  expect(unique).toEqual(["external_id"]);
  const stage = await portal.get("//crm/properties/2026-09/deals/dealstage");
  expect(stage.body).toMatchObject({ type: "enumeration", options: { length: 11 } });
  expect((await portal.get("//crm/properties/2026-09/deals/nothing")).status).toBe(404);
});

test("history makes pages of fifty", async () => {
  await using portal = await hubspot({ seed: 60 });
  const fifty = await portal.get("?limit=50&propertiesWithHistory=email");
  const { results } = fifty.body as { results: { propertiesWithHistory: { email: object[] } }[] };
  expect(results).toHaveLength(50);
  expect(results[0]?.propertiesWithHistory.email).toMatchObject([{ value: expect.any(String) }]);
  expect((await portal.get("?limit=51&propertiesWithHistory=email")).status).toBe(400);
});
