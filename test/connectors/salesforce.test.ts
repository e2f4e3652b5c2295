import { expect, test } from "vitest";
import { MappingBroken, NotPermitted } from "#domain/errors.ts";
import { tryTool } from "./acceptance/tool.ts";
import { never } from "./world.ts";

test("who is deleted is seen, and who is merged leads to the one that stayed", async () => {
  await using tried = await tryTool("salesforce", { seed: 5 });
  const { records, checkpoint } = await tried.readAll("contacts");
  const [deleted = "", loser = "", winner = ""] = records.map(({ id }) => id);
  const edit = (id: string, set: object) => tried.control("/_edit", { id, object: "Contact", set });
  await edit(deleted, { IsDeleted: true });
  await edit(loser, { MasterRecordId: winner });

  const gone = [
    { id: deleted, content: { kind: "gone" } },
    { id: loser, content: { kind: "gone", into: winner } },
  ];
  for (const { records: read } of [
    await tried.readAll("contacts", checkpoint, true),
    await tried.readAll("contacts", null, true),
  ]) {
    const found = new Map(read.map(({ id, content }) => [id, content]));
    for (const { id, content } of gone) expect(found.get(id)).toEqual(content);
  }
  const target = tried.target("contacts");
  expect((await target.read([deleted, winner], never)).map(({ id }) => id)).toEqual([winner]);
});

test("a place in a query that is forgotten is begun anew", async () => {
  await using tried = await tryTool("salesforce", { seed: 250 });
  await tried.control("/_config", { page_rows: 100 });
  const pages = tried.source("contacts").pages(null, { gone: false, signal: never });
  const ids = new Set<string>();
  let first = true;
  for await (const page of pages) {
    for (const { id } of page.records) ids.add(id);
    if (first) await tried.control("/_config", { cursor_ms: 1 });
    if (first) await new Promise((resolve) => setTimeout(resolve, 5));
    if (first) await tried.control("/_config", { cursor_ms: 60_000 });
    first = false;
  }
  expect(ids.size).toBe(250);
});

test("a duplicate rule's refusal and a reference to nobody are the record's own", async () => {
  await using tried = await tryTool("salesforce", { seed: 5 });
  const target = tried.target("contacts");
  let key = 0;
  const write = (fields: Record<string, string>) => ({ kind: "create" as const, key: String(key++), hash: "h", fields }); // prettier-ignore
  const one = { email: "ada@quay.example", first_name: "Ada", last_name: "Quay" };
  const sent = await target.send(
    { id: "r", writes: [write(one), write(one), write({ last_name: "X", company: "001J80000000000IAA" })] }, // prettier-ignore
    never,
  );
  expect(sent).toMatchObject({
    kind: "each",
    outcomes: [
      { kind: "accepted" },
      { kind: "rejected", problem: { class: "conflict", code: "DUPLICATES_DETECTED" } },
      { kind: "rejected", problem: { class: "missing_reference", field: "company" } },
    ],
  });
  const missing = { kind: "update" as const, key: "k", hash: "h", id: "003J80000000000IAA", version: null, fields: { last_name: "Y" } }; // prettier-ignore
  expect(await target.send({ id: "s", writes: [missing] }, never)).toMatchObject({
    outcomes: [{ kind: "missing" }],
  });
});

test("a field that is hidden, and an edition without the interface, are told as what they are", async () => {
  await using tried = await tryTool("salesforce", { seed: 5 });
  await tried.control("/_config", { hidden_fields: ["Contact.Phone"] });
  await expect(tried.readAll("contacts")).rejects.toThrow(MappingBroken);
  await tried.control("/_config", { hidden_fields: [], api: false });
  await expect(tried.readAll("contacts")).rejects.toThrow(NotPermitted);
});
