import { expect, test } from "vitest";
import { type ToolName, tryTool } from "./acceptance/tool.ts";
import { never } from "./world.ts";

const telling: readonly (readonly [ToolName, string])[] = [
  ["google-drive", "files"],
  ["salesforce", "contacts"],
  ["salesforce", "accounts"],
  ["salesforce", "opportunities"],
  ["salesforce", "orders"],
];

test.each(telling)(
  "%s says who changed one of its %s last, in lists and for one by itself",
  async (connector, object) => {
    await using tool = await tryTool(connector, { seed: 3, flaws: false });
    const { records } = await tool.readAll(object);
    const live = records.filter(({ content }) => content.kind === "live");
    expect(live.length).toBeGreaterThan(0);
    for (const { changedBy } of live) expect(changedBy).toMatch(/\w/);
    const [first] = live;
    const [again] = await tool.target(object).read([first?.id ?? ""], never);
    expect(again?.changedBy).toBe(first?.changedBy);
  },
);

test("Salesforce names the person who changed a record there, not us", async () => {
  await using salesforce = await tryTool("salesforce", { seed: 3, flaws: false });
  const { records } = await salesforce.readAll("contacts");
  const [{ id, changedBy: before } = { id: "", changedBy: null }] = records;
  await salesforce.control("/_edit", { id, set: { LastName: "Hopper" } });
  const [after] = await salesforce.source("contacts").read([id], never);
  expect(after?.changedBy).toMatch(/\w/);
  expect(after?.changedBy).not.toBe(before);
});

test("where a tool says nothing of it, nobody is named", async () => {
  await using dropbox = await tryTool("dropbox", { seed: 3, flaws: false });
  const { records } = await dropbox.readAll("files");
  expect(records.length).toBeGreaterThan(0);
  for (const { changedBy } of records) expect(changedBy ?? null).toBeNull();
});
