import { expect, test } from "vitest";
import { type Drive, drive, FOLDER, idOf, reasonOf } from "./google-drive-call.ts";

const DRIVE = "0AHarbourSharedDrivePVA";
const ALL = "supportsAllDrives=true&includeItemsFromAllDrives=true";
type Change = { fileId: string; removed: boolean; file?: { name: string; trashed: boolean } };
type Page = { changes: Change[]; nextPageToken?: string; newStartPageToken?: string };

const start = async (one: Drive, query = ""): Promise<string> =>
  ((await one.get(`changes/startPageToken${query}`)).body as { startPageToken: string }).startPageToken; // prettier-ignore

const FIELDS = "fields=nextPageToken,newStartPageToken,changes(fileId,removed,file(name,trashed))";
const since = async (one: Drive, token: string, query = "") =>
  (await one.get(`changes?pageToken=${token}&${FIELDS}${query}`)).body as Page;

const make = async (one: Drive, name: string, more: object = {}) =>
  idOf(await one.send("POST", "files", { name, ...more }));

test("the feed tells of each file what became of it last", async () => {
  await using one = await drive();
  const token = await start(one);
  expect(await since(one, token)).toEqual({ newStartPageToken: token, changes: [] });
  const a = await make(one, "a");
  const b = await make(one, "b");
  const c = await make(one, "c");
  await one.send("PATCH", `files/${a}`, { name: "a2" });
  await one.send("PATCH", `files/${b}`, { trashed: true });
  await one.send("DELETE", `files/${c}`);
  const { changes, newStartPageToken = "" } = await since(one, token);
  expect(changes).toEqual([
    { fileId: a, removed: false, file: { name: "a2", trashed: false } },
    { fileId: b, removed: false, file: { name: "b", trashed: true } },
    { fileId: c, removed: true },
  ]);
  expect((await since(one, newStartPageToken)).changes).toEqual([]);
  const kept = await since(one, token, "&includeRemoved=false");
  expect(kept.changes.map(({ fileId }) => fileId)).toEqual([a, b]);
});

test("pages follow one another, and only the last has the token for next time", async () => {
  await using one = await drive();
  const token = await start(one);
  const ids = [await make(one, "a"), await make(one, "b"), await make(one, "c")];
  const first = await since(one, token, "&pageSize=2");
  expect(Object.keys(first)).toEqual(["nextPageToken", "changes"]);
  const last = await since(one, first.nextPageToken ?? "", "&pageSize=2");
  expect(Object.keys(last)).toEqual(["newStartPageToken", "changes"]);
  expect([...first.changes, ...last.changes].map(({ fileId }) => fileId)).toEqual(ids);
});

test("what is in a folder changes with it", async () => {
  await using one = await drive();
  const folder = await make(one, "f", { mimeType: FOLDER });
  const inner = await make(one, "in", { parents: [folder] });
  const token = await start(one);
  await one.send("PATCH", `files/${folder}`, { trashed: true });
  expect((await since(one, token)).changes.map(({ fileId }) => fileId)).toEqual([folder, inner]);
  await one.send("DELETE", `files/${folder}`);
  const { changes } = await since(one, token);
  expect(changes.map(({ removed }) => removed)).toEqual([true, true]);
});

test("a shared drive has a feed of its own, and a token of one is none in another", async () => {
  await using one = await drive();
  const mine = await start(one);
  const query = `?supportsAllDrives=true&driveId=${DRIVE}`;
  const shared = await start(one, query);
  const made = await one.send("POST", "files?supportsAllDrives=true", { name: "s", parents: [DRIVE] }); // prettier-ignore
  const there = await since(one, shared, `&driveId=${DRIVE}&${ALL}`);
  expect(there.changes.map(({ fileId }) => fileId)).toEqual([idOf(made)]);
  expect((await since(one, mine)).changes).toEqual([]);
  expect((await since(one, mine, `&${ALL}`)).changes).toHaveLength(1);
  expect((await since(one, mine, `&${ALL}&restrictToMyDrive=true`)).changes).toEqual([]);
  expect(reasonOf(await one.get(`changes?pageToken=${shared}`))).toBe("400 invalid");
  const wrong = await one.get(`changes?pageToken=${mine}&driveId=${DRIVE}&${ALL}`);
  expect(reasonOf(wrong)).toBe("400 invalid");
});

test("what leaves a shared drive is gone from its feed, though not from the world", async () => {
  await using one = await drive();
  const query = `?supportsAllDrives=true&driveId=${DRIVE}`;
  const made = await one.send("POST", "files?supportsAllDrives=true", { name: "s", parents: [DRIVE] }); // prettier-ignore
  const [shared, mine] = [await start(one, query), await start(one)];
  const moved = await one.send("PATCH", `files/${idOf(made)}?supportsAllDrives=true&addParents=root&removeParents=${DRIVE}&fields=driveId,parents`); // prettier-ignore
  expect(moved.body).toEqual({ parents: ["0AOliviaBergMyDrivePVA"] });
  const feed = (more: string) => since(one, shared, `&driveId=${DRIVE}&${ALL}${more}`);
  expect((await feed("")).changes).toEqual([{ fileId: idOf(made), removed: true }]);
  expect((await feed("&includeCorpusRemovals=true")).changes).toMatchObject([
    { removed: true, file: { name: "s" } },
  ]);
  expect((await since(one, mine)).changes).toMatchObject([{ fileId: idOf(made), removed: false }]);
});

test.each([
  ["invalid", "400 invalid"],
  ["gone", "410 gone"],
] as const)("after a reset (%s) old tokens answer %s", async (word, reason) => {
  await using one = await drive();
  const token = await start(one);
  await one.control("/_config", { reset_cursors: word });
  const answer = await one.get(`changes?pageToken=${token}`);
  expect(reasonOf(answer)).toBe(reason);
  expect(answer.body).toMatchObject({ error: { errors: [{ location: "pageToken" }] } });
  expect((await since(one, await start(one))).changes).toEqual([]);
});

test("a token that was never given is refused, and one is needed", async () => {
  await using one = await drive();
  expect(reasonOf(await one.get("changes"))).toBe("400 required");
  expect(reasonOf(await one.get("changes?pageToken=99999999"))).toBe("400 invalid");
  expect(reasonOf(await one.get("changes?pageToken=x"))).toBe("400 invalid");
});

test("what a person does by hand is in the feed too", async () => {
  await using one = await drive();
  const token = await start(one);
  const made = await one.control("/_edit", { set: { name: "By hand.txt", content: "hello" } });
  expect(made.body).toMatchObject({ name: "By hand.txt", size: "5", mimeType: "text/plain" });
  await one.control("/_edit", { id: idOf(made), set: { deleted: true } });
  expect((await since(one, token)).changes).toEqual([{ fileId: idOf(made), removed: true }]);
  expect((await one.control("/_edit", { id: null, set: { title: "x" } })).status).toBe(400);
});
