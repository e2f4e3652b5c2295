import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connectionName } from "#domain/ids.ts";
import { loadManifests } from "#connectors/manifest/load.ts";
import { tools } from "#sandbox/tools/index.ts";
import { folder } from "../connectors/world.ts";
import { admin } from "../operations/support/room.ts";
import { closeHouses, house } from "../web/house.ts";
import { executablePath, openBrowser } from "./chromium.ts";

let browser: Browser | undefined;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await closeHouses();
});

test.skipIf(executablePath === undefined)(
  "whoever signs in at the tool, or gives a key, chooses by name what nobody knows the number of",
  async () => {
    const { manifests } = await loadManifests([folder]);
    await using asana = await tools.asana({ folder: null, limits: false });
    const home = await house(manifests);
    const page = await (browser as Browser).newPage();
    const errors: string[] = [];
    page.on("pageerror", ({ message }) => errors.push(message));
    const title = () => page.locator("#title").innerText();
    const settings = async () =>
      (await home.world.registry.connection(connectionName("work")))?.settings;
    const open = async () => {
      const { url } = await home.perform("connections.invite", { connection: "work" }, admin);
      // Only the fragment would change, and the page would stay as it is.
      await page.goto("about:blank");
      await page.goto(url);
    };
    const add = { name: "work", connector: "asana", baseUrl: asana.base_url };
    await home.perform("connections.add", add, admin);

    await open();
    await page.getByLabel("Client id").fill(asana.oauth?.client_id ?? "");
    await page.getByLabel("Client secret").fill(asana.oauth?.client_secret ?? "");
    await page.getByRole("button", { name: "Sign in with Asana" }).click();
    await page.locator("#allow").click();
    await expect.poll(title).toBe("What “work” works with");
    expect(await settings()).toEqual({ workspace_gid: asana.settings["workspace_gid"] });

    // Who closes the page finds the choice on the next one.
    await open();
    await expect.poll(title).toBe("What “work” works with");
    const projects = page.getByLabel("Project of new tasks");
    await projects.selectOption({ value: asana.settings["project_gid"] ?? "" });
    await page.getByRole("button", { name: "Save" }).click();
    await expect.poll(title).toBe("Connected");
    expect(await settings()).toEqual(asana.settings);

    await home.perform("connections.add", { ...add, settings: {} }, admin);
    await open();
    await expect.poll(title).toBe("Connect Asana as “work”");
    expect(errors).toEqual([]);
  },
);
