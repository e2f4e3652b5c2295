import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { emptyFolder, startTieline, type Process } from "../support/bot.ts";
import { post } from "../support/sandbox.ts";
import { executablePath, openBrowser } from "./chromium.ts";
import { sitDown, type Somebody } from "./page.ts";

let browser: Browser | undefined;
let folder: Awaited<ReturnType<typeof emptyFolder>>;
let bot: Process;
let olivia: Somebody;

beforeAll(async () => {
  browser = await openBrowser();
  if (browser === undefined) return;
  folder = await emptyFolder();
  bot = startTieline(["start"], { TIELINE_DIR: `${folder.path}/.tieline` });
  const [, address = ""] = await bot.printed(/Open (http\S+)/);
  // What it does by itself at the start is over then.
  await bot.printed(/✓ Done/);
  // On a machine with much else to do an answer takes longer than Slack waits; that is tried elsewhere.
  await post(new URL("/_control", address), { patience_ms: 60_000, tiers: false });
  olivia = await sitDown(browser, address);
}, 400_000);
/** What one has left open must not stand in the way of the next. */
afterEach(() => olivia?.close());
afterAll(async () => {
  await browser?.close();
  await bot?.[Symbol.asyncDispose]();
  await folder?.[Symbol.asyncDispose]();
});

/** Half a minute each, but for a machine that has much else to do. */
const patience = { timeout: 600_000 };
const inThePage = (name: string, person: () => Promise<void>) =>
  test.skipIf(executablePath === undefined)(name, patience, person);

async function connect(tool: string, name: string): Promise<void> {
  await olivia.type("/connector add");
  await olivia.reads("Tool");
  await olivia.choose("Tool", new RegExp(`^${tool}`));
  await olivia.press("Next");
  await olivia.reads("Nothing secret is typed here");
  await olivia.page.getByLabel("Name", { exact: true }).fill(name);
  await olivia.press("Register");
  await olivia.reads(`${name} works`);
  await olivia.close();
}

type Made = { from: string; to: string; email: string; runs: string; bothWays?: true };

/** From both ends to the preview, as its pages lead. */
async function makeFlow({ from, to, email, runs, bothWays }: Made): Promise<void> {
  await olivia.reads("Choose where records come from");
  await olivia.choose("From", from);
  await expect.poll(() => olivia.dialog.getByLabel("To", { exact: true }).count()).toBe(1);
  await olivia.choose("To", to);
  await olivia.press("Next");
  await olivia.reads("A record is found by its");
  if (bothWays) await olivia.dialog.getByRole("radio", { name: "Both ways" }).check();
  await olivia.choose("It runs", runs);
  await olivia.dialog.getByLabel(/^Only records where/).fill(`E-mail = ${email}`);
  await olivia.press("Next");
  await olivia.reads(bothWays ? / ⇄ .*For instance/ : / → .*For instance/);
  await olivia.press("Preview");
  await olivia.reads("Nothing was written");
}

inThePage("hub and spoke: what changes in one tool goes through the hub to another", async () => {
  const email = "wesley.hollis@willow-cycles.example";
  await connect("ActiveCampaign", "mail");
  const crm = await olivia.tool("HubSpot");
  const mail = await olivia.tool("ActiveCampaign");
  await mail.lacks(email);

  const runs = "Only when somebody starts it";
  await olivia.type("/sync new");
  await makeFlow({ from: "Contacts in crm", to: "Customers in hub", email, runs });
  await olivia.reads("1 to create");
  await olivia.press("Turn on");
  await olivia.reads("contacts-to-hub is on");
  await olivia.press("Run now");
  await olivia.reads("Started");
  await olivia.close();
  await olivia.hears(/Done.*contacts-to-hub · .*1 written/);

  await olivia.type("/sync new");
  await makeFlow({ from: "Customers in hub", to: "Contacts in mail", email, runs });
  await olivia.reads("1 to create");
  await olivia.press("Turn on");
  await olivia.reads("customer-to-mail is on");
  await olivia.press("Run now");
  await olivia.reads("Started");
  await olivia.close();
  await mail.shows(email, /Wesley Hollis/);

  await crm.change(email, "Phone", "+33 1 70 18 99 31");
  // HubSpot's search shows a change only after a while, so all of it is read.
  await olivia.type("/sync run contacts-to-hub full");
  await olivia.hears(
    /Done.*contacts-to-hub · .*1 written[\s\S]*Done.*contacts-to-hub · .*1 written/,
  );
  await olivia.type("/sync run customer-to-mail");
  await mail.shows(email, /\+33 ?1 ?70 ?18 ?99 ?31/);
});

inThePage("event-driven: a tool tells us, and the record is there without anybody", async () => {
  const email = "kavita.l.kapoor@clover-consulting.example";
  await connect("FreshBooks", "invoicing");
  const invoicing = await olivia.tool("FreshBooks");
  const books = await olivia.tool("QuickBooks");
  await books.lacks(email);

  await olivia.type("/sync new");
  const runs = "When something changes there";
  await makeFlow({ from: "Clients in invoicing", to: "Customers in books", email, runs });
  // The CRM's customers go there too, and so there is something to think about.
  await olivia.reads("both fill");
  await olivia.press("Turn on anyway");
  await olivia.reads("Its first run has begun");
  await olivia.close();
  await books.shows(email, /Kavita L. Kapoor/);
  // FreshBooks is asked in the background, and has to find us first.
  const asked = async (): Promise<string> => {
    await olivia.type("/sync status clients-to-books");
    return olivia.log.innerText();
  };
  await expect
    .poll(asked, { timeout: 120_000, interval: 1000 })
    .toContain("FreshBooks tells us when something changes");

  await invoicing.change(email, /^Phone/, "+33 1 70 18 99 32");
  await books.shows(email, /\+33 ?1 ?70 ?18 ?99 ?32/);
});

inThePage(
  "both ways: previewed, turned on, a conflict decided by clicking, and on the map",
  async () => {
    const email = "njeri.kipchumba@example.org";
    await connect("Mailchimp", "news");
    const crm = await olivia.tool("HubSpot");
    const news = await olivia.tool("Mailchimp");

    await olivia.page.getByText("Tieline home", { exact: true }).click();
    await olivia.page.getByRole("button", { name: "Make a flow" }).click();
    const runs = "Only when somebody starts it";
    await makeFlow({ from: "Contacts in crm", to: "Members in news", email, runs, bothWays: true });
    await olivia.reads("On both sides, and taken for the same: 1");
    await olivia.press("Turn on");
    await olivia.reads("contacts-to-news is on");
    await olivia.close();
    await olivia.page.getByText("integrations", { exact: true }).first().click();
    await olivia.type("/sync run contacts-to-news");
    await olivia.hears(/(Done|Held).*contacts-to-news · \d+ read/);

    await crm.change(email, "Phone", "+254 20 399 1713");
    await news.change(email, /^Phone/, "+254 20 399 1714");
    await olivia.type("/sync run contacts-to-news full");
    const card = olivia.card("Waits for a decision", "contacts-to-news");
    await expect.poll(() => card.innerText(), { timeout: 120_000 }).toContain("Phone 1");
    await card.getByRole("button", { name: "Decide" }).click();
    await olivia.reads("Which phone counts");
    expect(await olivia.dialog.innerText()).toMatch(/\+254203991713[\s\S]*\+254203991714/);
    await olivia.choose("Which phone counts", "HubSpot counts");
    await olivia.press("Write");
    await olivia.reads("✓ Written");
    await olivia.close();
    await news.shows(email, /\+254 ?20 ?399 ?1713/);

    await olivia.type("/sync map");
    const map = olivia.page.getByRole("img", { name: /contacts-to-news goes from crm\/contacts to news\/members, both ways/ }); // prettier-ignore
    const width = () => map.last().evaluate((one) => (one as HTMLImageElement).naturalWidth);
    await expect.poll(width, { timeout: 120_000 }).toBeGreaterThan(300);
    expect(olivia.errors).toEqual([]);
  },
);
