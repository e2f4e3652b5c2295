import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { lintManifest } from "#connectors/manifest/lint.ts";
import { folder } from "../world.ts";

const read = (name: string) => readFileSync(`${folder}/${name}.yaml`, "utf8");
const zapier = read("zapier");
const make = read("make");

/** A manifest, where it is broken and how, and what is said of it. */
const cases: readonly [what: string, text: string, from: string | RegExp, to: string, said: string][] = [
  ["a page without a host it is at", zapier, "  pages: [zapier.com]\n", "", "pages has to say at which hosts such pages are"],
  ["a host that is none", zapier, "[zapier.com]", "[https://zapier.com]", "a host, or *.host, is accepted here"],
  ["two ways to the page", zapier, "  pages: [zapier", "  page: https://zapier.com/{automation}\n  pages: [zapier", "page_at says it already: one of page and page_at is accepted"],
  ["a placeholder of nothing", make, "scenarios/{automation}/logs", "scenarios/{scenario}/logs", "{scenario} means nothing here; {automation}, {api_version}, {zone}, {team_id} are accepted"],
  ["a setting there is none of", make, "needs: [team_id]", "needs: [team]", "There is no setting team; zone, team_id are accepted"],
  ["an object in the way", zapier, "  files:\n", "  failures:\n", "The address /failures is that of failures; another name is accepted"],
  ["failures that nobody sends", zapier, /webhooks:[\s\S]*?\nfailures:/, "failures:", "Failures are asked for by list, or sent: then webhooks has to say how a message proves where it is from"],
  ["a list that asks two ways", make, "    get: /api/v2/dlqs\n", "    get: /api/v2/dlqs\n    post: /api/v2/dlqs\n", "Exactly one of get, post, put, patch, delete is accepted here"],
]; // prettier-ignore

test.each(cases)("the linter sees %s", (_what, text, from, to, said) => {
  const broken = text.replace(from, to);
  expect(broken).not.toBe(text);
  const found = lintManifest(broken, "x.yaml").map(({ message }) => message);
  expect(found.join("\n")).toContain(said);
});

test("as they are there is nothing to see", () => {
  expect([...lintManifest(zapier, "z.yaml"), ...lintManifest(make, "m.yaml")]).toEqual([]);
});
