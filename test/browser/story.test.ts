import { existsSync } from "node:fs";
import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { emptyFolder, startTieline, type Process } from "../support/bot.ts";

const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(
  existsSync,
);
const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

let browser: Browser;
let bot: Process;
let folder: Awaited<ReturnType<typeof emptyFolder>>;
let page: Page;
let address: string;

if (executablePath === undefined) console.warn("skipped: no Chromium on this machine");

beforeAll(async () => {
  if (executablePath === undefined) return;
  folder = await emptyFolder();
  bot = startTieline(["start"], { TIELINE_DIR: `${folder.path}/.tieline` });
  browser = await chromium.launch({ executablePath, args });
  await bot.printed(/✓ Done/);
  address = (await bot.printed(/Open (http\S+)/))[1] ?? "";
  page = await browser.newPage({ viewport: { width: 1280, height: 860 } });
  await page.goto(address);
});
afterAll(async () => {
  await browser?.close();
  await bot?.[Symbol.asyncDispose]();
  await folder?.[Symbol.asyncDispose]();
});

test.skipIf(executablePath === undefined)(
  "from the failure card to the repaired record, in under 90 seconds",
  async () => {
    const began = Date.now();
    await page.getByTestId("channel-integrations").click();
    const card = page.locator("[data-ts]", { hasText: "Phone" }).filter({ hasText: "Needs a hand" }).last();
    await card.getByRole("button", { name: "Inspect" }).click();

    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Phone", { exact: false }).first().fill("+905321234567");
    await dialog.getByRole("button", { name: "Retry" }).click();
    await expect.poll(() => dialog.innerText(), { timeout: 20_000 }).toMatch(/Written/);
    await page.keyboard.press("Escape");
    await expect.poll(() => page.getByRole("log").innerText(), { timeout: 20_000 }).toMatch(/✓ Fixed/);

    const composer = page.getByTestId("composer").getByRole("textbox");
    await composer.fill("/sync run customers-to-books");
    await composer.press("Enter");
    await expect
      .poll(() => page.getByRole("log").innerText(), { timeout: 30_000 })
      .toMatch(/✓ Done\s+customers-to-books/);

    const books = await page.getByRole("link", { name: "QuickBooks" }).getAttribute("href");
    const customers = await (await fetch(`${books}?q=selma`)).text();
    expect(customers.match(/selma@bosporus\.example/g)).toHaveLength(1);
    expect(Date.now() - began).toBeLessThan(90_000);
  },
);
