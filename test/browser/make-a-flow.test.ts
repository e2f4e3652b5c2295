import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { emptyFolder, startTieline } from "../support/bot.ts";
import { executablePath, openBrowser } from "./chromium.ts";

let browser: Browser | undefined;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

const shows = (dialog: Locator, text: string) =>
  expect.poll(() => dialog.innerText(), { timeout: 20_000 }).toContain(text);

/** Chooses in a list with the mouse. */
async function choose(page: Page, dialog: Locator, label: string, option: string): Promise<void> {
  await dialog.getByLabel(label, { exact: true }).click();
  await page.getByRole("option", { name: option, exact: true }).click();
}

test.skipIf(executablePath === undefined)(
  "a flow is made in the page: both ends, its rules, a field, a look ahead, and on",
  async () => {
    await using folder = await emptyFolder();
    await using bot = startTieline(["start"], { TIELINE_DIR: `${folder.path}/.tieline` });
    const [, address = ""] = await bot.printed(/Open (http\S+)/);
    const page = await (browser as Browser).newPage({ viewport: { width: 1280, height: 900 } });
    const errors: string[] = [];
    page.on("pageerror", ({ message }) => errors.push(message));
    await page.goto(address);
    const composer = page.getByTestId("composer").getByRole("textbox");
    await composer.fill("/sync new");
    await composer.press("Enter");

    const dialog = page.getByRole("dialog");
    await shows(dialog, "Choose where records come from");
    await choose(page, dialog, "From", "Contacts in crm");
    await expect.poll(() => dialog.getByLabel("To", { exact: true }).count()).toBe(1);
    await choose(page, dialog, "To", "Customers in hub");
    await dialog.getByRole("button", { name: "Next" }).click();
    await shows(dialog, "It runs");
    await dialog.getByRole("button", { name: "Next" }).click();

    await shows(dialog, "real records");
    // Name, e-mail and phone are what records are told by: those stay.
    const company = dialog.locator(".section").filter({ hasText: "Company" }).first();
    await company.getByRole("button", { name: "Change" }).click();
    await shows(dialog, "It is filled");
    await dialog.getByRole("radio", { name: /Leave it out/ }).check();
    await dialog.getByRole("button", { name: "Save" }).click();
    await shows(dialog, "left out");
    await dialog.getByRole("button", { name: "Preview" }).click();
    await shows(dialog, "to create");
    await dialog.getByRole("button", { name: "Turn on" }).click();
    await shows(dialog, "contacts-to-hub is on, at version 2");
    expect(errors).toEqual([]);
  },
);
