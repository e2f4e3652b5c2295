import { existsSync } from "node:fs";
import { chromium, type Browser } from "playwright-core";

/** The one of TIELINE_TEST_CHROMIUM, else one of this machine; undefined where there is none. */
export const executablePath =
  process.env["TIELINE_TEST_CHROMIUM"] ??
  ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
if (executablePath === undefined) console.warn("skipped: no Chromium on this machine");

const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export async function openBrowser(): Promise<Browser | undefined> {
  return executablePath === undefined ? undefined : chromium.launch({ executablePath, args });
}
