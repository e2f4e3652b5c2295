import { expect, test } from "vitest";
import { type Caller, hubspot } from "./call.ts";

type Grant = { access_token: string; refresh_token: string; expires_in: number; scopes: string[] };

const READ = "crm.objects.contacts.read";

async function asked<Body>(url: string, form: Record<string, string>) {
  const response = await fetch(url, { method: "POST", body: new URLSearchParams(form) });
  return { status: response.status, body: (await response.json()) as Body };
}

const client = ({ oauth }: Caller) => ({
  client_id: oauth?.client_id ?? "",
  client_secret: oauth?.client_secret ?? "",
});

/** What an app is granted that asks for these scopes, through the page where people consent. */
async function signedIn(portal: Caller, scope: string, optional_scope = ""): Promise<Grant> {
  const redirect_uri = "http://127.0.0.1:3000/oauth/callback";
  const { client_id } = client(portal);
  const query = new URLSearchParams({
    client_id,
    redirect_uri,
    scope,
    optional_scope,
    state: "s1",
  });
  const page = await (await fetch(`${portal.oauth?.authorize ?? ""}?${query.toString()}`)).text();
  const href = /id="allow" href="([^"]+)"/.exec(page)?.[1]?.replaceAll("&amp;", "&") ?? "";
  const back = new URL(href).searchParams;
  expect(back.get("state")).toBe("s1");
  const { status, body } = await asked<Grant>(portal.oauth?.token ?? "", {
    grant_type: "authorization_code",
    code: back.get("code") ?? "",
    redirect_uri,
    ...client(portal),
  });
  expect(status).toBe(200);
  return body;
}

const as = (portal: Caller, token: string, path: string, init: RequestInit = {}) =>
  fetch(portal.base_url + path, {
    ...init,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
  });

test("an app is signed in for half an hour, and its refresh token stays", async () => {
  await using portal = await hubspot({ seed: 1 });
  const grant = await signedIn(portal, `oauth ${READ}`);
  expect(grant).toMatchObject({ expires_in: 1800, hub_id: 39812704, scopes: ["oauth", READ] });
  expect(grant.access_token.length).toBeGreaterThan(200);
  const renewed = await asked<Grant>(portal.oauth?.token ?? "", {
    grant_type: "refresh_token",
    refresh_token: grant.refresh_token,
    ...client(portal),
  });
  expect(renewed.body).toMatchObject({
    refresh_token: grant.refresh_token,
    scopes: ["oauth", READ],
  });
  for (const { access_token } of [grant, renewed.body]) {
    expect((await as(portal, access_token, "/crm/v3/objects/contacts/1001")).status).toBe(200);
  }
  const older = await asked<Grant>(`${portal.base_url}/oauth/v1/token`, {
    grant_type: "refresh_token",
    refresh_token: "nobody's",
    ...client(portal),
  });
  expect(older).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
});

test("a token may do what its scopes say, and the refusal names what is missing", async () => {
  await using portal = await hubspot({ seed: 1 });
  const { access_token } = await signedIn(
    portal,
    `oauth ${READ}`,
    "crm.objects.deals.read nothing.at.all",
  );
  const statuses = async (paths: [string, string, unknown?][]) =>
    Promise.all(
      paths.map(async ([method, path, body]) => {
        const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
        return (await as(portal, access_token, path, init)).status;
      }),
    );
  const crm = "/crm/objects/2026-09";
  const batch = { properties: [], propertiesWithHistory: [], inputs: [] };
  expect(
    await statuses([
      ["GET", `${crm}/contacts`],
      ["POST", `${crm}/contacts/search`, {}],
      ["POST", `${crm}/contacts/batch/read`, batch],
      ["GET", `${crm}/deals`],
      ["GET", "/crm/properties/2026-09/contacts"],
      ["GET", `${crm}/contacts/1001/associations/companies`],
      ["GET", "/account-info/v3/details"],
    ]),
  ).toEqual([200, 200, 200, 200, 200, 200, 200]);
  expect(
    await statuses([
      ["POST", `${crm}/contacts`, { properties: {} }],
      ["DELETE", `${crm}/contacts/1001`],
      ["GET", `${crm}/companies`],
      ["GET", "/crm/pipelines/2026-09/orders"],
      ["GET", "/crm/owners/2026-09"],
      ["PUT", `${crm}/contacts/1001/associations/default/companies/20001`],
    ]),
  ).toEqual([403, 403, 403, 403, 403, 403]);
  const refused = await as(portal, access_token, `${crm}/companies`);
  expect(await refused.json()).toMatchObject({
    category: "MISSING_SCOPES",
    errors: [{ context: { requiredGranularScopes: ["crm.objects.companies.read"] } }],
  });
});

test("a token can be looked into, and ends by time, by its owner and by the portal", async () => {
  await using portal = await hubspot({ seed: 1 });
  const look = (token: string) =>
    asked(`${portal.oauth?.token ?? ""}/introspect`, { token, ...client(portal) });
  const grant = await signedIn(portal, `oauth ${READ}`);
  expect(await look(grant.access_token)).toMatchObject({
    status: 200,
    body: { active: true, token_use: "access_token", hub_id: 39812704, scopes: ["oauth", READ] },
  });
  expect((await look(grant.refresh_token)).body).toMatchObject({ active: true });
  expect((await look("nothing")).body).toEqual({ active: false });
  expect((await asked(`${portal.oauth?.token ?? ""}/introspect`, { token: "x" })).status).toBe(401);

  await portal.control("/_config", { access_token_ms: 0 });
  const short = await signedIn(portal, `oauth ${READ}`);
  const late = await as(portal, short.access_token, "/account-info/v3/details");
  expect([late.status, await late.json()]).toMatchObject([401, { category: "EXPIRED_AUTHENTICATION" }]); // prettier-ignore

  await asked(`${portal.oauth?.token ?? ""}/revoke`, { token: grant.refresh_token });
  expect((await look(grant.refresh_token)).body).toEqual({ active: false });
  await portal.control("/_config", { revoke: true });
  expect((await as(portal, grant.access_token, "/account-info/v3/details")).status).toBe(401);
  expect((await portal.get("/1001")).status).toBe(401);
  await portal.control("/_config", { revoke: false });
  expect((await portal.get("/1001")).status).toBe(200);
});

test("an app has 110 requests in ten seconds, and is not told of the day", async () => {
  await using portal = await hubspot({ seed: 1, limits: true });
  const { access_token } = await signedIn(portal, `oauth ${READ}`);
  const { headers } = await as(portal, access_token, "/account-info/v3/details");
  expect(headers.get("x-hubspot-ratelimit-max")).toBe("110");
  expect(headers.get("x-hubspot-ratelimit-daily")).toBeNull();
  const key = await portal.get("/1001");
  expect(key.headers.get("x-hubspot-ratelimit-remaining")).toBe("99");
  expect(key.headers.get("x-hubspot-ratelimit-daily-remaining")).toBe("249998");
});

test("a day that is used up refuses everything, with a policy of its own", async () => {
  await using portal = await hubspot({ seed: 1 });
  await portal.control("/_config", { quota: "spent" });
  for (const refused of [await portal.get("/1001"), await portal.post("/search", {})]) {
    expect(refused).toMatchObject({
      status: 429,
      body: { policyName: "DAILY", message: "You have reached your daily limit." },
    });
    expect(refused.headers.get("retry-after")).toBeNull();
  }
  await portal.control("/_config", { quota: "fine" });
  expect((await portal.get("/1001")).status).toBe(200);
  expect((await portal.control("/_config", { quota: "some" })).status).toBe(400);
});
