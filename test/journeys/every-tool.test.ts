import { afterAll, beforeAll, expect, test } from "vitest";
import { emptyFolder, startTieline, type Process } from "../support/bot.ts";
import { personAt, type View } from "../support/person.ts";

const room = "integrations";
let folder: Awaited<ReturnType<typeof emptyFolder>>;
let bot: Process;
let olivia: ReturnType<typeof personAt>;

beforeAll(async () => {
  folder = await emptyFolder();
  bot = startTieline(["start"], { TIELINE_DIR: folder.path });
  const [, url = ""] = await bot.printed(/Open (http:\S+) and press Inspect/);
  olivia = personAt(url);
});
afterAll(async () => {
  await bot?.[Symbol.asyncDispose]();
  await folder?.[Symbol.asyncDispose]();
});

/** The first choice of an input that is in this connection. */
function choiceIn(view: View, label: string, connection: string): string {
  const text = JSON.stringify(view.blocks.filter((block) => block.label?.text === label));
  const found = new RegExp(`"text":"([^"]+ in ${connection})"`).exec(text)?.[1];
  if (found === undefined) throw new Error(`nothing in ${connection} is offered: ${text}`);
  return found;
}

/** Tools by what a person calls them, and the name that is proposed for a connection. */
const tools = [
  ["ActiveCampaign", "activecampaign"],
  ["Airtable", "airtable"],
  ["Asana", "asana"],
  ["Dropbox", "dropbox"],
  ["FreshBooks", "freshbooks"],
  ["Google Drive", "google-drive"],
  ["HubSpot", "hubspot"],
  ["Mailchimp", "mailchimp"],
  ["monday.com", "monday"],
  ["QuickBooks", "quickbooks"],
  ["Salesforce", "salesforce"],
] as const;

test.each(tools)("%s is connected and synced by clicking alone", async (title, connection) => {
  await olivia.type(room, "/connector add");
  await olivia.submit(await olivia.modal(/Choose a tool/), { Tool: title });
  await olivia.submit(await olivia.modal(/Nothing secret is typed here/), {});
  // A busy machine may send so unevenly that Airtable shuts the door for half a minute.
  const looked = await olivia.modal(new RegExp(`\\*${connection}\\* works|asks us to wait`));
  await olivia.close(looked);

  await olivia.type(room, "/sync new");
  const begin = await olivia.modal(/Choose where records come from/);
  const from = choiceIn(begin, "From", connection);
  await olivia.choose(begin, "From", from);
  const ends = await olivia.modal(/"To"/);
  await olivia.submit(ends, { From: from, To: choiceIn(ends, "To", "hub"), Name: `${connection}-to-hub` });
  const rules = await olivia.modal(/It runs/);
  await olivia.submit(rules, { "It runs": "Only when somebody starts it" });
  await olivia.submit(await olivia.modal(/shown to you alone/), {});
  await olivia.submit(await olivia.modal(/Turn on/), {});
  const on = await olivia.modal(/is on, at version/);
  await olivia.pressInView(on, "Run now");
  const done = await olivia.message(
    room,
    new RegExp(`✓ \\*Done[^*]*\\*  \\*${connection}-to-hub\\* · [1-9][\\d,]* read`),
  );
  // Where another tool has the same ones, the hub has them already.
  expect(done.text).toMatch(/[1-9][\d,]* (written|unchanged)/);
  await olivia.close(on);
}); // prettier-ignore
