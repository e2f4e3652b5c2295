import { expect, test } from "vitest";
import type { Sent } from "#domain/record.ts";
import { connectionName, flowName } from "#domain/ids.ts";
import { tryTool } from "./acceptance/tool.ts";
import { complaints, dealsManifest } from "./small-manifest.ts";
import { never } from "./world.ts";

const origin = { connection: connectionName("shop"), flow: flowName("people"), content: null };
const create = (key: string, fields: Record<string, string>) => ({ kind: "create" as const, key, hash: "h", fields }); // prettier-ignore
const outcomesOf = (sent: Sent) => (sent.kind === "each" ? sent.outcomes : []);
const kinds = (sent: Sent) => (sent.kind === "each" ? sent.outcomes.map(({ kind }) => kind) : sent);
const idIn = (sent: Sent) => {
  const [one] = outcomesOf(sent);
  return one?.kind === "accepted" ? one.id : null;
};

test("where Salesforce has a field for it, a create that is sent again finds what it made", async () => {
  await using tried = await tryTool("salesforce", { seed: 5, flaws: false });
  const target = tried.world.tools.target(tried.connection, "contacts", origin);
  expect(target.repeat).toBe("upsert");
  const before = tried.tool.stats();
  // Two people of one name and no address: nothing but the field tells them apart.
  const writes = [create("7", { last_name: "Quay" }), create("8", { last_name: "Quay" })];
  const first = await target.send({ id: "a", writes }, never);
  const second = await target.send({ id: "a", writes }, never);
  expect(kinds(second)).toEqual(["accepted", "accepted"]);
  expect(first).toEqual({ kind: "each", outcomes: outcomesOf(second).map((one) => ({ ...one, made: true })) }); // prettier-ignore
  expect(tried.tool.stats().creates - before.creates).toBe(2);
  const other = await target.send({ id: "b", writes: [create("7", { last_name: "Pier" })] }, never);
  expect(idIn(other)).toBe(idIn(first));
  const [read] = await target.read([idIn(first) ?? ""], never);
  expect(read?.fields).toMatchObject({ last_name: "Pier" });
});

test("without one, it is looked for", async () => {
  await using tried = await tryTool("salesforce", { seed: 5, flaws: false });
  const { contact_external_id: _none, ...settings } = tried.connection.settings;
  const target = tried.world.tools.target({ ...tried.connection, settings }, "contacts", origin);
  expect(target.repeat).toBe("lookup");
  const writes = [create("7", { last_name: "Quay" })];
  const first = await target.send({ id: "a", writes }, never);
  expect(idIn(await target.send({ id: "a", writes }, never))).not.toBe(idIn(first));
});

test("a field that is not there is told in Salesforce's words", async () => {
  await using tried = await tryTool("salesforce", { seed: 5, flaws: false });
  const settings = { ...tried.connection.settings, contact_external_id: "Email" };
  const target = tried.world.tools.target({ ...tried.connection, settings }, "contacts", origin);
  const sent = await target.send({ id: "a", writes: [create("7", { last_name: "Quay" })] }, never);
  expect(JSON.stringify(sent)).toContain(
    "Email is not an External ID or indexed field for Contact",
  );
});

const small = dealsManifest(
  `
    fields: { title: name }
    list: { get: /deals, records: deals }
    read: { get: "/deals/{id}", ids: 1, records: deal }
    write:
      batch: 1
      repeat: lookup
      calls:
        - { put: "/deals/by/{known_as}", upserts_by: known_as, body: "{item}", create: { name: "{fields.name}", "{known_as}": "{key}" }, results: {} }
        - { post: /deals, body: "{item}", create: { name: "{fields.name}" }, results: {} }
`,
  "settings: { known_as: { label: Field, about: Of your own, optional: true } }",
);

test.each([
  ["{known_as}\", upserts_by", "x\", upserts_by", "The tool is never told by which field: put {known_as} into the request"], // prettier-ignore
  ["upserts_by: known_as", "upserts_by: known", "The optional setting known is not known; accepted: known_as"], // prettier-ignore
  ["        - { post: /deals, body: \"{item}\", create: { name: \"{fields.name}\" }, results: {} }\n", "", "A connection without that field needs a later call that takes create"], // prettier-ignore
  ["repeat: lookup", "repeat: upsert", "repeat: upsert says that every connection upserts; without upserts_by, or with another repeat"], // prettier-ignore
  ["create: { name: \"{fields.name}\", \"{known_as}\": \"{key}\" }", "update: { id: \"{id}\" }", "A call with upserts_by takes create, and nothing else"], // prettier-ignore
  ["\"{known_as}\": \"{key}\"", "\"{knwn_as}\": \"{key}\"", "The placeholder knwn_as is not known"], // prettier-ignore
])("the linter sees what is wrong with it: %s", (from, to, said) => {
  expect(complaints(small)).toEqual([]);
  const broken = small.replace(from, to);
  expect(broken).not.toBe(small);
  expect(complaints(broken).join("\n")).toContain(said);
});
