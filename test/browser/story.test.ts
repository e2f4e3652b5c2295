import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { emptyFolder, startTieline } from "../support/bot.ts";
import { startPostgres } from "../support/postgres-server.ts";
import { executablePath, openBrowser } from "./chromium.ts";

let browser: Browser | undefined;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

const databases = ["embedded", "Postgres"] as const;

test.skipIf(executablePath === undefined).for(databases)(
  "from the failure card to the repaired record, in under 90 seconds, on %s",
  async (database, { skip }) => {
    await using server = database === "Postgres" ? await startPostgres() : undefined;
    if (database === "Postgres" && server === undefined) skip("no Postgres on this machine");
    await using folder = await emptyFolder();
    await using bot = startTieline(["start"], {
      TIELINE_DIR: `${folder.path}/.tieline`,
      ...(server !== undefined && { DATABASE_URL: server.url }),
    });
    await bot.printed(/✓ Done/);
    const [, address = ""] = await bot.printed(/Open (http\S+)/);
    const page = await (browser as Browser).newPage({ viewport: { width: 1280, height: 860 } });
    const errors: string[] = [];
    page.on("pageerror", ({ message }) => errors.push(message));
    const began = Date.now();
    await page.goto(address);

    await correctThePhone(page);
    await correctOneOfThree(page);
    await runAgain(page);
    expect(await inBooks(page, "selma@bosporus.example")).toBe(1);
    expect(await inBooks(page, "emma.l@example.org")).toBe(1);
    expect(Date.now() - began).toBeLessThan(90_000);
    expect(errors).toEqual([]);
  },
);

const card = (page: Page, ...words: string[]) =>
  words
    .reduce((found, hasText) => found.filter({ hasText }), page.locator("article[data-ts]"))
    .first();

async function correctThePhone(page: Page): Promise<void> {
  const mine = card(page, "is not a phone number");
  const ts = await mine.getAttribute("data-ts");
  await mine.getByRole("button", { name: "Inspect" }).click();
  const dialog = page.getByRole("dialog");
  await expect.poll(() => dialog.innerText()).toContain('"call reception"');
  await pictureForTheReadme(page);

  const phone = dialog.getByRole("textbox", { name: "Phone" });
  await phone.fill("call her mother");
  await dialog.getByRole("button", { name: "Retry" }).click();
  await expect.poll(() => dialog.innerText()).toMatch(/phone number with its country/);
  await phone.fill("+90 212 909 01 23");
  await dialog.getByRole("button", { name: "Retry" }).click();
  await expect
    .poll(() => dialog.innerText(), { timeout: 20_000 })
    .toMatch(/Written. QuickBooks has taken/);
  await dialog.getByRole("button", { name: "Close", exact: true }).click();

  const same = page.locator(`article[data-ts="${ts}"]`);
  await expect.poll(() => same.innerText(), { timeout: 20_000 }).toMatch(/✓\s*Fixed/);
}

async function correctOneOfThree(page: Page): Promise<void> {
  const mine = card(page, "already using this name");
  await expect.poll(() => mine.innerText()).toContain("3 records");
  await mine.getByRole("button", { name: "Inspect" }).click();
  const dialog = page.getByRole("dialog");
  const name = dialog.getByRole("textbox", { name: "Name", exact: true });
  await expect.poll(() => name.inputValue()).not.toBe("");
  while ((await name.inputValue()) !== "Emma Lindgaard") {
    const before = await name.inputValue();
    await dialog.getByRole("button", { name: "Next" }).click();
    await expect.poll(() => name.inputValue()).not.toBe(before);
  }
  await name.fill("Emma Lindgaard (Oslo)");
  await dialog.getByRole("button", { name: "Retry" }).click();
  await expect
    .poll(() => dialog.innerText(), { timeout: 20_000 })
    .toMatch(/Written. QuickBooks has taken/);
  await dialog.getByRole("button", { name: "Close", exact: true }).click();
  await expect
    .poll(() => mine.innerText(), { timeout: 20_000 })
    .toMatch(/2 of 3 records still open/);
}

async function runAgain(page: Page): Promise<void> {
  const composer = page.getByTestId("composer").getByRole("textbox");
  await composer.fill("/sync run customers-to-books");
  await composer.press("Enter");
  const log = page.getByRole("log").first();
  await expect
    .poll(() => log.innerText(), { timeout: 30_000 })
    .toMatch(/Done\S*\s+customers-to-books/);
}

/** How often QuickBooks has this address, as its own page shows it. */
async function inBooks(page: Page, email: string): Promise<number> {
  const books = await page.getByRole("link", { name: "QuickBooks" }).getAttribute("href");
  const customers = await (await fetch(`${books}?q=${encodeURIComponent(email)}`)).text();
  return customers.split(`>${email}<`).length - 1;
}

/** `UPDATE_PICTURE=1 npm run test:browser` takes the README's picture anew. */
async function pictureForTheReadme(page: Page): Promise<void> {
  if (process.env["UPDATE_PICTURE"] === undefined) return;
  await page.waitForTimeout(500);
  await page.screenshot({ path: new URL("page.png", import.meta.url).pathname });
}
