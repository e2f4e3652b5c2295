import type { Browser, Locator, Page } from "playwright-core";
import { expect } from "vitest";

const patience = { timeout: 120_000 };

/** Somebody in front of the page of the simulated workspace, with a mouse and a keyboard. */
export async function sitDown(browser: Browser, address: string) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  context.setDefaultTimeout(patience.timeout);
  const page = await context.newPage();
  const errors: string[] = [];
  page.on("pageerror", ({ message }) => errors.push(message));
  await page.goto(address);
  const dialog = page.getByRole("dialog");
  const log = page.getByRole("log").first();
  const composer = page.getByTestId("composer").getByRole("textbox");

  return {
    page,
    dialog,
    log,
    errors,
    async type(line: string): Promise<void> {
      await composer.fill(line);
      await composer.press("Enter");
    },
    /** Chooses in a list with the mouse. */
    async choose(label: string, option: string | RegExp): Promise<void> {
      await dialog.getByLabel(label, { exact: true }).click();
      await page.getByRole("option", { name: option, exact: true }).click();
    },
    press: (name: string | RegExp): Promise<void> =>
      dialog.getByRole("button", { name, exact: true }).click(),
    /** Waits until the dialog says this. */
    reads: (text: string | RegExp): Promise<void> => shows(dialog, text),
    /** Waits until the channel says this; behind a dialog nobody sees it. */
    hears: (text: string | RegExp): Promise<void> => shows(log, text),
    card: (...words: readonly string[]): Locator =>
      words
        .reduce((found, hasText) => found.filter({ hasText }), page.locator("article[data-ts]"))
        .last(),
    /** Until no dialog is left: one may stand on another. */
    async close(): Promise<void> {
      const button = dialog.locator(".dialog-head").getByRole("button");
      const left = async (): Promise<number> => {
        // It may be gone meanwhile.
        if ((await dialog.count()) > 0) await button.last().click({ timeout: 2000 }).catch(() => undefined); // prettier-ignore
        return dialog.count();
      };
      await expect.poll(left, patience).toBe(0);
    },
    /** The page of a simulated tool, in a tab of its own. */
    async tool(name: string) {
      const href = await page.getByRole("link", { name, exact: true }).getAttribute("href");
      return toolPage(await context.newPage(), href ?? "");
    },
    leave: () => context.close(),
  };
}
export type Somebody = Awaited<ReturnType<typeof sitDown>>;

const shows = (place: Locator, text: string | RegExp): Promise<void> =>
  expect.poll(() => place.innerText({ timeout: 2000 }).catch(() => ""), patience).toMatch(text);

/** What somebody at a tool sees of its first kind of records, and changes there. */
function toolPage(page: Page, address: string) {
  const search = (email: string) => page.goto(`${address}?q=${encodeURIComponent(email)}`);
  const found = page.locator("tbody tr");
  return {
    /** The line of this record, or of none; looks again until it says this. */
    async shows(email: string, text: string | RegExp): Promise<void> {
      const look = async (): Promise<string> => {
        await search(email);
        return (await found.allInnerTexts()).join("\n");
      };
      await expect.poll(look, { ...patience, interval: 250 }).toMatch(text);
    },
    async lacks(email: string): Promise<void> {
      await search(email);
      expect(await found.count()).toBe(0);
    },
    async change(email: string, label: string | RegExp, value: string): Promise<void> {
      await search(email);
      await found.getByRole("link").first().click();
      await page.getByLabel(label).first().fill(value);
      await page.getByRole("button", { name: "Save" }).click();
      await expect.poll(() => page.url(), patience).toContain("_objects");
    },
  };
}
