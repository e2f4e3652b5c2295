import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { methods } from "#sandbox/slack/web-api.ts";

const specs = "../shared/specs/slack-methods.json";
const here = existsSync(specs);
if (!here) console.log("skipped: no contracts here");

type Spec = { scopes: { bot?: { name: string }[] }; rate_limit: { label?: string } };

const known = here
  ? (JSON.parse(readFileSync(specs, "utf8")) as { methods: Record<string, Spec> }).methods
  : {};

/** Younger than the vendor's list. */
const newer = ["blocks.validate"];

test.runIf(here)("scopes and tiers of every method are Slack's", () => {
  const ours = [...methods].filter(([name]) => !newer.includes(name));
  expect(ours.length).toBeGreaterThan(20);
  for (const [name, { scopes, tier }] of ours) {
    const spec = known[name];
    expect(spec, name).toBeDefined();
    const wanted = (spec?.scopes.bot ?? []).map((scope) => scope.name);
    expect([name, scopes.toSorted()]).toEqual([name, wanted.toSorted()]);
    const label = spec?.rate_limit.label ?? "";
    const theirs = /^Tier (\d)/.exec(label)?.[1];
    expect([name, tier]).toEqual([name, theirs ? `tier ${theirs}` : "special"]);
  }
});
