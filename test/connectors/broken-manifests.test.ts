import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { lintManifest } from "#connectors/manifest/lint.ts";

type Case = {
  /** What is wrong; the first eight are defects found in published manifests of others. */
  what: string;
  from: string;
  to: string;
  /** Where the linter points to (as the text there begins), and what it says, whole. */
  said: readonly (readonly [place: string, message: string])[];
};

const here = new URL("broken-manifests.json", import.meta.url);
const cases = JSON.parse(readFileSync(here, "utf8")) as readonly Case[];
const readme = readFileSync(new URL("../../manifests/README.md", import.meta.url), "utf8");
/** The example that teaches writing a connector: each case breaks it in one place. */
const sound = /<!-- example -->\s*```yaml\n([\s\S]*?)```/.exec(readme)?.[1] ?? "";

test("there are the eight defects and sixty more", () => {
  expect(cases.length).toBeGreaterThanOrEqual(68);
  expect(lintManifest(sound, "x.yaml")).toEqual([]);
});

test.each(cases)("the linter sees $what", ({ from, to, said }) => {
  const broken = sound.replace(from, () => to);
  expect(broken).not.toBe(sound);
  const lines = broken.split("\n");
  const found = lintManifest(broken, "x.yaml").map(({ line, column, message }) => [
    (lines[line - 1] ?? "").slice(column - 1, column + 23),
    message,
  ]);
  expect(found).toEqual(said);
});
