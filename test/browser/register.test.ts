import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { emptyFolder, startTieline } from "../support/bot.ts";
import { helpdesk } from "../support/manifest.ts";
import { executablePath, openBrowser } from "./chromium.ts";

let browser: Browser | undefined;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

const file = (name: string, text: string) => ({
  name,
  mimeType: "text/yaml",
  buffer: Buffer.from(text),
});

/** Opens the browser's chooser as the deed does, and chooses. */
async function choosing(
  page: Page,
  deed: () => Promise<void>,
  ...files: ReturnType<typeof file>[]
) {
  const opened = page.waitForEvent("filechooser");
  await deed();
  await (await opened).setFiles(files);
}

test.skipIf(executablePath === undefined)(
  "a manifest is chosen by mouse, by keyboard and by dropping it, and handed in",
  async () => {
    await using folder = await emptyFolder();
    await using bot = startTieline(["start"], { TIELINE_DIR: `${folder.path}/.tieline` });
    const [, address = ""] = await bot.printed(/Open (http\S+)/);
    const page = await (browser as Browser).newPage({ viewport: { width: 1280, height: 860 } });
    const errors: string[] = [];
    page.on("pageerror", ({ message }) => errors.push(message));
    // Choosers are caught only while somebody listens, and that takes effect later than a key does: one
    // that opens for real before it keeps all others from opening.
    page.on("filechooser", () => undefined);
    await page.goto(address);
    const composer = page.getByTestId("composer").getByRole("textbox");
    await composer.fill("/connector register");
    await composer.press("Enter");
    const dialog = page.getByRole("dialog");
    await expect.poll(() => dialog.innerText()).toContain("A connector is one YAML file");
    const input = dialog.getByLabel("Manifest", { exact: true });
    const chosen = () => dialog.locator(".chosen-file").allInnerTexts();

    await choosing(page, () => input.click(), file("picture.png", "x"));
    await expect.poll(() => dialog.innerText()).toContain("these types: yaml, yml");
    expect(await chosen()).toEqual([]);
    await choosing(page, () => input.click(), file("first.yaml", "connector: ["));
    await expect
      .poll(chosen, { timeout: 10_000 })
      .toEqual([expect.stringMatching(/first\.yaml\s+12 bytes/)]);
    expect(await dialog.innerText()).not.toContain("these types");

    await dialog.getByRole("button", { name: "Remove first.yaml" }).focus();
    await page.keyboard.press("Enter");
    await expect.poll(chosen, { timeout: 10_000 }).toEqual([]);
    await expect.poll(() => input.evaluate((one) => one === document.activeElement)).toBe(true);
    const broken = helpdesk.replace("title: Help desk\n", "");
    await choosing(page, () => input.press("Space"), file("second.yml", broken));
    await expect.poll(chosen, { timeout: 10_000 }).toEqual([expect.stringContaining("second.yml")]);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Control+Enter");
    await expect.poll(() => dialog.innerText(), { timeout: 10_000 }).toMatch(/1 problem[\s\S]*Line 1, column 1/); // prettier-ignore
    expect(await chosen()).toEqual([]);

    await dialog.locator(".file-input").evaluate((box, text) => {
      const data = new DataTransfer();
      data.items.add(new File([text], "third.yaml"));
      box.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true }));
    }, helpdesk);
    await expect.poll(chosen, { timeout: 10_000 }).toEqual([expect.stringContaining("third.yaml")]);
    await dialog.getByRole("button", { name: "Check" }).click();
    await expect.poll(() => dialog.innerText(), { timeout: 10_000 }).toContain("What it could do");
    await dialog.getByRole("button", { name: "Ask for approval" }).click();
    await expect
      .poll(() => dialog.innerText(), { timeout: 10_000 })
      .toContain("waits for a second admin");
    await dialog.getByRole("button", { name: "Close", exact: true }).click();
    const card = page.locator("article[data-ts]").filter({ hasText: "Needs a second admin" });
    await expect
      .poll(() => card.innerText(), { timeout: 20_000 })
      .toContain("api.helpdesk.example");
    expect(errors).toEqual([]);
  },
);
