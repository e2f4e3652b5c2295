import { expect, test } from "vitest";
import { type Account, bad, type Fields, mailchimp } from "./mailchimp-account.ts";

const add = (account: Account, merge_fields: Fields, query = "", list = account.list) =>
  account.send("POST", `//lists/${list}/members${query}`, { email_address: "ada@example.com", status: "subscribed", merge_fields }); // prettier-ignore

const wrong = (field: string, message: string) =>
  bad("Invalid Resource", { detail: "Your merge fields were invalid.", errors: [{ field, message }] }); // prettier-ignore

const partners = "a6b5da1054";
const address = { addr1: "1 Ave", city: "Atlanta", state: "GA", zip: "30308" };

test("each audience tells its own merge fields, by the page", async () => {
  await using account = await mailchimp({ seed: 0 });
  type Merge = { tag: string; type: string; required: boolean; options: object };
  type Merges = { merge_fields: Merge[]; total_items: number };
  const { body } = await account.get<Merges>("/merge-fields?count=100");
  expect(body.total_items).toBe(body.merge_fields.length);
  expect(body.merge_fields.slice(0, 4).map(({ tag }) => tag)).toEqual(["FNAME", "LNAME", "ADDRESS", "PHONE"]); // prettier-ignore
  expect((await account.get<Merges>("/merge-fields")).body.merge_fields).toHaveLength(10);
  const other = await account.get<Merges>(`//lists/${partners}/merge-fields`);
  expect(other.body.merge_fields).toMatchObject([{ tag: "FIRST", required: true }, { tag: "MMERGE2" }, { tag: "ADDRESS" }, { tag: "PHONE", options: { phone_format: "US" } }, { tag: "FIRM" }, { tag: "ZIP" }]); // prettier-ignore
  expect((await account.get(`//lists/${partners}`)).body).toMatchObject({ double_optin: true });
});

test.each<[Fields, Fields]>([
  [{ LTV: "12.5" }, { LTV: 12.5 }],
  [{ LTV: 0 }, { LTV: 0 }],
  [{ SINCE: "2026-01-31" }, { SINCE: "2026-01-31" }],
  [{ SINCE: "01/31/2026" }, { SINCE: "2026-01-31" }],
  [{ SINCE: "31-01-2026" }, { SINCE: "2026-01-31" }],
  [{ SINCE: "2026/01/31" }, { SINCE: "2026-01-31" }],
  [{ BIRTHDAY: "02/29" }, { BIRTHDAY: "02/29" }],
  [{ TIER: "Gold" }, { TIER: "Gold" }],
  [{ PHONE: "+44 20 7946 0123" }, { PHONE: "+44 20 7946 0123" }],
  [{ ADDRESS: address }, { ADDRESS: { ...address, addr2: "", country: "US" } }],
  [{ ADDRESS: "" }, { ADDRESS: "" }],
  [{ COMPANY: "x".repeat(300) }, { COMPANY: "x".repeat(255) }],
  [{ COMPANY: "é".repeat(200) }, { COMPANY: "é".repeat(127) }],
])("%j is kept as %j", async (given, kept) => {
  await using account = await mailchimp({ seed: 0 });
  const { status, body } = await add(account, given);
  expect([status, body.merge_fields]).toMatchObject([200, kept]);
});

test.each<[string, unknown, string]>([
  ["LTV", "AAAAA", "Please enter a number"],
  ["SINCE", "2026-02-31", "Please enter a valid date"],
  ["SINCE", "31/01/2026", "Please enter a valid date"],
  ["BIRTHDAY", "31/01", "Please enter the month and day"],
  ["TIER", "Tin", "Value must be one of: Bronze, Silver, Gold,  (not Tin)"],
  ["WEBSITE", "not yet", "Please enter a valid website address"],
  ["ADDRESS", { ...address, zip: "" }, "Please enter a complete address"],
  ["ADDRESS", { addr1: "1 Ave" }, "Please enter a complete address"],
  ["ADDRESS", "1 Ave, Atlanta", "Please enter a complete address"],
])("%s of %j fails the whole record", async (tag, value, message) => {
  await using account = await mailchimp({ seed: 0 });
  expect(await add(account, { FNAME: "Ada", [tag]: value })).toMatchObject(wrong(tag, message));
  expect(account.stats().records).toBe(0);
});

test("required fields must be there, unless that is skipped; wrong ones never go through", async () => {
  await using account = await mailchimp({ seed: 0 });
  expect(await add(account, { FIRST: "Ada" }, "", partners)).toMatchObject(wrong("FIRM", "Please enter a value")); // prettier-ignore
  const skipped = "?skip_merge_validation=true";
  expect(await add(account, { ZIP: "123" }, skipped, partners)).toMatchObject(wrong("ZIP", "Please enter a zip code (5 digits)")); // prettier-ignore
  expect(await add(account, { PHONE: "+44 20 7946 0123" }, skipped, partners)).toMatchObject(wrong("PHONE", "Please enter a valid phone number")); // prettier-ignore
  expect((await add(account, { PHONE: "(202) 555-0123" }, skipped, partners)).status).toBe(200);
});
