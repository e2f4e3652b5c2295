import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadReadyMade } from "../src/ready-made.ts";
import { emptyFolder } from "./support/bot.ts";

const ours = new URL("../manifests", import.meta.url).pathname;
const own = `conversion: order-to-task
title: An order becomes a task
from: order
to: task
record:
  title: "Pack {number}"
`;

test("a team's own conversions and recipes stand beside ours", async () => {
  await using folder = await emptyFolder();
  await mkdir(join(folder.path, "conversions"));
  await writeFile(join(folder.path, "conversions/order-to-task.yaml"), own);
  const { conversions, recipes } = await loadReadyMade([ours, folder.path]);
  expect([...conversions.keys()]).toEqual(expect.arrayContaining(["order-to-task", "deal-to-invoice"])); // prettier-ignore
  expect(recipes.map(({ name }) => name)).toContain("won-deal-invoice");
});

test("one that is wrong keeps us from starting, and says where", async () => {
  await using folder = await emptyFolder();
  await mkdir(join(folder.path, "conversions"));
  await writeFile(
    join(folder.path, "conversions/broken.yaml"),
    own.replace("{number}", "{nummer}"),
  );
  await expect(loadReadyMade([folder.path])).rejects.toThrow(
    /conversions\/broken\.yaml:6:10: an order has no field “nummer”; did you mean number\?/,
  );
});
