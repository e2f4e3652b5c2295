import { expect, test } from "vitest";
import type { Write } from "#domain/record.ts";
import { tryTool, type Tried } from "./acceptance/tool.ts";
import { never } from "./world.ts";

const send = async (tried: Tried, write: Write) => {
  const sent = await tried.target("contacts").send({ id: "r", writes: [write] }, never);
  return sent.kind === "each" ? sent.outcomes[0] : undefined;
};
const create = (fields: Record<string, string>): Write => ({ kind: "create", key: "k", hash: "h", fields }); // prettier-ignore
const subscriptionOf = async (tried: Tried, email: string) => {
  const [found = []] = await tried.target("contacts").find("email", [email], never);
  return found[0]?.fields["subscription"];
};

test("who has unsubscribed stays so, and who was never asked is put on no list", async () => {
  await using tried = await tryTool("activecampaign", { seed: 0 });
  const email = "ada@quay.example";
  await send(tried, create({ email, subscription: "never_asked" }));
  expect(await subscriptionOf(tried, email)).toBe("never_asked");
  await send(tried, create({ email, subscription: "subscribed" }));
  expect(await subscriptionOf(tried, email)).toBe("subscribed");
  await tried.control("/_edit", { id: null, object: "contactLists", set: { contact: email, list: "1", status: 2 } }); // prettier-ignore
  expect(await subscriptionOf(tried, email)).toBe("unsubscribed");
  await send(tried, create({ email, subscription: "subscribed" }));
  expect(await subscriptionOf(tried, email)).toBe("unsubscribed");
  // Being on another list says nothing of this one.
  await send(tried, create({ email: "bea@quay.example" }));
  await tried.control("/_edit", { id: null, object: "contactLists", set: { contact: "bea@quay.example", list: "2", status: 1 } }); // prettier-ignore
  expect(await subscriptionOf(tried, "bea@quay.example")).toBe("never_asked");
});

test("somebody works for one account: the same again is fine, another is refused and said", async () => {
  await using tried = await tryTool("activecampaign", { seed: 0 });
  const accounts = tried.target("accounts");
  const sent = await Promise.all(["Quay", "Dock"].map((name) => accounts.send({ id: name, writes: [create({ name })] }, never))); // prettier-ignore
  const [quay = "", dock = ""] = sent.flatMap((one) => one.kind === "each" && one.outcomes[0]?.kind === "accepted" ? [one.outcomes[0].id] : []); // prettier-ignore
  const contact = { email: "ada@quay.example", company: quay };
  const first = await send(tried, create(contact));
  expect(await send(tried, create(contact))).toEqual(first);
  const id = first?.kind === "accepted" ? first.id : "";
  expect(
    await send(tried, { kind: "update", key: "k", hash: "h", id, version: null, fields: { company: dock } }), // prettier-ignore
  ).toMatchObject({
    kind: "rejected",
    problem: { field: "company", message: expect.stringContaining("already associated") as string },
  });
});

test("custom fields come with a page of contacts, and only what is written of them changes", async () => {
  await using tried = await tryTool("activecampaign", { seed: 120 });
  const { records } = await tried.readAll("contacts");
  const cities = records.filter(({ content }) => content.kind === "live" && content.fields["address.city"]); // prettier-ignore
  expect(cities.length).toBeGreaterThan(60);
  // Two pages and the empty one at the end; nothing is asked for one by one.
  expect(tried.tool.stats().requests).toEqual({ "GET /api/3/contacts": 3 });

  const id = cities[0]?.id ?? "";
  const [before] = await tried.target("contacts").read([id], never);
  await send(tried, { kind: "update", key: "k", hash: "h", id, version: null, fields: { website: "https://new.example", "address.city": null } }); // prettier-ignore
  const [after] = await tried.target("contacts").read([id], never);
  expect(after?.fields).toEqual({
    ...before?.fields,
    website: "https://new.example",
    "address.city": null,
  });
});
