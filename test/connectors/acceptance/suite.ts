import { lintManifest } from "#connectors/manifest/lint.ts";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { echoing, isTalker } from "../events/echo.ts";
import { folder } from "../world.ts";
import { renews, revoked, scopesMinimal } from "./access.ts";
import { objectLines, type ObjectCase, type ObjectCases, type ObjectLine } from "./object-lines.ts";
import { secretsKept, secretsMarked, secretsNotRepeated } from "./secrets.ts";
import { origin, signedIn, tryTool, type ToolName } from "./tool.ts";

/** What the suite has to be told of the tool itself. */
export type ToolCase = {
  /** What a credential that was taken away is called, where it is not told from one that may too little. */
  revoked?: "not_permitted";
  /** Lines that the tool does not have, each with the reason in the tool itself. */
  skip?: Readonly<Record<string, string>>;
};

const lines: Record<
  string,
  (name: ToolName, objects: ObjectCases, tool: ToolCase) => Promise<void>
> = {
  loads(name) {
    const file = `${folder}/${name}.yaml`;
    expect(lintManifest(readFileSync(file, "utf8"), file)).toEqual([]);
    return Promise.resolve();
  },
  async "checks: whose account, and one record of each object"(name, objects) {
    await using tried = await tryTool(name);
    const health = await tried.world.tools.check(tried.connection, AbortSignal.timeout(20_000));
    expect(health).toMatchObject({ ok: true });
    const samples = health.ok ? health.samples.map(({ object }) => object) : [];
    expect(samples.sort()).toEqual(Object.keys(objects).sort());
  },
  async "covers every object of the manifest"(name, objects) {
    await using tried = await tryTool(name);
    expect(tried.objects.map((object) => object.name).sort()).toEqual(Object.keys(objects).sort());
  },
  async "401 with refresh"(name, objects) {
    await using tried = await signedIn(name);
    await renews(tried, first(objects));
  },
  async "revoked token"(name, objects, tool) {
    await using tried = await signedIn(name);
    await revoked(tried, first(objects), tool.revoked ?? "sign_in_again");
  },
  async "secrets marked"(name) {
    await using tried = await tryTool(name);
    secretsMarked(tried);
  },
  "secrets never shown": secretsKept,
  "secrets never shown, though the tool repeats them": secretsNotRepeated,
  "scopes minimal": scopesMinimal,
};

/** One suite for every connector, run against its simulated tool. */
export function acceptance(name: ToolName, objects: ObjectCases, tool: ToolCase = {}): void {
  describe(`the connector ${name}`, () => {
    const skipped: Readonly<Record<string, string>> = { ...tool.skip };
    for (const [title, run] of Object.entries(lines)) {
      const reason = skipped[title];
      if (reason === undefined) test(title, () => run(name, objects, tool));
      else test.skip(`${title}: ${reason}`, () => undefined);
    }
    describe.each(Object.entries(objects))("%s", (object, about) => objectTests(name, object, about)); // prettier-ignore
  });
}

/** Whose pages are read for what happens between them. */
function first(objects: ObjectCases): readonly [string, ObjectCase] {
  const [one] = Object.entries(objects);
  if (one === undefined) throw new Error("no objects");
  return one;
}

function objectTests(name: ToolName, object: string, about: ObjectCase): void {
  for (const [title, run] of Object.entries(objectLines)) {
    const reason = about.skip?.[title as ObjectLine];
    if (reason === undefined)
      test(title, async () => {
        await using tried = await tryTool(name);
        if (!isTalker(name)) {
          await run(tried, object, about);
          return;
        }
        // What was told can only be read where it is told back.
        await using echo = await echoing(name, tried);
        await run({ ...tried, target: (one) => echo.target(one, origin) }, object, about);
      });
    else test.skip(`${title}: ${reason}`, () => undefined);
  }
}
