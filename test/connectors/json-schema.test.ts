import { Ajv2020 } from "ajv/dist/2020.js";
import { readFileSync } from "node:fs";
import { globSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { manifestSchema } from "#connectors/manifest/json-schema.ts";

const file = new URL("../../manifests/connector.schema.json", import.meta.url).pathname;
const manifests = globSync("manifests/connectors/*.yaml");

test("the schema that editors use is the one the linter reads by", async () => {
  await expect(manifestSchema()).toMatchFileSnapshot(file);
});

test.each(manifests)("%s is valid by it, and points to it", (manifest) => {
  const text = readFileSync(manifest, "utf8");
  const valid = new Ajv2020({ strict: false }).compile(JSON.parse(manifestSchema()) as object);
  expect(valid(parse(text)), JSON.stringify(valid.errors?.slice(0, 3))).toBe(true);
  expect(text.startsWith("# yaml-language-server: $schema=../connector.schema.json\n")).toBe(true);
});

test("an unknown member and a missing one are told by it", () => {
  const valid = new Ajv2020({ strict: false }).compile(JSON.parse(manifestSchema()) as object);
  const [first = ""] = manifests;
  const manifest = parse(readFileSync(first, "utf8")) as Record<string, unknown>;
  expect(valid({ ...manifest, colour: "red" })).toBe(false);
  const { title: _title, ...rest } = manifest;
  expect(valid(rest)).toBe(false);
});
