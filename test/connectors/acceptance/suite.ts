import type { Fields } from "#domain/fields.ts";
import { lintManifest } from "#connectors/manifest/lint.ts";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { folder } from "../world.ts";
import { drifts, incremental, lists, pages, quotaSpent, resumes, waits } from "./reading.ts";
import { tryTool, type ToolName, type Tried } from "./tool.ts";
import { archives, creates, refusesOne, updates, upsertsOnce, type Written } from "./writing.ts";

const readLines = ["lists", "pages", "reads incrementally", "resumes after a kill", "waits when asked to", "parks when the quota is spent", "bears schema drift"] as const; // prettier-ignore
const writeLines = ["creates", "updates", "upserts twice with one result", "archives", "refuses one of a batch"] as const; // prettier-ignore
export type AcceptanceLine = (typeof readLines)[number] | (typeof writeLines)[number];

/** What the suite has to be told of one object of a tool. */
export type ObjectCase = {
  /** Records to seed so that there are several pages. */
  seed: number;
  /** What the tool itself calls them in `/_seed` and `/_edit`, if it is not the object's name. */
  known?: string;
  /** Whether the list leaves out some of what the tool counts as such. */
  part?: true;
  /** What a person changes in the tool itself, for an incremental read. */
  edit: Record<string, unknown>;
  /** How many records there are then, where the tool counts other things. */
  there?: (tried: Tried) => Promise<number>;
  also?: (tried: Tried) => Promise<Fields>;
  change?: { field: string; to: string };
  refused?: Fields;
  /** Lines that this object does not have, each with the reason in the tool itself. */
  skip?: Partial<Record<AcceptanceLine, string>>;
};

/** One suite for every connector, run against its simulated tool. */
export function acceptance(name: ToolName, objects: Readonly<Record<string, ObjectCase>>): void {
  describe(`the connector ${name}`, () => {
    test("loads without problems", () => {
      const file = `${folder}/${name}.yaml`;
      expect(lintManifest(readFileSync(file, "utf8"), file)).toEqual([]);
    });

    test("checks: whose account, and one record of each object", async () => {
      await using tried = await tryTool(name);
      const health = await tried.world.tools.check(tried.connection, AbortSignal.timeout(20_000));
      expect(health).toMatchObject({ ok: true });
    });

    test("covers every object of the manifest", async () => {
      await using tried = await tryTool(name);
      expect(tried.objects.map((object) => object.name).sort()).toEqual(
        Object.keys(objects).sort(),
      );
    });

    describe.each(Object.entries(objects))("%s", (object, about) => objectTests(name, object, about)); // prettier-ignore
  });
}

function objectTests(name: ToolName, object: string, about: ObjectCase): void {
  const line = (title: AcceptanceLine, run: (tried: Tried) => Promise<void>): void => {
    const reason = about.skip?.[title];
    if (reason !== undefined) return void test.skip(`${title}: ${reason}`, () => undefined);
    test(title, async () => {
      await using tried = await tryTool(name);
      await run(tried);
    });
  };
  const known = about.known ?? object;
  const written = async (tried: Tried): Promise<Written> => {
    const facts = tried.objects.find((one) => one.name === object);
    if (facts === undefined) throw new Error(`no object ${object}`);
    return {
      tried,
      object,
      entity: facts.entity,
      also: (await about.also?.(tried)) ?? {},
      change: about.change ?? { field: "notes", to: "changed" },
      refused: about.refused ?? {},
    };
  };

  line("lists", (tried) => lists(tried, object));
  line("resumes after a kill", async (tried) => {
    await tried.control("/_seed", { [known]: about.seed });
    await resumes(tried, object);
  });
  line("pages", async (tried) => {
    const { records } = (await tried.control("/_seed", { [known]: about.seed })) as { records: number }; // prettier-ignore
    // Of what the tool calls otherwise only a part may be this object's.
    const there = await about.there?.(tried);
    const whole = known === object && about.part !== true;
    await pages(tried, object, there ?? (whole ? records : null));
  });
  line("reads incrementally", (tried) =>
    incremental(tried, object, async () => {
      const { records } = await tried.readAll(object);
      const id = records[0]?.id ?? "";
      await tried.control("/_edit", { id, object: known, set: about.edit });
      return id;
    }),
  );
  line("waits when asked to", (tried) => waits(tried, object));
  line("parks when the quota is spent", (tried) => quotaSpent(tried, object));
  line("bears schema drift", (tried) => drifts(tried, object));
  line("creates", async (tried) => creates(await written(tried)));
  line("updates", async (tried) => updates(await written(tried)));
  line("upserts twice with one result", async (tried) => upsertsOnce(await written(tried)));
  line("archives", async (tried) => archives(await written(tried)));
  line("refuses one of a batch", async (tried) => refusesOne(await written(tried)));
}
