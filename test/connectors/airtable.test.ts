import { expect, test } from "vitest";
import { MappingBroken } from "#domain/errors.ts";
import type { Fields } from "#domain/fields.ts";
import { connectionName, flowName } from "#domain/ids.ts";
import type { Write } from "#domain/record.ts";
import { tryTool, type Tried } from "./acceptance/tool.ts";
import { connectionTo, never } from "./world.ts";

const create = (key: string, fields: Fields): Write => ({ kind: "create", key, hash: "h", fields });
const update = (id: string, fields: Fields): Write => ({ kind: "update", key: "k", hash: "h", id, version: null, fields }); // prettier-ignore
const empty = () => tryTool("airtable", { seed: 0, flaws: false });

const origin = { connection: connectionName("crm"), flow: flowName("accepted"), content: null };

/** The same base, with other settings. */
const asCalled = ({ tool, world }: Tried, settings: Record<string, string>) => {
  const connection = connectionTo("airtable", tool.base_url, {
    settings: { ...tool.settings, ...settings },
  });
  return {
    check: () => world.tools.check(connection, never),
    target: (object: string) => world.tools.target(connection, object, origin),
    async read(object: string) {
      const fields: Fields[] = [];
      for await (const { records } of world.tools
        .source(connection, object)
        .pages(null, { gone: false, signal: never }))
        // prettier-ignore
        for (const { content } of records) if (content.kind === "live") fields.push(content.fields);
      return fields;
    },
  };
};

async function idOf(tried: Tried, object: string, write: Write): Promise<string> {
  const sent = await tried.target(object).send({ id: "r1", writes: [write] }, never);
  const [outcome] = sent.kind === "each" ? sent.outcomes : [];
  if (outcome?.kind !== "accepted") throw new Error(JSON.stringify(sent));
  return outcome.id;
}

const raw = async ({ tool }: Tried, table: string): Promise<{ id: string; fields: Record<string, unknown> }[]> => {
  const { base_url, settings, credential } = tool;
  const answer = await fetch(`${base_url}/v0/${settings["base_id"] ?? ""}/${table}`, {
    headers: { authorization: `Bearer ${credential["token"] ?? ""}` },
  });
  return ((await answer.json()) as { records: { id: string; fields: Record<string, unknown> }[] }).records;
}; // prettier-ignore

test("a create whose answer was lost is sent again and makes no second row", async () => {
  await using tried = await empty();
  const request = {
    id: "r1",
    writes: [create("7", { name: "Ada" }), create("8", { name: "Bob" })],
  };
  await tried.control("/_config", { faults: [{ kind: "reset", when: "after", method: "PATCH" }] });
  expect(await tried.target("customers").send(request, never)).toMatchObject({ kind: "unknown" });
  expect(await tried.target("customers").send(request, never)).toMatchObject({
    kind: "each",
    outcomes: [{ kind: "accepted" }, { kind: "accepted" }],
  });
  const rows = await raw(tried, "Customers");
  expect(rows.map(({ fields }) => fields["External Id"]).sort()).toEqual([
    "accepted/7",
    "accepted/8",
  ]);
});

test("a batch is all or nothing, and is told as such", async () => {
  await using tried = await empty();
  const writes = [create("1", { name: "Ada" }), create("2", { name: "Bob", currency: "CHF" })];
  expect(await tried.target("customers").send({ id: "r1", writes }, never)).toMatchObject({
    kind: "refused",
    problem: { code: "INVALID_MULTIPLE_CHOICE_OPTIONS" },
  });
  expect(await raw(tried, "Customers")).toEqual([]);
});

test("a cell that somebody empties is empty, and emptying it here empties it there", async () => {
  await using tried = await empty();
  const company = await idOf(tried, "companies", create("c", { name: "Acme" }));
  const id = await idOf(tried, "customers", create("1", { name: "Ada", notes: "Hi", company }));
  await tried.control("/_edit", { object: "customers", id, set: { Notes: "" } });
  const [read] = await tried.target("customers").read([id], never);
  expect(read?.fields).toMatchObject({ name: "Ada", notes: null, company });
  await idOf(tried, "customers", update(id, { name: null, company: null }));
  expect((await raw(tried, "Customers"))[0]?.fields).not.toHaveProperty("Company");
});

test("of several links the first is ours, and is written only where it changes", async () => {
  await using tried = await empty();
  const [one, other] = [
    await idOf(tried, "companies", create("1", { name: "Acme" })),
    await idOf(tried, "companies", create("2", { name: "Beta" })),
  ];
  const id = await idOf(tried, "customers", create("3", { name: "Ada", company: one }));
  await tried.control("/_edit", { object: "customers", id, set: { Company: [one, other] } });
  const target = tried.target("customers");
  expect((await target.read([id], never))[0]?.fields["company"]).toBe(one);
  expect(target.coarse.has("company")).toBe(true);
});

test("a missing row is missing, a missing link is the record's", async () => {
  await using tried = await empty();
  const [gone, id] = [
    await idOf(tried, "companies", create("1", { name: "Acme" })),
    await idOf(tried, "customers", create("2", { name: "Ada" })),
  ];
  await tried.target("companies").send({ id: "r2", writes: [{ kind: "archive", key: "1", id: gone, version: null }] }, never); // prettier-ignore
  const send = async (object: string, write: Write) => tried.target(object).send({ id: "r3", writes: [write] }, never); // prettier-ignore
  expect(await send("companies", update(gone, { name: "Acme" }))).toMatchObject({ outcomes: [{ kind: "missing" }] }); // prettier-ignore
  expect(await send("customers", update(id, { company: gone }))).toMatchObject({
    outcomes: [{ kind: "rejected", problem: { class: "missing_reference" } }],
  });
});

test("rows are found whatever the size of letters, and quotes stay within their text", async () => {
  await using tried = await empty();
  const names = ["Ada", 'Bob "B" Backslash\\', "x', TRUE(), '"];
  const writes = names.map((name, n) => create(String(n), { name, email: `Person${String(n)}@Example.com` })); // prettier-ignore
  await tried.target("customers").send({ id: "r1", writes }, never);
  const found = await tried.target("customers").find("name", [...names, '")', "ADA "], never);
  expect(found.map((records) => records.length)).toEqual([1, 1, 1, 0, 1]);
  const byEmail = await tried.target("customers").find("email", ["person1@example.com"], never);
  expect(byEmail[0]?.map(({ fields }) => fields["name"])).toEqual([names[1]]);
});

test("lines stand in a text, and a text that holds none is told", async () => {
  await using tried = await empty();
  const lines = [{ description: 'A "thing"', quantity: "2", unit_price: "12.5", amount: "25" }];
  const id = await idOf(tried, "invoices", create("1", { number: "INV-1", lines, total: "25" }));
  const [row] = await raw(tried, "Invoices");
  expect(JSON.parse(String(row?.fields["Lines"]))).toEqual([
    { description: 'A "thing"', quantity: 2, unit_price: 12.5, amount: 25 },
  ]);
  await tried.control("/_edit", { object: "invoices", id, set: { Lines: "see the sheet" } });
  const { records } = await tried.readAll("invoices");
  expect(records[0]?.content).toMatchObject({ problems: [{ field: "lines", code: "BAD_ROWS" }] });
});

test("an amount that a double would round is refused before it is sent", async () => {
  await using tried = await empty();
  const deal = create("1", { title: "Big", amount: "12345678901234567.89" });
  expect(await tried.target("deals").send({ id: "r1", writes: [deal] }, never)).toMatchObject({
    outcomes: [{ kind: "rejected", problem: { field: "amount", code: "BAD_NUMBER" } }],
  });
});

test("columns have the names a team gives them, and one that is not there is named", async () => {
  await using tried = await empty();
  await tried.control("/_config", { rename_field: { table: "Customers", from: "Email", to: "E-mail (work)" } }); // prettier-ignore
  await expect(asCalled(tried, {}).read("customers")).rejects.toThrow(MappingBroken);
  await expect(asCalled(tried, {}).read("customers")).rejects.toThrow(
    'Unknown field name: "Email"',
  );
  const own = asCalled(tried, { customers_columns: "name = Name\nemail = E-mail (work)\n* =" });
  await own.target("customers").send({ id: "r1", writes: [create("1", { name: "Ada", email: "ada@example.com", phone: "+33170189900" })] }, never); // prettier-ignore
  expect(await own.read("customers")).toEqual([{ name: "Ada", email: "ada@example.com" }]);
  const [found] = await own.target("customers").find("email", ["ADA@example.com"], never);
  expect(found).toHaveLength(1);
  const refused = await own.target("customers").send({ id: "r2", writes: [create("2", { email: "x".repeat(60) + "@example.com", name: "x".repeat(100_001) })] }, never); // prettier-ignore
  expect(refused).toMatchObject({ outcomes: [{ problem: { field: "name" } }] });
});

test("a base without some of the tables can be connected, one without any cannot", async () => {
  await using tried = await empty();
  const lacks = Object.fromEntries(["deals", "files"].map((name) => [`${name}_table`, "Nowhere"]));
  const some = await asCalled(tried, lacks).check();
  expect(some.ok && some.can).not.toContain("read and write deals");
  expect(some.ok && some.can).toContain("read and write customers");
  expect(await asCalled(tried, { base_id: "appNobody" }).check()).toMatchObject({
    ok: false,
    problem: expect.stringContaining("model was not found") as string,
  });
});
