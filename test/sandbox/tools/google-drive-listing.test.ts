import { expect, test } from "vitest";
import { type Drive, drive, filesIn, idOf, reasonOf, search } from "./google-drive-call.ts";

const DRIVE = "0AHarbourSharedDrivePVA";
const ALL = "supportsAllDrives=true&includeItemsFromAllDrives=true";

type Page = { nextPageToken?: string; files: { id: string }[] };

async function readAll(one: Drive, query: string): Promise<string[][]> {
  const pages: string[][] = [];
  let token: string | undefined;
  do {
    const next = token === undefined ? "" : `&pageToken=${encodeURIComponent(token)}`;
    const page = (await one.get(`files?${query}${next}`)).body as Page;
    pages.push(page.files.map(({ id }) => id));
    token = page.nextPageToken;
  } while (token !== undefined);
  return pages;
}

test("a list comes in pages until there is no token", async () => {
  await using one = await drive({ seed: 25 });
  const pages = await readAll(one, "pageSize=10&q=mimeType!='application/vnd.google-apps.folder'");
  expect(pages.map((page) => page.length)).toEqual([10, 10, 5]);
  expect(new Set(pages.flat()).size).toBe(25);
});

test("a page may be half empty although more follow", async () => {
  await using one = await drive({ seed: 25 });
  await one.control("/_config", { partial_pages: true });
  const pages = await readAll(one, "pageSize=10&q=trashed=false");
  expect(pages.map((page) => page.length).slice(0, 3)).toEqual([10, 5, 5]);
  expect(new Set(pages.flat()).size).toBe(pages.flat().length);
});

test("without a page size My Drive comes whole, a shared drive in hundreds", async () => {
  await using one = await drive({ seed: 130 });
  expect(filesIn(await one.get(search("mimeType contains 'text/'"))).length).toBeGreaterThan(40);
  const whole = (await one.get("files")).body as Page;
  expect(whole.files.length).toBeGreaterThan(130);
  expect(whole.nextPageToken).toBeUndefined();
  const both = (await one.get(`files?${ALL}`)).body as Page;
  expect(both.files).toHaveLength(100);
  expect(both.nextPageToken).toBeTypeOf("string");
  const most = (await one.get("files?pageSize=5000")).body as Page;
  expect(most.files).toHaveLength(whole.files.length);
});

test("a token that the mask leaves out is not given", async () => {
  await using one = await drive();
  const page = (await one.get("files?pageSize=2&fields=files(id)")).body as Page;
  expect(Object.keys(page)).toEqual(["files"]);
});

test("a page token is refused for another search, when forged, and after its time", async () => {
  await using one = await drive();
  const { nextPageToken: token = "" } = (await one.get("files?pageSize=2")).body as Page;
  const with_ = (query: string) => one.get(`files?${query}&pageToken=${encodeURIComponent(token)}`);
  expect((await with_("pageSize=3")).status).toBe(200);
  expect(await with_("q=trashed=false")).toMatchObject({
    body: { error: { errors: [{ reason: "invalid", location: "pageToken" }] } },
  });
  expect(reasonOf(await one.get("files?pageToken=abc"))).toBe("400 invalid");
  await one.control("/_config", { cursor_ms: 0 });
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(reasonOf(await with_("pageSize=2"))).toBe("400 invalid");
});

test.each(["0", "-1", "ten", "1.5"])("a page size of %s is refused", async (size) => {
  await using one = await drive({ seed: 0 });
  expect(reasonOf(await one.get(`files?pageSize=${size}`))).toBe("400 invalidParameter");
});

test("orders are by the keys that Drive has", async () => {
  await using one = await drive({ seed: 0 });
  for (const name of ["b 10", "B 9", "a"]) await one.send("POST", "files", { name });
  const names = async (order: string) =>
    filesIn(await one.get(`files?orderBy=${encodeURIComponent(order)}`)).map(({ name }) => name);
  expect(await names("name")).toEqual(["a", "b 10", "B 9"]);
  expect(await names("name_natural desc")).toEqual(["b 10", "B 9", "a"]);
  expect(await names("folder,name desc")).toEqual(["B 9", "b 10", "a"]);
});

test("a shared drive shows itself to who says that it knows of them", async () => {
  await using one = await drive();
  const { body } = await one.get("drives");
  expect(body).toMatchObject({ drives: [{ id: DRIVE, name: "Harbour & Sons" }] });
  expect(reasonOf(await one.get("drives/0Aelse"))).toBe("404 notFound");
  const there = await one.get(`files?corpora=drive&driveId=${DRIVE}&${ALL}&fields=files(id,driveId,owners)`); // prettier-ignore
  const [first] = (there.body as { files: { id: string; driveId: string }[] }).files;
  expect(first).toEqual({ id: first?.id, driveId: DRIVE });
  expect(reasonOf(await one.get(`files/${first?.id ?? ""}`))).toBe("404 notFound");
  expect((await one.get(`files/${first?.id ?? ""}?supportsAllDrives=true`)).status).toBe(200);
  expect(reasonOf(await one.get(`files?corpora=drive&${ALL}`))).toBe("400 badRequest");
  expect(reasonOf(await one.get("files?includeItemsFromAllDrives=true"))).toBe("400 badRequest");
  const lost = await one.send("POST", "files", { name: "A", parents: [DRIVE] });
  expect(reasonOf(lost)).toBe("404 notFound");
  const made = await one.send("POST", "files?supportsAllDrives=true", { name: "A", parents: [DRIVE] }); // prettier-ignore
  expect(idOf(made)).not.toBe("");
});

test("a search over several drives may be incomplete, and says so", async () => {
  await using one = await drive();
  const complete = async () => (await one.get(`files?corpora=allDrives&${ALL}`)).body;
  expect(await complete()).toMatchObject({ incompleteSearch: false });
  await one.control("/_config", { incomplete_search: true });
  expect(await complete()).toMatchObject({ incompleteSearch: true });
});

test("the first files have what is awkward about files, unless it is not wanted", async () => {
  await using clean = await drive({ seed: 40 });
  expect(clean.tool.stats()).toMatchObject({ objects: { files: 40 }, duplicates: 0 });
  await using one = await drive({ seed: 40, flaws: true });
  expect(one.tool.stats()).toMatchObject({ objects: { files: 41 }, duplicates: 1 });
  const names = filesIn(await one.get("files?pageSize=1000")).map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(["Contract.pdf", "contract.pdf", "Q1/Q2 summary.txt"])); // prettier-ignore
  expect((await one.control("/_seed", { files: 5 })).body).toEqual({ records: 46 });
});
