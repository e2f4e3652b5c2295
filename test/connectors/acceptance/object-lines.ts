import type { Fields } from "#domain/fields.ts";
import { drifts, incremental, lists, pages, quotaSpent, resumes, waits } from "./reading.ts";
import type { Tried } from "./tool.ts";
import { archives, creates, refusesOne, updates, upsertsOnce, type Written } from "./writing.ts";

const lines = {
  lists: (tried, object) => lists(tried, object),
  "resumes after a kill": async (tried, object, about) => {
    await tried.control("/_seed", { [about.known ?? object]: about.seed });
    await resumes(tried, object);
  },
  pages: async (tried, object, about) => {
    const known = about.known ?? object;
    const { records } = (await tried.control("/_seed", { [known]: about.seed })) as { records: number }; // prettier-ignore
    // Of what the tool calls otherwise only a part may be this object's.
    const there = await about.there?.(tried);
    const whole = known === object && about.part !== true;
    await pages(tried, object, there ?? (whole ? records : null));
  },
  "reads incrementally": (tried, object, about) =>
    incremental(tried, object, async () => {
      const { records } = await tried.readAll(object);
      const id = records[0]?.id ?? "";
      await tried.control("/_edit", { id, object: about.known ?? object, set: about.edit });
      return id;
    }),
  "waits when asked to": (tried, object) => waits(tried, object),
  "parks when the quota is spent": (tried, object) => quotaSpent(tried, object),
  "bears schema drift": (tried, object) => drifts(tried, object),
  creates: async (...of) => creates(await written(...of)),
  updates: async (...of) => updates(await written(...of)),
  "upserts twice with one result": async (...of) => upsertsOnce(await written(...of)),
  archives: async (...of) => archives(await written(...of)),
  "refuses one of a batch": async (...of) => refusesOne(await written(...of)),
} satisfies Record<string, (tried: Tried, object: string, about: ObjectCase) => Promise<void>>;

export type ObjectLine = keyof typeof lines;
export const objectLines: Readonly<
  Record<ObjectLine, (tried: Tried, object: string, about: ObjectCase) => Promise<void>>
> = lines;

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
  skip?: Partial<Record<ObjectLine, string>>;
};
export type ObjectCases = Readonly<Record<string, ObjectCase>>;

async function written(tried: Tried, object: string, about: ObjectCase): Promise<Written> {
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
}
