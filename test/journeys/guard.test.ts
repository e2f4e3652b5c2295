import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { emptyFolder, startTieline, tieline, type Process } from "../support/bot.ts";
import { personAt, type Shown } from "../support/person.ts";
import { post } from "../support/sandbox.ts";

const [flow, room, ravi] = ["customers-to-books", "integrations", "U024BE8RM"];

let folder: Awaited<ReturnType<typeof emptyFolder>>;
let bot: Process;
let env: Record<string, string>;
let olivia: ReturnType<typeof personAt>;
let other: ReturnType<typeof personAt>;

const tool = async (name: string): Promise<string> =>
  (await olivia.state()).tools.find((one) => one.name === name)?.url ?? "";
/** Six customers that are in QuickBooks, by their e-mail address. */
const emails = async (): Promise<readonly string[]> => {
  const list = await (await fetch(await tool("QuickBooks"))).text();
  const found = [...list.matchAll(/>([\w.+-]+@[\w.-]+\.\w+)</g)].map(([, email]) => email ?? "");
  return found.slice(0, 6);
};
const edit = async (emails: readonly string[], set: Record<string, string>): Promise<void> => {
  for (const id of emails) await post(new URL("/_edit", await tool("HubSpot")), { id, set });
};
const asks = (by: typeof olivia, line: string, answer: RegExp): Promise<Shown> =>
  by.hears(room, answer, () => by.type(room, line));
const inBooks = async (text: string): Promise<number> => {
  const list = await (await fetch(new URL(`?q=${text}`, await tool("QuickBooks")))).text();
  return list.split(`>${text}<`).length - 1;
};

beforeAll(async () => {
  folder = await emptyFolder();
  env = { TIELINE_DIR: join(folder.path, ".tieline") };
  bot = startTieline(["start"], env);
  const page = (await bot.printed(/Open (http\S+)/))[1] ?? "";
  await bot.printed(/Ctrl-C/);
  olivia = personAt(page);
  other = personAt(page, ravi);
  await asks(olivia, "/tieline roles", /\*Roles\*/);
  await asks(olivia, `/tieline roles <@${ravi}> operator`, /is operator now/);
});
afterAll(async () => {
  await bot?.[Symbol.asyncDispose]();
  await folder?.[Symbol.asyncDispose]();
});

test("a run that would change too much is held, looked at, and let through by somebody else", async () => {
  const { out } = await tieline(["export"], env);
  const file = join(folder.path, "tieline.yaml");
  await writeFile(file, out.replace(/guard:[\s\S]*?deletes: \d+\n/, "guard: { changes: 1%, deletes: 0 }\n")); // prettier-ignore
  expect((await tieline(["apply", file], env)).code).toBe(0);
  const first = await emails();
  await edit(first, { phone: "+33 1 70 18 99 77" });

  const card = await asks(
    olivia,
    `/sync run ${flow} full`,
    /^◔ \*Held\*.*· 6 changes\nThe run would/,
  );
  expect(card.text).toMatch(/would change 6 and archive 0 of \d+ linked records/);
  expect(card.text).toContain(`Started by <@U024BE7LH>`);
  expect(card.text).toContain(`<@${ravi}> can approve it`);
  expect(card.text).not.toContain("70 18 99 77");
  expect(await inBooks("+33170189977")).toBe(0);

  await olivia.hears(
    room,
    /^You started this run yourself: somebody else has to approve it\./,
    () => olivia.press(card, "Approve"),
  );
  await other.hears(room, /^✓ Approved: 6 changes\./, () => other.press(card, "Approve"));
  const approved = await other.becomes(card, /^✓ \*Approved\*/);
  expect(approved.text).toContain(`By <@${ravi}>`);
  await olivia.message(room, /^✓ \*Done.* 6 written/);
  expect(await inBooks("+33170189977")).toBe(6);
});

test("what is stopped stays undone, and resuming asks again", async () => {
  const some = await emails();
  await edit(some, { phone: "+33 1 70 18 99 78" });
  const card = await asks(
    other,
    `/sync run ${flow} full`,
    /^◔ \*Held\*.*· 6 changes\nThe run would/,
  );
  await olivia.hears(room, /^■ Stopped: 6 changes\./, () => olivia.press(card, "Stop"));
  await olivia.becomes(card, /^■ \*Stopped\*/);
  await asks(olivia, `/sync status ${flow}`, /■ \*Paused\*/);
  const { code, out } = await tieline(["run", flow], env);
  expect([code, out]).toEqual([1, ""]);

  await asks(olivia, `/sync resume ${flow}`, /may run again/);
  const again = await asks(
    olivia,
    `/sync run ${flow} full`,
    /^◔ \*Held\*.*· 6 changes\nThe run would/,
  );
  await other.hears(room, /^✓ Approved/, () => other.press(again, "Approve"));
  await olivia.becomes(again, /^✓ \*Approved\*/);
});
