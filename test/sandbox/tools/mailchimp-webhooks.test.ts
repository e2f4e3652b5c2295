import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { signatureOf } from "#sandbox/tools/mailchimp/events.ts";
import { type Heard, listener } from "./listener.ts";
import { type Account, type Fields, hash, mailchimp, unfit } from "./mailchimp-account.ts";

type Hook = Fields & { id: string; signing_secret: string };

type Ear = Awaited<ReturnType<typeof listener>>;

const everything = { subscribe: true, unsubscribe: true, profile: true, cleaned: true, upemail: true }; // prettier-ignore

const hookOn = (
  account: Account,
  ear: Ear,
  sources: Fields = { user: true, admin: true, api: true },
  events: Fields = everything,
) => account.send<Hook>("POST", "/webhooks", { url: ear.url, events, sources });

const add = (account: Account, email_address: string, more: Fields = {}) =>
  account.send("POST", "/members", { email_address, status: "subscribed", ...more });

/** The first request is the GET by which the address was tried. */
async function heard(ear: Ear, n: number) {
  const { method, headers, body } = (await ear.until(n + 2))[n + 1] as Heard;
  return { method, headers, body, form: Object.fromEntries(new URLSearchParams(body)) };
}

test("a body is signed as Mailchimp's own vector says", () => {
  const body = "type=subscribe&fired_at=2026-11-23+04%3A00%3A00&data%5Bemail%5D=ada%40example.com";
  expect(signatureOf("test_signing_secret", 1_718_000_000, body)).toBe(
    "t=1718000000,v1=6f7c530a730c3d88ba228242016bcd12215e2dafe5402a83c9dfa131d27c53a1",
  );
});

test("a webhook's address has to answer a GET, and its secret is told once", async () => {
  await using account = await mailchimp({ seed: 0 });
  await using ear = await listener([{ status: 404 }]);
  const refused = await hookOn(account, ear);
  expect(refused).toMatchObject(unfit("url", "We couldn't validate this URL. It has to answer a GET with 200.")); // prettier-ignore
  const { status, body } = await hookOn(account, ear);
  expect([status, body["signing_enabled"]]).toEqual([200, true]);
  expect(ear.heard.at(-1)).toMatchObject({ method: "GET", body: "" });
  const one = await account.get(`/webhooks/${body.id}`);
  expect(one.body).toMatchObject({ id: body.id, signing_enabled: true, list_id: account.list });
  expect(JSON.stringify((await account.get("/webhooks")).body)).not.toContain(body.signing_secret);
  expect((await hookOn(account, ear)).status).toBe(400);
});

test("a delivery is a signed form in the way of PHP", async () => {
  await using account = await mailchimp({ seed: 0 });
  await using ear = await listener();
  const { body: hook } = await hookOn(account, ear);
  const address = { addr1: "1 Ave", city: "Atlanta", state: "GA", zip: "30308" };
  await add(account, "ada@example.com", { merge_fields: { FNAME: "Ada", ADDRESS: address } });

  const { method, headers, body, form } = await heard(ear, 0);
  expect([method, headers.get("content-type")]).toEqual([
    "POST",
    "application/x-www-form-urlencoded",
  ]);
  const [, t = "", v1 = ""] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(headers.get("x-mailchimp-signature") ?? "") ?? []; // prettier-ignore
  expect(v1).toBe(createHmac("sha256", hook.signing_secret).update(`${t}.${body}`).digest("hex"));
  expect(Math.abs(Number(t) * 1000 - Date.now())).toBeLessThan(10_000);
  expect(form).toMatchObject({
    type: "subscribe",
    fired_at: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/) as string,
    "data[list_id]": account.list,
    "data[email]": "ada@example.com",
    "data[merges][EMAIL]": "ada@example.com",
    "data[merges][FNAME]": "Ada",
    "data[merges][ADDRESS][zip]": "30308",
  });
});

test("each kind of change has its own event", async () => {
  await using account = await mailchimp({ seed: 0 });
  await using ear = await listener();
  await hookOn(account, ear);
  const at = (email: string) => `/members/${hash(email)}`;
  await add(account, "ada@example.com");
  expect((await heard(ear, 0)).form).toMatchObject({ type: "subscribe" });
  await account.send("PATCH", at("ada@example.com"), { merge_fields: { FNAME: "Ada" } });
  expect((await heard(ear, 1)).form).toMatchObject({
    type: "profile",
    "data[merges][FNAME]": "Ada",
  });
  await account.send("PATCH", at("ada@example.com"), { email_address: "ada@king.example" });
  expect((await heard(ear, 2)).form).toMatchObject({ type: "upemail", "data[old_email]": "ada@example.com", "data[new_email]": "ada@king.example" }); // prettier-ignore
  await account.send("PATCH", at("ada@king.example"), { status: "unsubscribed" });
  expect((await heard(ear, 3)).form).toMatchObject({ type: "unsubscribe", "data[action]": "unsub", "data[reason]": "manual" }); // prettier-ignore
  await account.send("PATCH", at("ada@king.example"), { status: "cleaned" });
  expect((await heard(ear, 4)).form).toMatchObject({ type: "cleaned", "data[reason]": "hard" });
});

test("what programs do is not heard where their source is off, what people do is", async () => {
  await using account = await mailchimp({ seed: 0 });
  await using ear = await listener();
  await hookOn(account, ear, { user: true, admin: true, api: false });
  await add(account, "ada@example.com");
  await account.control("/_edit", { id: "ada@example.com", set: { FNAME: "Ada" } });
  expect((await heard(ear, 0)).form).toMatchObject({ type: "profile" });
  await account.control("/_edit", { id: "ada@example.com", set: { status: "unsubscribed", by: "user" } }); // prettier-ignore
  expect((await heard(ear, 1)).form).toMatchObject({ type: "unsubscribe" });
  expect(ear.heard).toHaveLength(3);
});

test("only the events that were asked for come, and none from another audience", async () => {
  await using account = await mailchimp({ seed: 0 });
  await using ear = await listener();
  const { body } = await hookOn(account, ear, undefined, { unsubscribe: true });
  const merge_fields = { FIRST: "Ada", FIRM: "Ada & Co" };
  await account.send("POST", "//lists/a6b5da1054/members", { email_address: "x@example.com", status: "subscribed", merge_fields }); // prettier-ignore
  await add(account, "ada@example.com");
  await account.send("DELETE", `/members/${hash("ada@example.com")}`);
  expect((await heard(ear, 0)).form).toMatchObject({
    type: "unsubscribe",
    "data[action]": "archive",
  });
  expect(ear.heard).toHaveLength(2);

  const changed = await account.send("PATCH", `/webhooks/${body.id}`, { events: { subscribe: true } }); // prettier-ignore
  expect(changed.body).toMatchObject({ events: { subscribe: true, unsubscribe: true, profile: false } }); // prettier-ignore
  expect((await account.send("DELETE", `/webhooks/${body.id}`)).status).toBe(204);
  expect((await account.get(`/webhooks/${body.id}`)).status).toBe(404);
});
