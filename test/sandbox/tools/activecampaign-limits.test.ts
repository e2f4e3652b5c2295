import { expect, test } from "vitest";
import { activecampaign } from "./activecampaign-client.ts";

test("a wrong key is a 403, as is none, and a key that was revoked", async () => {
  await using account = await activecampaign({ seed: 0 });
  const me = (headers: Record<string, string> = {}) => account.send("GET", "/users/me", undefined, headers); // prettier-ignore
  expect(await me()).toMatchObject({ status: 200, body: { user: { id: "1", email: "olivia@harbour-and-sons.example" } } }); // prettier-ignore
  expect((await me({ "api-token": "wrong" })).status).toBe(403);
  const bearer = await fetch(`${account.base_url}/api/3/users/me`, { headers: { authorization: `Bearer ${account.credential["token"] ?? ""}` } }); // prettier-ignore
  expect(bearer.status).toBe(403);
  const old = account.credential["token"] ?? "";
  await account.control("/_config", { revoke: true });
  expect((await me({ "api-token": old })).status).toBe(403);
  expect((await me()).status).toBe(200);
});

test("five requests a second are let through, for all who share the account", async () => {
  await using account = await activecampaign({ seed: 0, limits: true });
  const answers = await Promise.all(Array.from({ length: 7 }, () => account.get("/users/me")));
  const statuses = answers.map(({ status }) => status).sort();
  expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429]);
  const over = answers.find(({ status }) => status === 429);
  expect(over?.body).toBe("");
  const headers = ["retry-after", "ratelimit-limit", "ratelimit-remaining"].map((name) => over?.headers.get(name)); // prettier-ignore
  expect(headers).toEqual(["30", "5", "0"]);
  expect(account.stats().limited).toBe(2);
  await account.control("/_config", { limits: false });
  expect((await account.get("/users/me")).status).toBe(200);
});

test("an account that is no longer paid for answers with nothing", async () => {
  await using account = await activecampaign({ seed: 0 });
  await account.control("/_config", { lapsed: true });
  expect(await account.get("/users/me")).toMatchObject({ status: 402, body: "" });
});

test("the made-up account: records of every object, in part the same people as elsewhere", async () => {
  await using clean = await activecampaign();
  expect(clean.stats().objects).toEqual({ contacts: 60, accounts: 48, deals: 36 });
  const statuses = await Promise.all([0, 1, 2, 3].map(async (status) => (await clean.get(`/contacts?listid=1&status=${String(status)}`)).body as { meta: { total: string } })); // prettier-ignore
  expect(statuses.every(({ meta }) => Number(meta.total) > 0)).toBe(true);
  const meta = (await clean.get("/deals?limit=1")).body as { meta: { currencies: object } };
  expect(Object.keys(meta.meta.currencies).length).toBeGreaterThan(2);
  await using real = await activecampaign({ flaws: true });
  const script = await real.get("/contacts?search=%3Cscript%3E");
  expect(script.body).toMatchObject({ meta: { total: "1" } });
  const page = await (await fetch(`${real.base_url}/_objects/contacts`)).text();
  expect(page).toContain("&lt;script&gt;");
  expect(page).toContain("60 of 60 contacts");
  const saved = await fetch(`${real.base_url}/_record/accounts/1`, { method: "POST", body: new URLSearchParams({ name: "" }) }); // prettier-ignore
  expect(await saved.text()).toContain("The account name was not provided.");
});

test("faults are worded as ActiveCampaign words them", async () => {
  await using account = await activecampaign({ seed: 0 });
  const faults = [{ kind: "too_many_requests", retry_after: 1 }, { kind: "expired_token" }, { kind: "server_error" }]; // prettier-ignore
  const statuses: number[] = [];
  for (const fault of faults) {
    await account.control("/_config", { faults: [fault] });
    statuses.push((await account.get("/users/me")).status);
  }
  expect(statuses).toEqual([429, 403, 500]);
  expect((await account.get("/nothing")).status).toBe(404);
  expect((await account.send("PATCH", "/contacts", {})).status).toBe(405);
});
