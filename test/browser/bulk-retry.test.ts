import type { Browser, Locator } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { emptyFolder, startTieline } from "../support/bot.ts";
import { post } from "../support/sandbox.ts";
import { executablePath, openBrowser } from "./chromium.ts";
import { sitDown } from "./page.ts";

let browser: Browser | undefined;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

const records = 30;
const patience = { timeout: 100_000 };

test.skipIf(executablePath === undefined)(
  "a retry of many is planned first, stops where the same is said again, is paused and let go on",
  async () => {
    await using folder = await emptyFolder();
    await using bot = startTieline(["start"], { TIELINE_DIR: `${folder.path}/.tieline` });
    const [, address = ""] = await bot.printed(/Open (http\S+)/);
    await bot.printed(/✓ Done/);
    const olivia = await sitDown(browser as Browser, address);
    const tool = async (name: string): Promise<string> =>
      (await olivia.page.getByRole("link", { name, exact: true }).getAttribute("href")) ?? "";
    const [hubspot, books] = [await tool("HubSpot"), await tool("QuickBooks")];
    const idsIn = async (query: string): Promise<string[]> => {
      const list = await (await fetch(hubspot + query)).text();
      return [...list.matchAll(/_record\/contacts\/(\d+)/g)].map(([, id = ""]) => id);
    };
    // One is so from the beginning: with it all are of one cause.
    const found = new Set([...(await idsIn("?q=call%20reception")), ...(await idsIn(""))]);
    const ids = [...found].slice(0, records);
    const phones = async (phone: string): Promise<void> => {
      for (const id of ids) await post(new URL("/_edit", hubspot), { object: "contacts", id, set: { phone } }); // prettier-ignore
    };
    // Other messages say the same later on: this one is known by its time.
    const ts = await olivia.card("is not a phone number").getAttribute("data-ts");
    const card = olivia.page.locator(`article[data-ts="${ts ?? ""}"]`);
    const says = (text: RegExp) => expect.poll(() => card.innerText(), patience).toMatch(text);
    const press = (name: string | RegExp): Promise<void> =>
      card.getByRole("button", { name, exact: true }).click();

    const { dialog } = olivia;
    // On a machine that is busy a click may come to nothing: then one clicks again.
    const plans = (): Promise<void> =>
      expect
        .poll(
          async () => {
            if ((await dialog.count()) === 0) await press(`Retry all ${records}`);
            return dialog.innerText({ timeout: 2000 }).catch(() => "");
          },
          { ...patience, interval: 3000 },
        )
        .toMatch(/First one is tried, then ten, then the rest/);
    const leaves = (name: string): Promise<void> =>
      expect
        .poll(
          async () => {
            const button = dialog.getByRole("button", { name, exact: true });
            await button.click({ timeout: 1000 }).catch(() => undefined);
            return dialog.count();
          },
          { ...patience, interval: 3000 },
        )
        .toBe(0);

    await phones("call reception");
    // All of it: what has just been edited a search does not know of yet.
    await olivia.type("/sync run customers-to-books full");
    await says(new RegExp(`${records} records`));

    await plans();
    await olivia.reads(/30 records of customers-to-books are sent to QuickBooks again/);
    await olivia.reads(/About \d+ calls, about \d+ (s|min), with half of what the tools allow/);
    await picture(olivia.page.locator("body"), "plan");
    await leaves("Not now");
    expect(await card.innerText()).not.toMatch(/Under way/);

    await plans();
    await leaves(`Retry all ${records}`);
    await says(new RegExp(`Stopped after 1 of ${records}: HubSpot still says`));
    await picture(card, "stopped");

    await phones("+33 1 70 18 99 01");
    await post(new URL("/_config", books), {
      faults: [{ kind: "slow", ms: 4000, times: "all" }],
    });
    await plans();
    await leaves(`Retry all ${records}`);
    await says(/Under way/);
    await press("Pause");
    await says(/Paused/);
    await picture(card, "paused");
    await post(new URL("/_config", books), { faults: [] });
    await press("Go on");
    // What was corrected in HubSpot has gone its way as it is now; what was said of the old content is over.
    await says(new RegExp(`Closed[\\s\\S]*${records} changed`));
    await picture(card, "closed");
    expect(olivia.errors).toEqual([]);
    await olivia.leave();
  },
);

/** `PICTURES=/tmp npm run test:browser` keeps what a person sees on the way. */
async function picture(what: Locator, name: string): Promise<void> {
  const folder = process.env["PICTURES"];
  if (folder !== undefined) await what.screenshot({ path: `${folder}/retry-${name}.png` });
}
