import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { client, firstError, freshbooks, invoice, resultOf } from "./freshbooks-call.ts";

test("it begins with clients, invoices and projects, some of them flawed", async () => {
  await using books = await freshbooks();
  expect(books.stats()).toMatchObject({
    objects: { clients: 60, invoices: 60, projects: 40 },
    creates: 0,
    duplicates: 1,
  });
  await using clean = await freshbooks({ flaws: false, seed: 12 });
  expect(clean.stats()).toMatchObject({
    objects: { clients: 12, invoices: 12, projects: 8 },
    active: 12,
    duplicates: 0,
  });
});

test("more are made up on demand, of each object", async () => {
  await using books = await freshbooks({ seed: 2 });
  for (const [object, sum] of [
    ["clients", 5],
    ["invoices", 5],
    ["projects", 8],
  ] as const) {
    // prettier-ignore
    expect((await books.control("/_seed", { [object]: 3 })).body).toEqual({ records: sum });
  }
  expect((await books.control("/_seed", { payments: 3 })).status).toBe(400);
  await using flawed = await freshbooks();
  const { body } = await flawed.control("/_seed", { clients: 100 });
  const listed = resultOf<{ total: number }>(await flawed.get("users/clients"));
  expect(body).toEqual({ records: listed.total });
});

test("a page for each object, and what FreshBooks refuses is said beside the form", async () => {
  await using books = await freshbooks({ seed: 3 });
  const page = async (path: string) => (await fetch(books.base_url + path)).text();
  expect(await page("/")).toContain("FreshBooks <small>simulated</small>");
  expect(await page("/_objects/invoices")).toContain("3 of 3 invoices");
  expect(await page("/_objects/projects")).toContain("5 of 5 projects");
  const { id } = client(await books.post("users/clients", { client: { fname: "Ann" } }));
  const save = (fields: Record<string, string>) =>
    fetch(`${books.base_url}/_record/clients/${String(id)}`, {
      method: "POST",
      body: new URLSearchParams(fields),
      redirect: "manual",
    });
  expect((await save({ fname: "Anna", p_city: "Leeds" })).status).toBe(303);
  expect(client(await books.get(`users/clients/${String(id)}`))).toMatchObject({ fname: "Anna", p_city: "Leeds" }); // prettier-ignore
  expect(await (await save({ fname: "" })).text()).toContain("FreshBooks says: At least one field");
});

test("a person edits projects and invoices too, and may delete a project", async () => {
  await using books = await freshbooks({ seed: 1, flaws: false });
  const edit = (body: object) => books.control("/_edit", body);
  const { id } = (await edit({ object: "projects", set: { title: "Attic" } })).body as { id: number }; // prettier-ignore
  expect((await edit({ object: "projects", id, set: { deleted: true } })).status).toBe(200);
  expect((await edit({ object: "projects", id, set: { title: "B" } })).status).toBe(404);
  const made = await edit({ object: "invoices", id: 217501, set: { notes: "Seen" } });
  expect(made.body).toMatchObject({ notes: "Seen" });
  expect((await edit({ object: "payments", set: {} })).status).toBe(400);
});

test("after a second start everything is still there, and numbers go on", async () => {
  const folder = await mkdtemp(join(tmpdir(), "tieline-freshbooks-"));
  try {
    let refresh = "";
    {
      await using first = await freshbooks({ folder, seed: 3 });
      await first.post("users/clients", { client: { organization: "Kept" } });
      refresh = first.oauth?.refresh_token ?? "";
    }
    await using second = await freshbooks({ folder, seed: 3 });
    expect(second.oauth?.refresh_token).toBe(refresh);
    expect(second.stats()).toMatchObject({ objects: { clients: 4, invoices: 3 }, creates: 0 });
    const next = client(await second.post("users/clients", { client: { organization: "Next" } }));
    expect(next["id"]).toBe(218_105);
    const bill = { customerid: next["id"], create_date: "2026-11-01" };
    expect(invoice(await second.post("invoices/invoices", { invoice: bill }))["invoice_number"]).toBe("0000004"); // prettier-ignore
    const taken = { ...bill, invoice_number: "0000002" };
    expect(firstError(await second.post("invoices/invoices", { invoice: taken }))[1]).toBe(1004);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("faults are worded as FreshBooks words things", async () => {
  await using books = await freshbooks({ seed: 1 });
  await books.control("/_config", {
    faults: [
      { kind: "too_many_requests", retry_after: 3 },
      { kind: "expired_token" },
      { kind: "server_error", when: "after", method: "POST" },
    ],
  });
  const limited = await books.get("users/clients");
  expect([limited.status, limited.headers.get("retry-after")]).toEqual([429, "3"]);
  expect((await books.get("users/clients")).body).toMatchObject({ error: "unauthenticated" });
  const lost = await books.post("users/clients", { client: { fname: "Ann" } });
  expect([lost.status, books.stats().creates]).toEqual([500, 1]);
  expect((await books.call("GET", "/accounting/nothing")).body).toMatchObject({ error_type: "not_found" }); // prettier-ignore
});
