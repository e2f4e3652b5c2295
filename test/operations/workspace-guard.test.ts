import { expect, test } from "vitest";
import { admin, makeRoom } from "./support/room.ts";

const file = "tieline.yaml";

test("a guard is switched off by its name only, and stays so in what is exported", async () => {
  const { perform } = await makeRoom();
  const guarded = async (line: string) => {
    const text = `flows:\n  customers-to-books:\n    from: crm/contacts\n    to: books/customers\n    guard: ${line}\n`;
    return (await perform("workspace.plan", { text, file }, admin)).plans[0]?.guard;
  };
  expect(await guarded("off")).toBeNull();
  expect(await guarded("{ deletes: 0 }")).toEqual({ changes: 0.25, deletes: 0 });
  const text =
    "flows:\n  customers-to-books:\n    from: crm/contacts\n    to: books/customers\n    guard: off\n";
  await perform("workspace.apply", { text, file }, admin);
  expect((await perform("workspace.export", {}, admin)).text).toMatch(
    /customers-to-books:[\s\S]*guard: "?off"?/,
  );
});
