import { expect, test } from "vitest";
import { hubspot } from "./call.ts";

const ada = { email: "Ada@Example.com", firstname: "Ada", phone: "+44 20 7946 0123" };

test("the account answers with the token, and with HubSpot's 401 without it", async () => {
  await using portal = await hubspot({ seed: 1 });
  const details = await portal.get("//account-info/v3/details");
  expect(details).toMatchObject({ status: 200, body: { portalId: 39812704 } });

  const refused = await fetch(`${portal.base_url}/account-info/v3/details`, {
    headers: { authorization: "Bearer pat-na1-wrong" },
  });
  expect(refused.status).toBe(401);
  expect(await refused.json()).toMatchObject({ category: "INVALID_AUTHENTICATION" });
});

test("the list goes by cursor and shows only the properties asked for", async () => {
  await using portal = await hubspot({ seed: 25 });
  const first = await portal.get("?limit=20&properties=email,fax");
  expect(first.body).toMatchObject({ paging: { next: { after: "1020" } } });
  const { results } = first.body as { results: { properties: object }[] };
  expect(Object.keys(results[0]?.properties ?? {})).toEqual(["email", "fax", "createdate", "hs_object_id", "lastmodifieddate"]); // prettier-ignore
  expect(results[0]?.properties).toMatchObject({ fax: null });

  const rest = (await portal.get("?limit=20&after=1020")).body as { results: [] };
  expect(rest.results).toHaveLength(5);
  expect(rest).not.toHaveProperty("paging");
  expect((await portal.get("?limit=101")).status).toBe(400);
});

test("a contact is created, read by id and by e-mail, changed, archived", async () => {
  await using portal = await hubspot({ seed: 0 });
  const created = await portal.post("", { properties: ada, associations: [] });
  expect(created).toMatchObject({ status: 201, body: { id: "1001", archived: false } });

  const byEmail = await portal.get("/ada%40example.com?idProperty=email&properties=email");
  expect(byEmail.body).toMatchObject({ id: "1001", properties: { email: "ada@example.com" } });

  const changed = await portal.send("PATCH", "/1001", { properties: { phone: "" } });
  expect(changed).toMatchObject({ status: 200, body: { properties: { phone: null } } });
  const { createdAt, updatedAt } = changed.body as { createdAt: string; updatedAt: string };
  expect(updatedAt > createdAt).toBe(true);

  expect((await portal.send("DELETE", "/1001")).status).toBe(204);
  expect((await portal.get("/1001")).status).toBe(404);
  expect((await portal.get("?archived=true")).body).toMatchObject({ results: [{ id: "1001" }] });
  expect((await portal.get("")).body).toEqual({ results: [] });
  expect(portal.stats()).toMatchObject({ creates: 1, updates: 1, archived: 1, active: 0 });
});

test("an e-mail that somebody has is a conflict that names them", async () => {
  await using portal = await hubspot({ seed: 0 });
  await portal.post("", { properties: ada });
  const again = await portal.post("", { properties: { email: "ADA@example.com" } });
  expect(again).toMatchObject({
    status: 409,
    body: { message: "Contact already exists. Existing ID: 1001", category: "CONFLICT" },
  });
});

test.each([
  [{ bogus: "x" }, "PROPERTY_DOESNT_EXIST", "bogus"],
  [{ email: "not an address" }, "INVALID_EMAIL", "email"],
  [{ lifecyclestage: "friend" }, "INVALID_OPTION", "lifecyclestage"],
  [{ createdate: "2026-01-01" }, "READ_ONLY_VALUE", "createdate"],
])("%j is refused as %s", async (properties, error, name) => {
  await using portal = await hubspot({ seed: 0 });
  const { status, body } = await portal.post("", { properties });
  expect(status).toBe(400);
  const { category, message } = body as { category: string; message: string };
  expect(category).toBe("VALIDATION_ERROR");
  expect(JSON.parse(message.replace(/^[^[]*/, ""))).toMatchObject([
    { isValid: false, error, name },
  ]);
  expect(portal.stats().records).toBe(0);
});

test("a body that the specification does not know is refused", async () => {
  await using portal = await hubspot({ seed: 0 });
  expect((await portal.post("", { properties: ada, extra: 1 })).status).toBe(400);
  expect((await portal.post("", { properties: { phone: 5 } })).status).toBe(400);
  expect((await portal.post("", { fields: ada })).status).toBe(400);
});

test("the hundred and first request in ten seconds is too many", async () => {
  await using portal = await hubspot({ seed: 1, limits: true });
  const statuses: number[] = [];
  for (let n = 0; n < 100; n += 1) statuses.push((await portal.get("?limit=1")).status);
  expect(new Set(statuses)).toEqual(new Set([200]));
  const refused = await portal.get("?limit=1");
  expect(refused).toMatchObject({
    status: 429,
    body: { errorType: "RATE_LIMIT", policyName: "TEN_SECONDLY_ROLLING" },
  });
  expect(refused.headers.get("retry-after")).toBeNull();
  expect(portal.stats().limited).toBe(1);

  await portal.control("/_config", { limits: false });
  const open = await portal.get("?limit=1");
  expect([open.status, open.headers.get("x-hubspot-ratelimit-remaining")]).toEqual([200, "0"]);
});
