import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { emptyFolder, startTieline, tieline, type Process } from "../support/bot.ts";
import { personAt } from "../support/person.ts";
import { post } from "../support/sandbox.ts";

const room = "integrations";
const email = "nora.quist@orchard.example";
const flow = `flows:
  mail-to-books:
    from: mail/contacts
    to: books/customers
    match: [email]
    where: { email: ${email} }
    trigger: event
`;
let folder: Awaited<ReturnType<typeof emptyFolder>>;
let env: Record<string, string>;
let bot: Process;
let olivia: ReturnType<typeof personAt>;

beforeAll(async () => {
  folder = await emptyFolder();
  env = { TIELINE_DIR: join(folder.path, "bot"), LOG_LEVEL: "debug" };
  bot = startTieline(["start"], env);
  const [, page = ""] = await bot.printed(/Open (http\S+)/);
  await bot.printed(/Ctrl-C/);
  olivia = personAt(page);
  await post(new URL("/_control", page), { tiers: false, messages_per_second: null });
});
afterAll(async () => {
  await bot?.[Symbol.asyncDispose]();
  await folder?.[Symbol.asyncDispose]();
});

const tool = async (name: string): Promise<string> =>
  (await olivia.state()).tools.find((one) => one.name === name)?.url ?? "";
const asks = (line: string, answer: RegExp) =>
  olivia.hears(room, answer, () => olivia.type(room, line));
const inBooks = async (): Promise<boolean> =>
  (await (await fetch(new URL(`?q=${email}`, await tool("QuickBooks")))).text()).includes(`>${email}<`); // prettier-ignore

test("a tool is asked to tell us, and what it tells is there without anybody asking", async () => {
  await olivia.type(room, "/connector add mail");
  await olivia.submit(await olivia.modal(/Choose a tool/), { Tool: "ActiveCampaign" });
  await olivia.submit(await olivia.modal(/Nothing secret is typed here/), {});
  await olivia.close(await olivia.modal(/\*mail\* works/));
  await asks("/connector hooks mail", /Asked by us/);

  const file = join(folder.path, "more.yaml");
  await writeFile(file, flow);
  expect(await tieline(["apply", file], env)).toMatchObject({ code: 0, err: "" });
  await expect
    .poll(async () => (await asks("/sync status mail-to-books", /mail-to-books/)).text, {
      timeout: 30_000,
    }) // prettier-ignore
    .toContain("ActiveCampaign tells us when something changes");
  await asks("/sync run mail-to-books", /Done.*\*mail-to-books\*/);
  expect(await inBooks()).toBe(false);

  const set = { email, firstName: "Nora", lastName: "Quist", phone: "+33142685300" };
  await post(new URL("/_edit", await tool("ActiveCampaign")), { id: "1", set });
  await expect.poll(inBooks, { timeout: 30_000 }).toBe(true);
});
