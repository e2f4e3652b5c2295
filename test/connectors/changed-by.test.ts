import { expect, test } from "vitest";
import { tryTool } from "./acceptance/tool.ts";
import { never } from "./world.ts";

test("Drive says who changed a file last, in lists and for one by itself", async () => {
  await using drive = await tryTool("google-drive", { seed: 3, flaws: false });
  const { records } = await drive.readAll("files");
  const live = records.filter(({ content }) => content.kind === "live");
  expect(live.length).toBeGreaterThan(0);
  for (const { changedBy } of live) expect(changedBy).toMatch(/\w/);
  const [first] = live;
  const [again] = await drive.target("files").read([first?.id ?? ""], never);
  expect(again?.changedBy).toBe(first?.changedBy);
});

test("where a tool says nothing of it, nobody is named", async () => {
  await using dropbox = await tryTool("dropbox", { seed: 3, flaws: false });
  const { records } = await dropbox.readAll("files");
  expect(records.length).toBeGreaterThan(0);
  for (const { changedBy } of records) expect(changedBy ?? null).toBeNull();
});
