import { expect, test } from "vitest";
import { compileText, placeholdersIn } from "#connectors/manifest/template.ts";

test("a filter's name may have digits", () => {
  expect(placeholdersIn("/members/{value|md5}")).toMatchObject([{ name: "value", filter: "md5" }]);
  expect(compileText("a/{value|md5}/b")({ value: "x" })).toBe(
    "a/9dd4e461268c8034f5c8564e155c67a6/b",
  );
});
