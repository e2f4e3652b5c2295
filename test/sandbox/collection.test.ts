import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openShelf } from "../../src/sandbox/collection.ts";

test("what comes of something under way when a shelf was closed is kept by nobody, and hurts nobody", () => {
  const folder = mkdtempSync(join(tmpdir(), "tieline-shelf-"));
  try {
    const shelf = openShelf(folder, "hooks");
    const hooks = shelf.collection<{ tries: number }>("hooks");
    hooks.set("a", { tries: 1 });
    hooks.set("b", { tries: 1 });
    shelf[Symbol.dispose]();
    hooks.set("a", { tries: 2 });
    hooks.delete("b");
    using again = openShelf(folder, "hooks");
    expect([...again.collection("hooks").entries()]).toEqual([["a", { tries: 1 }], ["b", { tries: 1 }]]); // prettier-ignore
  } finally {
    rmSync(folder, { recursive: true });
  }
});
