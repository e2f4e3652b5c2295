import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { person } from "#sandbox/tools/people.ts";
import { hash, mailchimp, type MemberShown } from "./mailchimp-account.ts";

test("an account starts with the people that other tools know, some of whom have left", async () => {
  await using account = await mailchimp({ seed: 60, flaws: true });
  expect(account.stats()).toMatchObject({ creates: 0, objects: { members: 60, partners: 12 } });
  const { body } = await account.get<MemberShown>(`/members/${hash(person(0).email)}`);
  expect(body.merge_fields).toMatchObject({ FNAME: person(0).first, LNAME: person(0).last });
  const statuses = ["unsubscribed", "cleaned", "archived", "pending", "transactional"];
  const counts = await Promise.all(statuses.map((status) => account.get(`/members?status=${status}`))); // prettier-ignore
  expect(counts.map((reply) => reply.body.total_items)).toEqual([3, 2, 1, 1, 1]);
});

test("a clean account has none of that, and made-up members go on where they ended", async () => {
  await using account = await mailchimp({ seed: 60 });
  expect((await account.get("/members?status=subscribed")).body.total_items).toBe(60);
  expect((await account.control("/_seed", { members: 3 })).body).toEqual({ records: 63 });
  expect((await account.control("/_seed", { partners: 1 })).body).toEqual({ records: 13 });
  expect(await account.control("/_seed", { unicorns: 1 })).toMatchObject({ status: 400 });
});

test("it finds its members, what it forgot, and its batches again", async () => {
  const folder = await mkdtemp(join(tmpdir(), "tieline-mailchimp-"));
  try {
    const ada = { email_address: "ada@example.com", status: "subscribed" };
    const bea = { email_address: "bea@example.com", status: "subscribed", tags: ["VIP"] };
    const batch = await (async () => {
      await using first = await mailchimp({ folder, seed: 2 });
      await first.send("POST", "/members", ada);
      await first.send("POST", `/members/${hash(ada.email_address)}/actions/delete-permanent`);
      await first.send("POST", "/members", bea);
      const operations = [{ method: "DELETE", path: `/lists/${first.list}/members/${hash(bea.email_address)}` }]; // prettier-ignore
      return (await first.send<{ id: string }>("POST", "//batches", { operations })).body;
    })();
    await using second = await mailchimp({ folder, seed: 2 });
    expect((await second.send("POST", "/members", ada)).body).toMatchObject({ title: "Forgotten Email Not Subscribed" }); // prettier-ignore
    const { body } = await second.get<MemberShown>(`/members/${hash(bea.email_address)}`);
    expect(body).toMatchObject({ tags: [{ name: "VIP" }] });
    await second.control("/_config", { batch_ms: 0 });
    const there = await second.get(`//batches/${batch.id}`);
    expect(there.body).toMatchObject({ status: "finished", errored_operations: 0 });
    expect((await second.get("/members?status=archived")).body.total_items).toBe(1);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("people see the audiences, and what Mailchimp says against what they type", async () => {
  await using account = await mailchimp({ seed: 2 });
  const page = await (await fetch(account.base_url)).text();
  expect(page).toContain("Mailchimp <small>simulated</small>");
  expect(page).toContain("2 of 2 members");
  const { body } = await account.get("/members");
  const [{ contact_id = "", email_address = "" } = {}] = body.members;
  const submit = (fields: Record<string, string>) =>
    fetch(`${account.base_url}/_record/members/${contact_id}`, {
      method: "POST",
      body: new URLSearchParams({ email_address, status: "subscribed", ...fields }),
      redirect: "manual",
    });
  expect((await submit({ FNAME: "Zoë 🌸" })).status).toBe(303);
  expect((await account.get<MemberShown>(`/members/${contact_id}`)).body.merge_fields).toMatchObject({ FNAME: "Zoë 🌸" }); // prettier-ignore
  const refused = await (await submit({ LTV: "much" })).text();
  expect(refused).toContain("Mailchimp says: Your merge fields were invalid. LTV: Please enter a number"); // prettier-ignore
});
