import { expect, test } from "vitest";
import { fakeTool } from "./fake-tool.ts";
import { complaints, dealsManifest, manifestOf } from "./small-manifest.ts";
import { connectionTo, never, openWorld } from "./world.ts";

const text = dealsManifest(
  `
    fields: { title: name }
    list: { get: /deals, records: deals }
    read: { get: "/deals/{id}", ids: 1, records: deal }
    write:
      batch: 1
      repeat: nothing
      settings: [owner]
      calls: [{ post: /deals, body: "{item}", create: { name: "{fields.name}", owner: "{owner}" }, results: {} }]
`,
  `settings: { owner: { label: Owner id, about: Who owns new deals, optional: true } }`,
);

test("without a setting that writing needs, a connection can be read, and says so", async () => {
  await using tool = await fakeTool(({ path }) => ({ json: path === "/me" ? { name: "Us" } : { deals: [] } })); // prettier-ignore
  await using world = await openWorld({ token: "t" }, [manifestOf(text)]);
  const without = connectionTo("small", tool.url);
  const given = connectionTo("small", tool.url, { settings: { owner: "7" } });
  expect(await world.tools.check(without, never)).toMatchObject({ ok: true, can: ["read deals"] });
  expect(await world.tools.check(given, never)).toMatchObject({ can: ["read and write deals"] });
  expect(() => world.tools.target(without, "deals")).toThrow(
    "The connection small has no owner (Owner id), without which Small deals can be read, but not written.",
  );
  expect(world.tools.target(given, "deals").batch).toBe(1);
});

test("the linter sees a setting that is none, or that every connection has", () => {
  const said = (from: string, to: string) => complaints(text.replace(from, to));
  expect(said("[owner]", "[owners]")).toEqual([
    expect.stringContaining("The optional setting owners is not known; did you mean owner?"),
  ]);
  expect(said(", optional: true", "")).toEqual([
    expect.stringContaining("The optional setting owner is not known"),
  ]);
});
