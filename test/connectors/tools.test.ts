import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadManifests } from "#connectors/manifest/load.ts";
import { startHubspot } from "#sandbox/tools/hubspot/hubspot.ts";
import { startQuickbooks } from "#sandbox/tools/quickbooks/quickbooks.ts";
import { asRead, type Page, type SourceRecord, type Write } from "#domain/record.ts";
import { connectionTo, folder, never, openWorld } from "./world.ts";

async function all(pages: AsyncIterable<Page>) {
  const records: SourceRecord[] = [];
  for await (const page of pages) records.push(...page.records.map(asRead));
  return records;
}

const create = (n: number, fields: Record<string, string>): Write => ({
  kind: "create",
  key: String(n),
  hash: "h",
  fields,
});

test("HubSpot contacts are read whole, then only what changed", async () => {
  await using tool = await startHubspot({ folder: null, seed: 250, limits: false });
  await using world = await openWorld(tool.credential);
  const source = world.tools.source(connectionTo("hubspot", tool.base_url), "contacts");
  expect(await source.estimate(null, never)).toBe(250);
  const records: SourceRecord[] = [];
  let checkpoint = null;
  for await (const page of source.pages(null, { gone: false, signal: never })) {
    records.push(...page.records.map(asRead));
    checkpoint = page.checkpoint;
  }
  expect(records).toHaveLength(250);
  expect(JSON.parse(Buffer.from(records[7]?.raw() ?? []).toString())).toMatchObject({ id: records[7]?.id }); // prettier-ignore
  // With the mark up to which what HubSpot told is in what was read.
  expect(checkpoint).toEqual({ read: { since: expect.any(String) as string }, told: 0 });
  expect(await all(source.pages(checkpoint, { gone: false, signal: never }))).toHaveLength(0);
});

test("QuickBooks customers are created in a batch, and refused one by one", async () => {
  await using tool = await startQuickbooks({ folder: null, limits: false });
  await using world = await openWorld(tool.credential);
  const books = connectionTo("quickbooks", tool.base_url, { settings: tool.settings });
  const target = world.tools.target(books, "customers");
  const sent = await target.send(
    {
      id: "request-1",
      writes: [
        create(1, { name: "Ada Lovelace", email: "ada@example.com", phone: "+33170189900" }),
        create(2, { name: "Ada Lovelace" }),
        create(3, { name: "x".repeat(501) }),
      ],
    },
    never,
  );
  expect(sent).toMatchObject({
    kind: "each",
    outcomes: [
      { kind: "accepted", version: "0" },
      { kind: "rejected", problem: { class: "conflict", field: "name", code: "6240" } },
      { kind: "rejected", problem: { class: "invalid", field: "name", code: "2050" } },
    ],
  });
  const found = await target.find("email", ["ADA@example.com", "nobody@example.com"], never);
  expect(found).toMatchObject([[{ fields: { name: "Ada Lovelace", phone: "+33170189900" } }], []]);
});

test("a look at a connection says whose it is and what it may do", async () => {
  await using tool = await startQuickbooks({ folder: null });
  await using world = await openWorld(tool.credential);
  const books = connectionTo("quickbooks", tool.base_url, { settings: tool.settings });
  expect(await world.tools.check(books, never)).toEqual({
    ok: true,
    account: "Simulated Trading Company",
    can: ["read and write customers", "read and write companies", "read and write invoices"],
    limits: expect.stringMatching(
      /^At most 500 in 60 s, \d+ in 1 s, 40 in 60 s for batch\.$/,
    ) as string,
    scopes: null,
    samples: [
      { object: "customers", title: "Alder & Finch Architects" },
      { object: "companies", title: "Alder & Finch Architects" },
      { object: "invoices", title: "1001" },
    ],
  });
});

test("a record can be opened in the tool itself", async () => {
  await using world = await openWorld({ token: "t" });
  const { link } = world.tools;
  const crm = connectionTo("hubspot", "http://127.0.0.1:1/", { settings: { portal: "7" } });
  expect(link(crm, "contacts", "5/1")).toBe("http://127.0.0.1:1/_record/contacts/5%2F1");
  expect(link({ ...crm, baseUrl: null }, "contacts", "5")).toBe(
    "https://app.hubspot.com/contacts/7/record/0-1/5",
  );
  expect(link({ ...crm, baseUrl: null, settings: {} }, "contacts", "5")).toBeNull();

  // Where each customer has an address of their own, the page is there.
  const at = { instance_url: "https://acme.my.salesforce.com/" };
  const org = { ...connectionTo("salesforce", "", { settings: at }), baseUrl: null };
  expect(link(org, "contacts", "003x")).toBe("https://acme.my.salesforce.com/003x");
  expect(link({ ...org, settings: {} }, "contacts", "003x")).toBeNull();
});

test("a manifest in a later folder takes the place of one of the same name", async () => {
  const own = await mkdtemp(join(tmpdir(), "manifests-"));
  const text = await readFile(join(folder, "hubspot.yaml"), "utf8");
  await writeFile(join(own, "mine.yaml"), text.replace("title: HubSpot", "title: Our HubSpot"));
  await writeFile(join(own, "broken.yml"), "connector: [");
  await writeFile(join(own, "huge.yaml"), `about: ${"x".repeat(3_000_000)}`);
  const { manifests, problems } = await loadManifests([folder, own]);
  const titles = manifests.map(({ title }) => title);
  expect(titles).toContain("Our HubSpot");
  expect(titles).toContain("QuickBooks");
  expect(titles).not.toContain("HubSpot");
  expect(problems).toMatchObject([
    { file: join(own, "broken.yml"), line: 1 },
    { file: join(own, "huge.yaml"), line: 1, message: expect.stringContaining("3000007 bytes") },
  ]);
  await rm(own, { recursive: true });
});

test("a missing setting or a wrong credential is told in a sentence", async () => {
  await using world = await openWorld({ token: "t" });
  const books = connectionTo("quickbooks", "http://127.0.0.1:1");
  expect(await world.tools.check(books, never)).toEqual({
    ok: false,
    problem:
      "The connection quickbooks has no realm_id (Company id), which QuickBooks needs. Signing in through the browser fills it in.",
  });
  const wrong = connectionTo("hubspot", "http://127.0.0.1:1", { credential: ["key"] });
  expect(await world.tools.check(wrong, never)).toEqual({
    ok: false,
    problem:
      "The credential of hubspot is not one HubSpot takes: token; or client_id, client_secret, refresh_token.",
  });
});
