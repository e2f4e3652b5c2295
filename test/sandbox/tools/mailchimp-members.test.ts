import { expect, test } from "vitest";
import {
  type Account,
  bad,
  hash,
  mailchimp,
  type MemberShown,
  unfit,
} from "./mailchimp-account.ts";

const ada = { email_address: "Ada@Example.com", status: "subscribed", merge_fields: { FNAME: "Ada", LNAME: "Lovelace" } }; // prettier-ignore
const path = (key: string) => `/members/${encodeURIComponent(key)}`;
const adaAt = path(hash(ada.email_address));

const empty = () => mailchimp({ seed: 0 });

const put = (account: Account, email: string, more: object = {}) =>
  account.send("PUT", path(hash(email)), { email_address: email, status_if_new: "subscribed", ...more }); // prettier-ignore

test("a member's id is the MD5 of its address in lower case", async () => {
  await using account = await empty();
  const email_address = "Urist.McVankab@freddiesjokes.com";
  const { body } = await account.send("POST", "/members", { email_address, status: "subscribed" });
  // As in Mailchimp's own sample.
  expect(body.id).toBe("62eeb292278cc15f5817cb78f7790b08");
});

test("a member is added once, and found by hash, address and contact id", async () => {
  await using account = await empty();
  const added = await account.send("POST", "/members", ada);
  expect(added).toMatchObject({
    status: 200,
    body: {
      id: hash("ada@example.com"),
      email_address: "Ada@Example.com",
      status: "subscribed",
      full_name: "Ada Lovelace",
      list_id: account.list,
      // Every merge field is there, also those with nothing in them.
      merge_fields: { FNAME: "Ada", LNAME: "Lovelace", PHONE: "", ADDRESS: "", LTV: "" },
      last_changed: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/) as string,
    },
  });
  for (const key of [hash("ada@example.com"), "ada@example.com", added.body.contact_id])
    expect((await account.get(path(key))).body).toEqual(added.body);

  const again = await account.send("POST", "/members", ada);
  expect(again).toMatchObject(bad("Member Exists", { detail: "Ada@Example.com is already a list member. Use PUT to insert or update list members." })); // prettier-ignore
  expect((await account.get(path("nobody@example.com"))).status).toBe(404);
});

test("PUT adds with status_if_new, and never touches the status of who is there", async () => {
  await using account = await empty();
  const first = await put(account, "ada@example.com", { merge_fields: { FNAME: "Ada" } });
  expect(first.body).toMatchObject({ status: "subscribed", merge_fields: { FNAME: "Ada" } });
  await account.send("PATCH", adaAt, { status: "unsubscribed" });
  const second = await put(account, "ada@example.com", { merge_fields: { LNAME: "King" } });
  expect(second.body).toMatchObject({ status: "unsubscribed", merge_fields: { FNAME: "Ada", LNAME: "King" } }); // prettier-ignore
  expect(account.stats()).toMatchObject({ creates: 1, updates: 2 });

  const incomplete = await account.send("PUT", adaAt, { email_address: "ada@example.com" });
  expect(incomplete).toMatchObject(unfit("", "Required fields were not provided: status_if_new"));
});

test("an empty text clears a merge field, and an unknown tag is passed over in silence", async () => {
  await using account = await empty();
  await account.send("POST", "/members", ada);
  const merge_fields = { LNAME: "", NOSUCH: "x" };
  const { body } = await account.send("PATCH", adaAt, { merge_fields });
  expect(body.merge_fields).toMatchObject({ FNAME: "Ada", LNAME: "" });
  expect(body.merge_fields).not.toHaveProperty("NOSUCH");
});

test("a write that changes nothing changes no date either", async () => {
  await using account = await mailchimp({ seed: 1 });
  const { body } = await account.get("/members");
  const [one] = body.members;
  const same = await account.send("PATCH", path(one?.id ?? ""), { merge_fields: { FNAME: one?.merge_fields["FNAME"] } }); // prettier-ignore
  expect(same.body).toEqual(one);
  expect(account.stats().updates).toBe(0);
});

test("archived is soft: gone from the list, and back by a status", async () => {
  await using account = await empty();
  await account.send("POST", "/members", ada);
  expect((await account.send("DELETE", adaAt)).status).toBe(204);
  expect((await account.get("/members")).body.total_items).toBe(0);
  expect((await account.get("/members?status=archived")).body.total_items).toBe(1);
  expect(await account.send("DELETE", adaAt)).toMatchObject({ status: 405, body: { title: "Method Not Allowed", detail: "This list member cannot be removed.  Please contact support." } }); // prettier-ignore
  expect((await put(account, "ada@example.com")).body.status).toBe("archived");
  expect((await put(account, "ada@example.com", { status: "subscribed" })).body.status).toBe("subscribed"); // prettier-ignore
  expect(account.stats()).toMatchObject({ archived: 1, active: 1 });
});

test("deleted for good is for good, whatever one tries", async () => {
  await using account = await empty();
  await account.send("POST", "/members", ada);
  expect((await account.send("POST", `${adaAt}/actions/delete-permanent`)).status).toBe(204);
  expect((await account.get(adaAt)).status).toBe(404);
  expect((await account.send("DELETE", adaAt)).status).toBe(405);
  const detail = "ada@example.com was permanently deleted and cannot be re-imported. The contact must re-subscribe to get back on the list."; // prettier-ignore
  expect(await put(account, "ada@example.com")).toMatchObject(bad("Forgotten Email Not Subscribed", { detail })); // prettier-ignore
});

test("who left by themselves, or bounced, is not subscribed by a program, but may be asked", async () => {
  await using account = await empty();
  await account.send("POST", "/members", ada);
  await account.control("/_edit", { id: "ada@example.com", set: { status: "unsubscribed", by: "user" } }); // prettier-ignore
  const refused = await account.send("PATCH", adaAt, { status: "subscribed" });
  expect(refused).toMatchObject(bad("Member In Compliance State", { detail: expect.stringContaining("is in a compliance state due to unsubscribe, bounce, or compliance review and cannot be subscribed.") as string })); // prettier-ignore
  const fields = await account.send("PATCH", adaAt, { merge_fields: { FNAME: "A." } });
  expect(fields).toMatchObject({ status: 200, body: { status: "unsubscribed" } });
  expect((await account.send("PATCH", adaAt, { status: "pending" })).body.status).toBe("pending");
  await account.control("/_edit", { id: "ada@example.com", set: { status: "subscribed", by: "user" } }); // prettier-ignore
  expect((await account.get<MemberShown>(adaAt)).body.status).toBe("subscribed");
});

test("another address is another hash, and the same contact", async () => {
  await using account = await empty();
  const { body: before } = await account.send("POST", "/members", ada);
  const { body: after } = await account.send("PATCH", adaAt, { email_address: "ada@king.example" });
  expect(after).toMatchObject({ id: hash("ada@king.example"), contact_id: before.contact_id });
  expect((await account.get(adaAt)).status).toBe(404);
  expect((await account.get(path(before.contact_id))).status).toBe(200);
});

test("an address is changed of a subscribed member alone, to one that is free", async () => {
  await using account = await empty();
  await account.send("POST", "/members", ada);
  await account.send("POST", "/members", { email_address: "bea@example.com", status: "unsubscribed" }); // prettier-ignore
  const taken = await account.send("PATCH", adaAt, { email_address: "bea@example.com" });
  expect(taken).toMatchObject(unfit("email address", '"bea@example.com" is already in this list with a status of "Unsubscribed".')); // prettier-ignore
  const left = await account.send("PATCH", path("bea@example.com"), { email_address: "b@example.com" }); // prettier-ignore
  expect(left).toMatchObject({ status: 400, body: { errors: [{ message: expect.stringContaining('You can only update email addresses for members with a status of "subscribed."') as string }] } }); // prettier-ignore
});

test.each([
  ["test@test.com", "test@test.com looks fake or invalid, please enter a real email address."],
  ["a@b@c.example", "An email address must contain a single @"],
  ["ada@example", "The domain portion of the email address is invalid (the portion after the @: example)"], // prettier-ignore
  ["ada@example..com", "The domain portion of the email address is invalid (the portion after the @: example..com)"], // prettier-ignore
])("%s is no address", async (email_address, detail) => {
  await using account = await empty();
  const refused = await account.send("POST", "/members", { email_address, status: "subscribed" });
  expect(refused).toMatchObject(bad("Invalid Resource", { detail }));
});

test.each<[object, string, string]>([
  [{ email_address: "" , status: "subscribed" }, "email_address", "This value should not be blank."], // prettier-ignore
  [{ email_address: 5, status: "subscribed" }, "email_address", "Schema describes string, integer found instead"], // prettier-ignore
  [{ email_address: "a@b.example" }, "", "Required fields were not provided: status"],
  [{ ...ada, status: "archived" }, "status", "Data presented is not one of the accepted values: subscribed, unsubscribed, cleaned, pending, transactional."], // prettier-ignore
  [{ ...ada, merge_fields: [] }, "merge_fields", "Schema describes object, array found instead"],
  [{ ...ada, nickname: "A" }, "nickname", "This field was not expected."],
  [{ ...ada, timestamp_signup: "soon" }, "timestamp_signup", "This value is not a valid datetime."], // prettier-ignore
])("a body of %j is refused", async (body, field, message) => {
  await using account = await empty();
  expect(await account.send("POST", "/members", body)).toMatchObject(unfit(field, message));
  expect(account.stats().records).toBe(0);
});

test("what is no JSON, and what is no object, is refused in Mailchimp's words", async () => {
  await using account = await empty();
  const headers = { authorization: `Bearer ${String(account.credential["token"])}` };
  const url = `${account.base_url}/3.0/lists/${account.list}/members`;
  const broken = await fetch(url, { method: "POST", headers, body: "email_address=a@b.example" });
  expect(await broken.json()).toMatchObject({ title: "JSON Parse Error", status: 400 });
  const nothing = await account.send("POST", "/members", null);
  expect(nothing).toMatchObject(unfit("", "Schema describes object, NULL found instead"));
  expect((await account.send("POST", "/nothing", {})).status).toBe(404);
  expect((await account.send("PUT", "/members", {})).status).toBe(405);
});

test("tags are set apart from members, and fifty at most are told", async () => {
  await using account = await empty();
  await account.send("POST", "/members", { ...ada, tags: ["VIP"] });
  const tags = [{ name: "vip", status: "inactive" }, ...Array.from({ length: 60 }, (_, n) => ({ name: `T${String(n)}`, status: "active" }))]; // prettier-ignore
  expect((await account.send("POST", `${adaAt}/tags`, { tags, is_syncing: true })).status).toBe(
    204,
  );
  const { body } = await account.get<MemberShown>(adaAt);
  expect([body["tags_count"], body.tags.length]).toEqual([60, 50]);
  expect((await account.get(`${adaAt}/tags`)).body.total_items).toBe(60);
  expect((await account.send("POST", `${adaAt}/tags`, { tags: ["VIP"] })).status).toBe(400);
});
