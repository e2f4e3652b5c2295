import { expect, test } from "vitest";
import { type Caller, hubspot } from "./call.ts";

const CRM = "//crm/objects/2026-09";
const asked = "properties=email,firstname,city,hs_merged_object_ids,hs_additional_emails";

async function pair(): Promise<Caller> {
  const portal = await hubspot({ seed: 0 });
  await portal.control("/_config", { search_lag_ms: 0 });
  await portal.post("", { properties: { email: "ada@example.com", firstname: "Ada" } });
  await portal.post("", {
    properties: { email: "a.l@example.com", firstname: "A", city: "London" },
  });
  return portal;
}

const merge = (portal: Caller, primaryObjectId: string, objectIdToMerge: string) =>
  portal.post("/merge", { primaryObjectId, objectIdToMerge });

test("two contacts go on as one under a new id, which both old ids lead to", async () => {
  await using portal = await pair();
  const merged = await merge(portal, "1001", "1002");
  expect(merged).toMatchObject({ status: 200, body: { id: "1003" } });
  const expected = {
    id: "1003",
    properties: {
      email: "ada@example.com",
      firstname: "Ada",
      city: "London",
      hs_merged_object_ids: "1001;1002",
      hs_additional_emails: "a.l@example.com",
    },
  };
  for (const id of ["1001", "1002", "1003", "a.l%40example.com?idProperty=email"]) {
    const path = `/${id}${id.includes("?") ? "&" : "?"}${asked}`;
    expect((await portal.get(path)).body, id).toMatchObject(expected);
  }
  expect((await portal.get("")).body).toMatchObject({ results: [{ id: "1003" }] });
  expect((await portal.get("?archived=true")).body).toEqual({ results: [] });
  const read = await portal.post("/batch/read", {
    properties: [],
    propertiesWithHistory: [],
    inputs: [{ id: "1001" }, { id: "1002" }],
  });
  expect(read).toMatchObject({ status: 200, body: { results: [{ id: "1003" }] } });
});

test("a write to an old id reaches the one that goes on, and its e-mails stay taken", async () => {
  await using portal = await pair();
  await merge(portal, "1001", "1002");
  const written = await portal.send("PATCH", "/1002", { properties: { city: "Paris" } });
  expect(written.body).toMatchObject({ id: "1003", properties: { city: "Paris" } });
  const again = await portal.post("", { properties: { email: "a.l@example.com" } });
  expect(again.body).toMatchObject({ message: "Contact already exists. Existing ID: 1003" });
});

test("merged records can merge again, and keep the id where the portal is so", async () => {
  await using portal = await pair();
  await portal.post("", { properties: { email: "third@example.com" } });
  await merge(portal, "1001", "1002");
  await portal.control("/_config", { merge_keeps_id: true });
  const kept = await merge(portal, "1004", "1003");
  expect(kept.body).toMatchObject({
    id: "1004",
    properties: { hs_merged_object_ids: "1001;1002;1003" },
  });
  expect((await portal.get("/1003")).body).toMatchObject({ id: "1004" });
  expect((await portal.get("")).body).toMatchObject({ results: [{ id: "1004" }] });
});

test("a search finds the merged record alone, and its associations are of both", async () => {
  await using portal = await pair();
  for (const [name, contact] of [
    ["One", "1001"],
    ["Two", "1002"],
  ]) {
    await portal.post(`${CRM}/deals`, {
      properties: { dealname: name },
      associations: [
        { to: { id: contact }, types: [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: 3 }] }, // prettier-ignore
      ],
    });
  }
  await merge(portal, "1001", "1002");
  const found = await portal.post("/search", { query: "example.com" });
  expect(found.body).toMatchObject({ total: 1, results: [{ id: "1003" }] });
  const deals = await portal.get(`${CRM}/contacts/1002/associations/deals`);
  expect(deals.body).toMatchObject({ results: [{ toObjectId: 30001 }, { toObjectId: 30002 }] });
});

test("a person merges companies in the tool itself, and others are refused", async () => {
  await using portal = await hubspot({ seed: 0 });
  for (const name of ["One", "Two"])
    await portal.post(`${CRM}/companies`, { properties: { name } });
  const edit = { object: "companies", id: "20002", set: { merge_into: "20001" } };
  expect((await portal.control("/_edit", edit)).body).toMatchObject({ id: "20003" });
  expect((await portal.get(`${CRM}/companies/20002`)).body).toMatchObject({ id: "20003" });
  const wrong = (body: object) => portal.post(`${CRM}/companies/merge`, body);
  expect((await wrong({ primaryObjectId: "20003", objectIdToMerge: "20001" })).status).toBe(400);
  expect((await wrong({ primaryObjectId: "20003", objectIdToMerge: "7" })).status).toBe(404);
  expect((await wrong({ primaryObjectId: "20003" })).status).toBe(404);
});

test("an erased contact leaves nothing, and its id is not given again", async () => {
  await using portal = await pair();
  expect((await portal.post("/gdpr-delete", { objectId: "a.l@example.com", idProperty: "email" })).status).toBe(204); // prettier-ignore
  expect((await portal.get("/1002?archived=true")).status).toBe(404);
  const next = await portal.post("", { properties: { email: "a.l@example.com" } });
  expect(next.body).toMatchObject({ id: "1003" });
  expect((await portal.post(`${CRM}/deals/gdpr-delete`, { objectId: "1" })).status).toBe(405);
});
