import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { emptyFolder, startTieline, tieline, type Process } from "../support/bot.ts";
import { personAt } from "../support/person.ts";

const [flow, room] = ["customers-to-books", "integrations"];

let folder: Awaited<ReturnType<typeof emptyFolder>>;
let bot: Process;
let env: Record<string, string>;
let olivia: ReturnType<typeof personAt>;

beforeAll(async () => {
  folder = await emptyFolder();
  env = { TIELINE_DIR: join(folder.path, ".tieline") };
  bot = startTieline(["start"], env);
  const page = (await bot.printed(/Open (http\S+)/))[1] ?? "";
  await bot.printed(/Ctrl-C/);
  olivia = personAt(page);
});
afterAll(async () => {
  await bot?.[Symbol.asyncDispose]();
  await folder?.[Symbol.asyncDispose]();
});

test("the map is a picture in the channel, and the same in words and for a file", async () => {
  const shown = await olivia.hears(room, /^\*?Point-to-point/, () =>
    olivia.type(room, "/sync map"),
  );
  expect(shown.blocks?.some(({ type }) => type === "image")).toBe(true);
  expect(shown.text).toContain("customers-to-books goes from crm/contacts to books/customers");
  const { code, out } = await tieline(["map"], env);
  expect(code).toBe(0);
  expect(out).toMatch(/<svg[\s\S]*HubSpot[\s\S]*<\/svg>/);
});

test("a runbook is a message, a canvas and a file", async () => {
  const shown = await olivia.hears(room, /What it does/, () =>
    olivia.type(room, `/sync docs ${flow}`),
  );
  expect(shown.text).toMatch(/Phone.*properties\.phone → PrimaryPhone\.FreeFormNumber/);
  const made = await olivia.hears(room, /is a canvas in this channel now/, () =>
    olivia.press(shown, "As a canvas"),
  );
  const { url } = made.blocks?.flatMap(({ elements = [] }) => elements as { url?: string }[]).find((one) => one.url !== undefined) ?? {}; // prettier-ignore
  const canvas = await (await fetch(url ?? "")).text();
  const { out } = await tieline(["docs", flow], env);
  expect(canvas).toContain("## What happens when something goes wrong");
  expect(out.split("\n").slice(0, 8)).toEqual(canvas.split("\n").slice(0, 8));
});
