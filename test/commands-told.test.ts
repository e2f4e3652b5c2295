import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const told = execFileSync("git", ["ls-files", "*.md"], { encoding: "utf8" })
  .split("\n")
  .filter((file) => file !== "");

test("what a page tells people to run is there to be run", () => {
  const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as {
    scripts: Record<string, string>;
  };
  const missing = told.flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(/\bnpm run (?:--silent )?([a-z:-]+)/g)]
      .map(([, name = ""]) => name)
      .filter((name) => !(name in scripts))
      .map((name) => `${file}: npm run ${name}`),
  );
  expect(told.length).toBeGreaterThan(5);
  expect(missing).toEqual([]);
});
