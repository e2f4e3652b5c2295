import { expect, test } from "vitest";
import { type Dropbox, dropbox, errorOf, put } from "./dropbox-call.ts";

type Found = {
  matches: { match_type: { ".tag": string }; metadata: { metadata: { path_display: string } } }[];
  has_more: boolean;
  cursor?: string;
};

async function filled(): Promise<Dropbox> {
  const one = await dropbox({ seed: 0 });
  await put(one, "/Plans/Garden plan.txt", "roses and oaks");
  await put(one, "/Plans/List.csv", "a plan for the garden\n");
  await put(one, "/Garden.pdf", "%PDF-1.4");
  await put(one, "/old garden.txt", "x");
  await one.rpc("files/delete_v2", { path: "/old garden.txt" });
  await one.control("/_config", { search_lag_ms: 0 });
  return one;
}

const search = async (one: Dropbox, query: string, options: object = {}) =>
  (await one.rpc("files/search_v2", { query, options })).body as Found;

const paths = ({ matches }: Found) => matches.map(({ metadata }) => metadata.metadata.path_display);

test("words are found in names, and in what is written", async () => {
  await using one = await filled();
  const found = await search(one, "gard pla");
  expect(paths(found)).toEqual(["/Plans/Garden plan.txt", "/Plans/List.csv"]);
  expect(found.matches.map((match) => match.match_type[".tag"])).toEqual(["filename", "file_content"]); // prettier-ignore
  expect(paths(await search(one, "gard pla", { filename_only: true }))).toHaveLength(1);
  expect(paths(await search(one, "arden"))).toEqual([]);
});

test.each([
  [{ path: "/plans" }, ["/Plans/Garden plan.txt", "/Plans/List.csv"]],
  [{ file_extensions: ["PDF"] }, ["/Garden.pdf"]],
  [{ file_categories: ["spreadsheet"] }, ["/Plans/List.csv"]],
  [{ file_status: "deleted" }, ["/old garden.txt"]],
])("with %j it finds %j", async (options, expected) => {
  await using one = await filled();
  expect(paths(await search(one, "garden", options))).toEqual(expected);
});

test("matches come in pages", async () => {
  await using one = await filled();
  const first = await search(one, "garden", { max_results: 2 });
  expect([first.matches.length, first.has_more]).toEqual([2, true]);
  const next = (await one.rpc("files/search/continue_v2", { cursor: first.cursor })).body as Found;
  expect([next.matches.length, next.has_more]).toEqual([1, false]);
  expect((await one.rpc("files/search/continue_v2", { cursor: "none" })).status).toBe(400);
});

test("what has just changed is not found yet", async () => {
  await using one = await filled();
  await one.control("/_config", { search_lag_ms: 60_000 });
  expect(paths(await search(one, "garden"))).toEqual([]);
  const wrong = await one.rpc("files/search_v2", { query: "x", options: { path: "/none" } });
  expect(errorOf(wrong)).toBe("409 path/not_found");
});
