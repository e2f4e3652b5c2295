import { expect, test } from "vitest";
import { mailchimp, type MemberPage, unfit } from "./mailchimp-account.ts";

const stamp = (at: number) =>
  encodeURIComponent(new Date(at).toISOString().slice(0, 19) + "+00:00");

test("who asks is told who it is, and that somebody is there", async () => {
  await using account = await mailchimp({ seed: 3 });
  expect((await account.get("//ping")).body).toEqual({ health_status: "Everything's Chimpy!" });
  expect((await account.get("//")).body).toMatchObject({ account_name: "Harbour & Sons", total_subscribers: 8 }); // prettier-ignore
  expect((await account.get("//lists?fields=lists.id,total_items")).body).toEqual({ lists: [{ id: account.list }, { id: "a6b5da1054" }], total_items: 2 }); // prettier-ignore
});

test("ten members come unless more are asked for, a thousand at most", async () => {
  await using account = await mailchimp({ seed: 25 });
  const first = await account.get("/members");
  expect([first.body.members.length, first.body.total_items]).toEqual([10, 25]);
  const last = await account.get("/members?count=20&offset=20");
  expect(last.body.members).toHaveLength(5);
  expect(await account.get("/members?count=1001")).toMatchObject(unfit("count", "Must be a number from 0 to 1000")); // prettier-ignore
  expect((await account.get("/members?count=0")).body.members).toEqual([]);
});

test("offsets count off a list that moves: a change between two pages loses a member", async () => {
  await using account = await mailchimp({ seed: 4 });
  const sorted = "sort_field=last_changed&sort_dir=ASC&count=2";
  const first = await account.get(`/members?${sorted}`);
  const [moved] = first.body.members;
  await account.send("PATCH", `/members/${moved?.id ?? ""}`, { vip: true, merge_fields: { FNAME: "Moved" } }); // prettier-ignore
  const second = await account.get(`/members?${sorted}&offset=2`);
  const seen = [...first.body.members, ...second.body.members].map(({ contact_id }) => contact_id);
  expect(new Set(seen).size).toBe(3);
});

test("since and before leave out their own second, and a window between them holds still", async () => {
  await using account = await mailchimp({ seed: 2 });
  const { body } = await account.get("/members?sort_field=last_changed&sort_dir=ASC");
  const [older, newer] = body.members.map(({ last_changed }) => Date.parse(last_changed));
  const total = async (query: string) => (await account.get(`/members?${query}`)).body.total_items;
  expect(await total(`since_last_changed=${stamp(older ?? 0)}`)).toBe(1);
  expect(await total(`since_last_changed=${stamp((older ?? 0) - 1000)}`)).toBe(2);
  expect(await total(`before_last_changed=${stamp(newer ?? 0)}`)).toBe(1);
  expect(await total(`since_last_changed=${stamp((older ?? 0) - 1000)}&before_last_changed=${stamp(newer ?? 0)}`)).toBe(1); // prettier-ignore
});

test("a plus sign that is not encoded makes a date none", async () => {
  await using account = await mailchimp({ seed: 0 });
  const refused = await account.get("/members?since_last_changed=2026-11-20T16:50:06+00:00");
  expect(refused).toMatchObject(unfit("since_last_changed", "This value is not a valid datetime."));
});

test("only the fields asked for come, or all but those", async () => {
  await using account = await mailchimp({ seed: 1 });
  const asked = await account.get("/members?fields=members.email_address,members.merge_fields.FNAME,total_items"); // prettier-ignore
  const [one] = asked.body.members;
  expect(Object.keys(asked.body)).toEqual(["members", "total_items"]);
  expect(Object.keys(one ?? {})).toEqual(["email_address", "merge_fields"]);
  expect(Object.keys(one?.merge_fields ?? {})).toEqual(["FNAME"]);
  const rest = await account.get("/members?exclude_fields=members.merge_fields,list_id");
  expect(rest.body.members[0]).not.toHaveProperty("merge_fields");
  expect(rest.body.members[0]).toHaveProperty("email_address");

  const invalid = { status: 400, body: { title: "Requested Fields Invalid" } };
  expect(await account.get("/members?fields=members.nickname")).toMatchObject(invalid);
  expect(await account.get("/members?fields=members.id&exclude_fields=list_id")).toMatchObject(invalid); // prettier-ignore
});

test.each([
  ["/members?status=gone", "status", "Data presented is not one of the accepted values: subscribed, unsubscribed, cleaned, pending, transactional, archived."], // prettier-ignore
  ["/members?sort_field=email", "sort_field", "Data presented is not one of the accepted values: timestamp_opt, timestamp_signup, last_changed."], // prettier-ignore
  ["/members?page=2", "page", "This field was not expected."],
])("%s is refused", async (path, field, message) => {
  await using account = await mailchimp({ seed: 0 });
  expect(await account.get(path)).toMatchObject(unfit(field, message));
});

test("an audience that is not there is not found", async () => {
  await using account = await mailchimp({ seed: 0 });
  expect(await account.get<MemberPage>("//lists/0000000000/members")).toMatchObject({ status: 404, body: { title: "Resource Not Found", detail: "The requested resource could not be found." } }); // prettier-ignore
});
