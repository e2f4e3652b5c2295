import { writeFile } from "node:fs/promises";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { emptyFolder, startTieline, tieline } from "../support/bot.ts";
import { executablePath, openBrowser } from "./chromium.ts";
import { sitDown, type Somebody } from "./page.ts";

let browser: Browser | undefined;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

const flows = `flows:
  customers-to-books:
    from: crm/contacts
    to: books/customers
    match: [email]
    trigger: event
    channel: "#integrations"
`;

test.skipIf(executablePath === undefined)(
  "HubSpot's webhook is set up by clicking: address, client secret, and a change that is told at once",
  async () => {
    await using folder = await emptyFolder();
    const env = { TIELINE_DIR: `${folder.path}/.tieline` };
    await using bot = startTieline(["start"], env);
    const [, address = ""] = await bot.printed(/Open (http\S+)/);
    await bot.printed(/Ctrl-C/);
    const file = `${folder.path}/flows.yaml`;
    await writeFile(file, flows);
    expect(await tieline(["apply", file], env)).toMatchObject({ code: 0 });

    const olivia = await sitDown(browser as Browser, address);
    await olivia.type("/connector hooks crm");
    await olivia.hears(/No address yet/);
    await olivia.log.getByRole("button", { name: "Make the addresses" }).last().click();
    await olivia.hears(/it is shown this once/);
    const [url = ""] = /http:\S+\/hooks\/\S+/.exec(await olivia.log.innerText()) ?? [];

    const hubspot = await openTool(olivia, "HubSpot");
    await hubspot.getByRole("link", { name: "Webhooks" }).click();
    await hubspot.getByLabel("Target URL").fill(url);
    await hubspot.getByRole("button", { name: "Save" }).click();
    await expect.poll(() => hubspot.getByRole("status").innerText()).toMatch(/^Saved/);
    const secret = await hubspot.getByLabel("Client secret").inputValue();

    await olivia.log.getByRole("button", { name: "Give the Client secret" }).last().click();
    const opened = olivia.page.context().waitForEvent("page");
    await olivia.log.getByText("Open the page").last().click();
    const once = await opened;
    await once.getByLabel("Client secret").fill(secret);
    expect(await once.getByRole("radio").count()).toBe(0);
    await once.getByRole("button", { name: "Keep it" }).click();
    await expect.poll(() => once.locator("#title").innerText()).toBe("Kept");

    await renameSomebody(hubspot);
    const books = await openTool(olivia, "QuickBooks");
    const look = async (): Promise<string> => {
      await books.getByRole("searchbox").fill("ada.hook@example.com");
      await books.getByRole("button", { name: "Search" }).click();
      return books.locator("tbody").innerText();
    };
    await expect.poll(look, { timeout: 10_000 }).toContain("ada.hook@example.com");
    expect(olivia.errors).toEqual([]);
    await olivia.leave();
  },
);

async function openTool({ page }: Somebody, name: string): Promise<Page> {
  const href = await page.getByRole("link", { name, exact: true }).getAttribute("href");
  const tool = await page.context().newPage();
  await tool.goto(href ?? "");
  return tool;
}

/** The first contact gets another e-mail address. */
async function renameSomebody(hubspot: Page): Promise<void> {
  await hubspot.getByRole("link", { name: "Contacts" }).click();
  await hubspot.locator("tbody").getByRole("link").first().click();
  await hubspot.getByLabel("E-mail").fill("ada.hook@example.com");
  await hubspot.getByRole("button", { name: "Save" }).click();
  await expect.poll(() => hubspot.url()).toContain("_objects");
}
