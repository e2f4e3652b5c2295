import { expect, test } from "vitest";
import { optionsOf, WrongUsage } from "./options.ts";

test("what is left out is as usual", () => {
  expect(optionsOf([])).toMatchObject({
    records: 100_000,
    reps: 3,
    databases: ["embedded", "postgres"],
  });
  expect(optionsOf(["--large"]).records).toBe(1_000_000);
  expect(optionsOf(["--webhooks"])).toMatchObject({ kind: "webhooks", records: 100_000 });
});

test.each([
  ["--records", "99"],
  ["--records", "1e5"],
  ["--records", "2000001"],
  ["--reps", "0"],
  ["--reps", "-1"],
  ["--only", "mysql"],
  ["--fast", ""],
  ["--webhooks", "--acks"],
  ["--large", "--latency"],
])("%s %s is refused in one sentence", (option, value) => {
  expect(() => optionsOf([option, value])).toThrow(WrongUsage);
  expect(() => optionsOf([option, value])).toThrow(/^[^\n]+\.$/);
});
