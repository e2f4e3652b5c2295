import { expect, test } from "vitest";
import { activecampaign } from "./activecampaign-client.ts";

const person = { contact: { email: "ada@example.com" } };
const deal = {
  title: "Shop",
  value: 45_600,
  currency: "usd",
  contact: "1",
  group: "1",
  owner: "1",
};

test("a deal's value is whole cents: numbers when written, texts when read", async () => {
  await using account = await activecampaign({ seed: 0 });
  await account.send("POST", "/contacts", person);
  const created = await account.send("POST", "/deals", { deal: { ...deal, fields: [{ customFieldId: 1, fieldValue: "2026-12-24" }] } }); // prettier-ignore
  expect(created).toMatchObject({
    status: 201,
    body: {
      deal: { id: "1", value: 45_600, status: 0, stage: "1", fields: [{ customFieldId: 1, fieldValue: "2026-12-24", dealId: "1" }] }, // prettier-ignore
      contacts: [{ email: "ada@example.com" }],
    },
  });
  const read = await account.get("/deals/1");
  expect(read.body).toMatchObject({ deal: { value: "45600", status: "0", percent: null, account: null, isDisabled: false } }); // prettier-ignore
  const list = await account.get("/deals?include=dealCustomFieldData");
  expect(list.body).toMatchObject({
    dealCustomFieldData: [{ dealId: "1", customFieldId: "1", fieldValue: "2026-12-24" }],
    meta: { total: 1, currencies: { USD: { total: "1", value: "45600" } } },
  });
  const won = await account.send("PUT", "/deals/1", { deal: { status: 1, stage: "3" } });
  expect(won).toMatchObject({ status: 200, body: { deal: { status: 1, stage: "3", value: 45_600 } } }); // prettier-ignore
  expect((await account.send("DELETE", "/deals/1")).status).toBe(200);
  expect((await account.get("/deals/1")).body).toEqual({ message: "No Result found for Deal with id 1" }); // prettier-ignore
});

test("a deal belongs to somebody, has a stage of its pipeline, and cents that are a whole number", async () => {
  await using account = await activecampaign({ seed: 0 });
  await account.send("POST", "/contacts", person);
  const post = async (more: object, left: object = deal) => {
    const { status, body } = await account.send("POST", "/deals", { deal: { ...left, ...more } });
    const [error] = (body as { errors?: { code: string; source: { pointer: string } }[] }).errors ?? []; // prettier-ignore
    return [status, error?.code, error?.source.pointer.split("/").at(-1)];
  };
  const { contact: _c, ...nobody } = deal;
  const { group: _g, ...nowhere } = deal;
  expect(await post({}, nobody)).toEqual([422, "field_missing", "contact"]);
  expect(await post({}, nowhere)).toEqual([422, "field_missing", "group"]);
  expect(await post({ contact: "9" })).toEqual([404, "related_missing", "contact"]);
  expect(await post({ stage: "5" })).toEqual([422, "field_invalid", "stage"]);
  expect(await post({ group: "9" })).toEqual([404, "related_missing", "group"]);
  expect(await post({ value: 456.78 })).toEqual([422, "field_invalid", "value"]);
  expect(await post({ value: "45600" })).toEqual([422, "field_invalid", "value"]);
  expect(await post({ value: -1 })).toEqual([422, "field_invalid", "value"]);
  expect(await post({ currency: "USD" })).toEqual([422, "field_invalid", "currency"]);
  expect(await post({ owner: "77" })).toEqual([404, "related_missing", "owner"]);
  expect(await post({ status: 3 })).toEqual([422, "field_invalid", "status"]);
  expect(await post({ title: "" })).toEqual([422, "field_missing", "title"]);
  expect(account.stats().objects["deals"]).toBe(0);
});

test("deals are found by status and by the day they changed, that day included", async () => {
  await using account = await activecampaign({ seed: 20 });
  const found = async (query: string) => ((await account.get(`/deals?limit=100&${query}`)).body as { deals: { id: string; mdate: string; value: string }[] }).deals; // prettier-ignore
  const [one] = await found("");
  const day = one?.mdate.slice(0, 10) ?? "";
  expect((await found(`filters[updated_before]=${day}`)).some(({ id }) => id === one?.id)).toBe(false); // prettier-ignore
  expect((await found(`filters[updated_after]=${day}`)).some(({ id }) => id === one?.id)).toBe(true); // prettier-ignore
  expect(await found("filters[status]=1")).not.toHaveLength(0);
  const values = (await found("orders[value]=DESC")).map(({ value }) => Number(value));
  expect(values).toEqual(values.toSorted((a, b) => b - a));
  expect((await account.get("/dealStages")).body).toMatchObject({ dealStages: expect.arrayContaining([expect.objectContaining({ id: "5", group: "2" })]) as unknown }); // prettier-ignore
});

test("accounts are companies: a name once, fields by number, found by name and in no other way", async () => {
  await using account = await activecampaign({ seed: 0 });
  const quay = { name: "Quay Books", accountUrl: "https://quay.example", fields: [{ customFieldId: 4, fieldValue: "Cork" }, { customFieldId: 9, fieldValue: "1234", fieldCurrency: "gbp" }] }; // prettier-ignore
  const created = await account.send("POST", "/accounts", { account: quay });
  expect(created).toMatchObject({ status: 201, body: { account: { id: "1", name: "Quay Books", links: [], fields: [{ customFieldId: 4, fieldValue: "Cork", accountId: "1" }, { fieldCurrency: "GBP" }] } } }); // prettier-ignore
  const twice = await account.send("POST", "/accounts", { account: { name: "QUAY BOOKS" } });
  expect(twice).toMatchObject({ status: 422, body: { errors: [{ title: 'An account named "QUAY BOOKS" already exists. Please choose a new name.', code: "duplicate" }] } }); // prettier-ignore
  const none = await account.send("POST", "/accounts", { account: {} });
  expect(none).toMatchObject({ status: 422, body: { errors: [{ title: "The account name was not provided.", code: "field_missing" }] } }); // prettier-ignore
  await account.send("POST", "/accounts", { account: { name: "Harbour" } });
  const listed = await account.get("/accounts?search=quay&include=accountCustomFieldData");
  expect(listed.body).toMatchObject({ accounts: [{ id: "1", contactCount: "0" }], meta: { total: "1" }, accountCustomFieldData: [{ accountId: "1", fieldValue: "Cork" }, {}] }); // prettier-ignore
  const changed = await account.send("PUT", "/accounts/1", { account: { fields: [{ customFieldId: 4, fieldValue: "Galway" }] } }); // prettier-ignore
  expect(changed.body).toMatchObject({ account: { name: "Quay Books", fields: [{ fieldValue: "Galway" }, {}] } }); // prettier-ignore
});

test("a contact works for one account at most", async () => {
  await using account = await activecampaign({ seed: 0 });
  await account.send("POST", "/contacts", person);
  for (const name of ["Quay", "Harbour"]) await account.send("POST", "/accounts", { account: { name } }); // prettier-ignore
  const join = (more: object) => account.send("POST", "/accountContacts", { accountContact: more });
  const joined = await join({ contact: "1", account: "1", jobTitle: "Owner" });
  expect(joined).toMatchObject({ status: 201, body: { accountContact: { id: "1", account: 1, contact: 1, jobTitle: "Owner" } } }); // prettier-ignore
  const again = await join({ contact: 1, account: 2 });
  expect(again).toMatchObject({ status: 422, body: { errors: [{ code: "field_invalid", source: { pointer: "/data/attributes/account,contact" } }] } }); // prettier-ignore
  expect((await join({ contact: 1 })).body).toMatchObject({ errors: [{ title: "The account attribute was not provided" }] }); // prettier-ignore
  const counts = await account.get("/accounts?count_deals=true&search=quay");
  expect(counts.body).toMatchObject({ accounts: [{ contactCount: "1", dealCount: "0" }] });
  const found = await account.get("/accountContacts?filters[account]=1");
  expect(found.body).toMatchObject({ accountContacts: [{ account: "1", contact: "1" }] });
  await account.send("DELETE", "/accountContacts/1");
  expect((await join({ contact: "1", account: "2" })).status).toBe(201);
  expect((await account.get("/accountContacts/1")).body).toEqual({ message: "No Result found for CustomerAccountSubscriber with id 1" }); // prettier-ignore
});
