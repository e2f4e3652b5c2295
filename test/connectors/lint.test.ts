import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { lintManifest } from "#connectors/manifest/lint.ts";
import { folder } from "./world.ts";

const hubspot = await readFile(join(folder, "hubspot.yaml"), "utf8");
const quickbooks = await readFile(join(folder, "quickbooks.yaml"), "utf8");

/** The problems after a change of the file: from the place in its line on, and what is said of it. */
function after(text: string, from: string | RegExp, to: string): string[] {
  const changed = text.replace(from, to);
  expect(changed).not.toBe(text);
  const lines = changed.split("\n");
  return lintManifest(changed, "x.yaml").map(
    ({ line, column, message }) => `${lines[line - 1]?.slice(column - 1) ?? ""}\n${message}`,
  );
}

test.each([
  ["hubspot", hubspot],
  ["quickbooks", quickbooks],
])("%s has no problems", (_name, text) => {
  expect(lintManifest(text, "x.yaml")).toEqual([]);
});

test.each<[string, () => string[]]>([
  ["an unknown name", () => after(hubspot, "deletes:", "delets:")],
  ["a missing name", () => after(hubspot, "    id: id\n", "")],
  ["an unknown kind of paging", () => after(hubspot, "kind: cursor", "kind: kursor")],
  ["an unknown meaning", () => after(hubspot, "is: quota_spent", "is: quota_spend")],
  ["an unknown field", () => after(hubspot, "first_name:", "firstname:")],
  ["an unknown codec", () => after(hubspot, "| phone", "| fone")],
  ["a codec that does not fit", () => after(hubspot, "| phone", "| boolean")],
  ["a codec's brackets", () => after(hubspot, "country(name)", "country(long)")],
  [
    "a path to what objects inherit",
    () => after(hubspot, "properties.{zip}", "properties.__proto__"),
  ],
  ["an unknown entity", () => after(hubspot, "entity: customer", "entity: custommer")],
  ["a size that is never sent", () => after(hubspot, 'limit: "{size}", after', "after")],
  ["a cursor that is never sent", () => after(hubspot, 'after: "{cursor}", properties', "properties")], // prettier-ignore
  ["a setting nobody declared", () => after(quickbooks, "  realm_id:\n", "  realm:\n").slice(1, 2)],
  ["an unknown bucket", () => after(hubspot, "usual: [requests]", "usual: [request]")],
  ["a time of creation", () => after(hubspot, "updatedAt | instant", "createdAt | instant")],
  ["asking by time of creation", () => after(hubspot, /lastmodifieddate/g, "created_at")],
  ["something ignored in silence", () => after(hubspot, "{ status: 403, is: not_permitted }", "{ status: 403, is: ignored }")], // prettier-ignore
  ["a value that could break out", () => after(quickbooks, "{values|quoted}", "{values}")],
  ["an unknown filter", () => after(quickbooks, "{values|quoted}", "{values|quotes}")],
  ["two methods", () => after(hubspot, "  get: /account-info/v3/details\n", "  get: /a\n  post: /b\n")], // prettier-ignore
  ["an update without its version", () => after(quickbooks, 'SyncToken: "{version}", sparse: true }', "sparse: true }")], // prettier-ignore
  ["a need that is no field", () => after(hubspot, "needs: [email]", "needs: [fax]")],
  ["an absence of what is not read", () => after(hubspot, "company_name: properties.{company}", "company_name: { write: properties.company, absent: empty }")], // prettier-ignore
  ["something finer that is not written", () => after(hubspot, "company_name: properties.{company}", "company_name: { read: properties.company, write: false, finer: true }")], // prettier-ignore
  ["a bad line among several", () => after(hubspot, "company_name: properties.{company}", "company_name: { read: [properties.company, 'properties.firm | fone'] }")], // prettier-ignore
  ["a word that cannot be written", () => after(hubspot, "company_name: properties.{company}", "subscription: { read: 'a | enum(*: never_asked)', write: a }")], // prettier-ignore
  [
    "two fields in one place",
    () => after(hubspot, "properties.{lastname}", "properties.{firstname}"),
  ],
  ["a host that a setting decides", () => after(hubspot, "base_url: https://api.hubapi.com", 'base_url: "https://{portal}.example.com"')], // prettier-ignore
  ["plain http", () => after(hubspot, "base_url: https:", "base_url: http:")],
  ["a window without a way through one moment", () => after(hubspot, /      tie:\n(.*\n)+?(?=      # The search)/, "")], // prettier-ignore
  [
    "a window without a time of change",
    () => after(hubspot, "    changed: updatedAt | instant\n", ""),
  ],
  ["an empty group", () => after(hubspot, "limits: [search]\n        at: total", "limits: search\n        at: total")], // prettier-ignore
])("the linter sees %s", (_what, problems) => {
  expect(problems()).toMatchSnapshot();
});

test.each<[string, string]>([
  ["an alias", "connector: &a x\ntitle: *a\n"],
  ["an anchor", "connector: &a x\n"],
  ["a tag", "connector: !!js/function 'x'\n"],
  ["binary", "connector: !!binary aGk=\n"],
  ["a directive", "%YAML 1.1\n---\nconnector: x\n"],
  ["two documents", "connector: x\n---\nconnector: y\n"],
  ["a name twice", "connector: x\nconnector: y\n"],
  ["NUL", "connector: x\0\n"],
  ["an escaped NUL", 'connector: "x\\0"\n'],
  ["half a character", "connector: x\ud800\n"],
  ["an escaped half character", 'connector: "\\ud800"\n'],
  ["65 KB", `connector: ${"x".repeat(65_536)}\n`],
  ["depth by brackets", `connector: ${"[".repeat(40)}${"]".repeat(40)}\n`],
  ["depth by indentation", Array.from({ length: 40 }, (_, n) => `${" ".repeat(n)}a:`).join("\n")],
  ["depth by dashes", `connector: ${"- ".repeat(3000)}x\n`],
  ["depth by dashes in lines", `a:\n  ${"- ".repeat(3000)}x\n`],
  ["a name that objects inherit", "connector: x\n__proto__: { a: 1 }\n"],
  ["nothing", ""],
  ["a list", "- 1\n"],
  ["broken", "connector: [x\n"],
])("YAML with %s is refused", (_what, text) => {
  const started = performance.now();
  expect(lintManifest(text, "x.yaml").slice(0, 2)).toMatchSnapshot();
  expect(performance.now() - started).toBeLessThan(1000);
});
