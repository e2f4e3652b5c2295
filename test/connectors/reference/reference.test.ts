import { expect, test } from "vitest";
import { grammarPage } from "./grammar-page.ts";

const file = new URL("../../../manifests/grammar.md", import.meta.url).pathname;

test("the page of what a manifest may say is what the schema says", async () => {
  await expect(grammarPage()).toMatchFileSnapshot(file);
});
