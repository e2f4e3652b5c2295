import { expect, test } from "vitest";
import type { Fields } from "#domain/fields.ts";
import type { Write } from "#domain/record.ts";
import { tryTool, type Tried } from "./acceptance/tool.ts";
import { connectionTo, never } from "./world.ts";

const create = (fields: Fields): Write => ({ kind: "create", key: "1", hash: "h", fields });
const update = (id: string, fields: Fields): Write => ({ kind: "update", key: "1", hash: "h", id, version: null, fields }); // prettier-ignore
const empty = () => tryTool("mailchimp", { seed: 0, flaws: false });
const ada = { email: "Ada.Lovelace@Example.com", last_name: "Lovelace" };

async function send(tried: Tried, write: Write) {
  const sent = await tried.target("members").send({ id: "r1", writes: [write] }, never);
  return sent.kind === "each" ? sent.outcomes[0] : undefined;
}
async function idOf(tried: Tried, write: Write): Promise<string> {
  const outcome = await send(tried, write);
  if (outcome?.kind !== "accepted") throw new Error(JSON.stringify(outcome));
  return outcome.id;
}
const read = async (tried: Tried, id: string) => (await tried.target("members").read([id], never))[0]?.fields; // prettier-ignore
const byHand = (tried: Tried, id: string, set: object) => tried.control("/_edit", { object: "members", id, set }); // prettier-ignore

test("who is new has the consent we know of; without one nobody is subscribed", async () => {
  await using tried = await empty();
  const ids = await Promise.all(
    ["subscribed", "unsubscribed", "never_asked", null].map((subscription) =>
      idOf(tried, create({ email: `${subscription ?? "unknown"}@example.com`, subscription })),
    ),
  );
  const found = await Promise.all(ids.map((id) => read(tried, id)));
  expect(found.map((fields) => fields?.["subscription"])).toEqual([
    "subscribed",
    "unsubscribed",
    "never_asked",
    "never_asked",
  ]);
});

test("an opt-out goes there, and no write of ours undoes one", async () => {
  await using tried = await empty();
  const id = await idOf(tried, create({ ...ada, subscription: "subscribed" }));
  await idOf(tried, update(id, { last_name: "King", subscription: "unsubscribed" }));
  expect(await read(tried, id)).toMatchObject({ last_name: "King", subscription: "unsubscribed" });
  // As an update, as a create of somebody who is there, and where the record knows of no consent.
  expect(await idOf(tried, update(id, { subscription: "subscribed" }))).toBe(id);
  expect(await idOf(tried, create({ ...ada, subscription: "subscribed" }))).toBe(id);
  expect(await idOf(tried, create(ada))).toBe(id);
  expect(await read(tried, id)).toMatchObject({ subscription: "unsubscribed" });
});

test("a consent that only Mailchimp's own confirmation may give is told, not claimed", async () => {
  await using tried = await empty();
  const id = await idOf(tried, create({ ...ada, subscription: "never_asked" }));
  expect(await send(tried, update(id, { subscription: "subscribed" }))).toMatchObject({
    kind: "rejected",
    problem: { field: "subscription", code: "NOT_KEPT" },
  });
  await byHand(tried, id, { status: "subscribed", by: "user" });
  expect(await send(tried, update(id, { subscription: "subscribed" }))).toMatchObject({ kind: "accepted" }); // prettier-ignore
});

test("a member is told by the contact, not by the address, whose letters have no size", async () => {
  await using tried = await empty();
  const id = await idOf(tried, create({ ...ada, subscription: "subscribed" }));
  expect(await idOf(tried, create({ ...ada, email: "ada.lovelace@example.com" }))).toBe(id);
  expect(await idOf(tried, update(id, { email: "ada@king.example" }))).toBe(id);
  const [found, old] = await tried.target("members").find("email", ["ADA@king.example", ada.email], never); // prettier-ignore
  expect(found?.map((record) => record.id)).toEqual([id]);
  expect(old).toEqual([]);
});

test("an archived member is gone, and stays so whatever is written", async () => {
  await using tried = await empty();
  const id = await idOf(tried, create(ada));
  await byHand(tried, id, { archived: true });
  expect(await read(tried, id)).toBeUndefined();
  expect(await send(tried, update(id, { last_name: "King" }))).toEqual({ kind: "missing" });
  expect(await send(tried, create(ada))).toMatchObject({
    kind: "rejected",
    problem: { code: "ARCHIVED" },
  });
  expect(await send(tried, { kind: "archive", key: "1", id, version: null })).toEqual({ kind: "missing" }); // prettier-ignore
  const { records } = await tried.readAll("members", null, true);
  expect(records).toMatchObject([{ id, content: { kind: "gone" } }]);
});

const address = {
  "address.line1": "1 Rue de l'Été",
  "address.line2": "B",
  "address.city": "Paris",
  "address.region": "IDF",
  "address.postcode": "75001",
  "address.country": "FR",
};
const nowhere = Object.fromEntries(Object.keys(address).map((name) => [name, null]));

test("an address is there as a whole or not at all", async () => {
  await using tried = await empty();
  const id = await idOf(tried, create({ ...ada, ...address }));
  expect(await read(tried, id)).toMatchObject(address);
  await idOf(tried, update(id, { last_name: "King", "address.city": "Lyon", "address.country": null })); // prettier-ignore
  expect(await read(tried, id)).toMatchObject(address);
  await idOf(tried, update(id, nowhere));
  expect(await read(tried, id)).toMatchObject(nowhere);
});

test("what Mailchimp cuts or passes over is told", async () => {
  await using tried = await empty();
  expect(await send(tried, create({ ...ada, notes: "é".repeat(128) }))).toMatchObject({
    kind: "rejected",
    problem: { field: "notes", code: "NOT_KEPT" },
  });
  const { tool, world } = tried;
  const partners = connectionTo("mailchimp", tool.base_url, {
    settings: { audience_id: "a6b5da1054", members_columns: "first_name = FIRST; company_name = COMPANY; phone = PHONE" }, // prettier-ignore
  });
  const sent = async (fields: Fields) => world.tools.target(partners, "members").send({ id: "r1", writes: [create({ email: "bob@example.com", first_name: "Bob", ...fields })] }, never); // prettier-ignore
  expect(await sent({})).toMatchObject({
    outcomes: [{ problem: { message: "Please enter a value", code: "Invalid Resource" } }],
  });
  expect(await sent({ phone: "+442079460958" })).toMatchObject({
    outcomes: [{ problem: { class: "invalid" } }],
  });
});

test("columns an audience usually lacks are left out unless they are named", async () => {
  await using tried = await empty();
  const { tool, world } = tried;
  const usual = connectionTo("mailchimp", tool.base_url, { settings: { audience_id: tool.settings["audience_id"] ?? "" } }); // prettier-ignore
  const target = world.tools.target(usual, "members");
  expect(target.holds.has("company_name")).toBe(false);
  expect(target.holds.has("first_name")).toBe(true);
});

test("an audience that is not there is named in a sentence", async () => {
  await using tried = await empty();
  const { tool, world } = tried;
  const gone = connectionTo("mailchimp", tool.base_url, { settings: { audience_id: "nowhere" } });
  expect(await world.tools.check(gone, never)).toEqual({
    ok: false,
    problem:
      "Mailchimp: There is no such audience or no such member. Reconnect mailchimp with a credential of the right account. If Audience (audience_id) “nowhere” is not right, correct it.",
  });
});
