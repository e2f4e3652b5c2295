import { expect, test } from "vitest";
import { type Caller, hubspot, quickbooks } from "./call.ts";

const page = async (tool: Caller, path = "/") => {
  const response = await fetch(tool.base_url + path);
  return { status: response.status, text: await response.text() };
};

const submit = (tool: Caller, id: string, fields: Record<string, string>, headers = {}) =>
  fetch(`${tool.base_url}/_record/${tool.title === "HubSpot" ? "contacts" : "customers"}/${id}`, {
    method: "POST",
    body: new URLSearchParams(fields),
    headers,
    redirect: "manual",
  });

test("the page says that it is simulated and shows the newest first", async () => {
  await using books = await quickbooks();
  await books.post("/customer", { DisplayName: "Ann O'Brien" });
  const { text } = await page(books);
  expect(text).toContain("QuickBooks <small>simulated</small>");
  expect(text).toContain("8 of 8 customers");
  expect(text.indexOf("Ann O&#39;Brien")).toBeLessThan(text.indexOf("Olympia Dental Group"));
});

test("a search narrows the table", async () => {
  await using portal = await hubspot();
  const { text } = await page(portal, "/?q=okafor");
  expect(text).toContain("1 of 500 contacts");
  expect(text).toContain("daniel.okafor@example.com");
});

test("what stands in a record is shown, not run", async () => {
  await using portal = await hubspot();
  const { text } = await page(portal, "/?q=%3Cscript%3E");
  expect(text).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
  expect(text).not.toContain("<script");
});

test("a person corrects a contact, and the tool's interface tells it", async () => {
  await using portal = await hubspot();
  const [, id = ""] = /_record\/contacts\/(\d+)/.exec((await page(portal, "/?q=selma")).text) ?? [];
  expect((await page(portal, `/_record/contacts/${id}`)).text).toContain('value="call reception"');

  const saved = await submit(portal, id, { phone: "+90 212 555 01 20", city: "İzmir" });
  expect([saved.status, saved.headers.get("location")]).toEqual([
    303,
    `/_objects/contacts?q=${id}`,
  ]);
  expect((await portal.get(`/${id}?properties=phone,city,email`)).body).toMatchObject({
    properties: { phone: "+90 212 555 01 20", city: "İzmir", email: "selma@bosporus.example" },
  });
});

test("what the tool refuses is said beside the form", async () => {
  await using portal = await hubspot({ seed: 2 });
  const refused = await submit(portal, "1001", { email: "nothing" });
  expect(refused.status).toBe(400);
  const text = await refused.text();
  expect(text).toContain("HubSpot says: Email address nothing is invalid");
  expect(text).toContain('value="nothing"');

  await using books = await quickbooks();
  const taken = await submit(books, "1", { DisplayName: "Daniel Okafor" });
  expect(await taken.text()).toContain("Another customer is already using this name.");
});

test("a form from another site changes nothing", async () => {
  await using portal = await hubspot({ seed: 1 });
  const forged = await submit(portal, "1001", { city: "Oslo" }, { origin: "http://evil.example" });
  expect([forged.status, portal.stats().updates]).toEqual([403, 0]);
});

test("a record that is not there is a page that says so", async () => {
  await using portal = await hubspot({ seed: 0 });
  expect(await page(portal, "/_record/contacts/5")).toMatchObject({ status: 404 });
});
