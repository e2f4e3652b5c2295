import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { emptyFolder, startTieline, tieline, type Process } from "../support/bot.ts";
import { personAt } from "../support/person.ts";
import { outsideWorld, statsOf, type OutsideWorld } from "../support/sandbox.ts";

const room = "integrations";
const manual = "Only when somebody starts it";
let folder: Awaited<ReturnType<typeof emptyFolder>>;
let world: OutsideWorld;
let bot: Process;
let olivia: ReturnType<typeof personAt>;
let env: Record<string, string>;

beforeAll(async () => {
  folder = await emptyFolder();
  world = await outsideWorld(folder.path);
  env = { ...world.env, TIELINE_DIR: join(folder.path, "bot") };
  bot = startTieline(["start"], env);
  await bot.printed(/has not run yet/);
  olivia = personAt(world.page);
});
afterAll(async () => {
  await bot?.[Symbol.asyncDispose]();
  await world?.[Symbol.asyncDispose]();
  await folder?.[Symbol.asyncDispose]();
});

/** The second page of a new flow. */
async function rulesOf(from: string, to: string) {
  await olivia.type(room, "/sync new");
  await olivia.choose(await olivia.modal(/Choose where records come from/), "From", from);
  await olivia.submit(await olivia.modal(/"To"/), { From: from, To: to });
  return olivia.modal(/A record is found by its/);
}
const flows = async (): Promise<string[]> => {
  const { out } = await tieline(["export"], env);
  return [...out.matchAll(/^ {2}([a-z-]+):$/gm)].map(([, name = ""]) => name);
};

test("a flow that closes a round says which round, at the form, and is not made", async () => {
  const rules = await rulesOf("Customers in books", "Contacts in crm");
  await olivia.submit(rules, { "It runs": manual });
  const { errors } = await olivia.modal(/Records would go round/);
  expect(Object.values(errors ?? {})).toEqual([expect.stringMatching(/^Records would go round: books\/customers → crm\/contacts → books\/customers; one two-way flow does both, or the hub between them\.?$/i)]); // prettier-ignore
  expect(await flows()).not.toContain("customers-to-crm");
  await olivia.close(rules);
});

test("a condition on a field that is not there says so at its input, and nothing is made", async () => {
  const rules = await rulesOf("Contacts in crm", "Customers in hub");
  await olivia.submit(rules, { "Only records where": "Shoe size = 43", "It runs": manual });
  const { errors } = await olivia.modal(/"errors"/);
  expect(Object.entries(errors ?? {})).toEqual([["where", expect.stringMatching(/Shoe size/i)]]);
  expect(await flows()).not.toContain("contacts-to-hub");
  await olivia.close(rules);
});

test("what a preview showed is not turned on once the flow was changed", async () => {
  const rules = await rulesOf("Contacts in crm", "Customers in hub");
  await olivia.submit(rules, { "It runs": manual });
  await olivia.submit(await olivia.modal(/shown to you alone/), {});
  const preview = await olivia.modal(/Turn on/);
  const { out } = await tieline(["export"], env);
  const file = join(folder.path, "changed.yaml");
  await writeFile(
    file,
    out.replace(/( {2}contacts-to-hub:\n)/, "$1    about: Changed meanwhile.\n"),
  );
  expect(await tieline(["apply", file], env)).toMatchObject({ code: 0, err: "" });
  const before = await statsOf(world.tools.hubspot);

  await olivia.submit(preview, {});
  const refused = await olivia.modal(/Not turned on/);
  expect(JSON.stringify(refused.blocks)).toMatch(/contacts-to-hub was changed since this preview of .*: it showed version 1, and now it is version 2\. Please look at a new one\./); // prettier-ignore
  await olivia.type(room, "/sync status contacts-to-hub");
  await olivia.message(room, /○ \*Off\*  \*contacts-to-hub\*/);
  expect(await statsOf(world.tools.hubspot)).toMatchObject({ updates: before.updates });

  await olivia.pressInView(refused, "Preview again");
  await olivia.submit(await olivia.modal(/Turn on/), {});
  await olivia.modal(/contacts-to-hub\* is on, at version 2/);
});
