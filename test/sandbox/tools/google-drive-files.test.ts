import { expect, test } from "vitest";
import { type Drive, drive, filesIn, FOLDER, idOf, reasonOf, search } from "./google-drive-call.ts";

const make = async (one: Drive, body: object, query = "") =>
  idOf(await one.send("POST", `files${query}`, body));

test("a new file shows four fields unless more are asked for", async () => {
  await using one = await drive();
  const made = await one.send("POST", "files", { name: "Plan.txt" });
  expect(made.status).toBe(200);
  expect(made.body).toEqual({
    kind: "drive#file",
    id: idOf(made),
    name: "Plan.txt",
    mimeType: "text/plain",
  });
  const asked = "size,md5Checksum,version,parents,owners/emailAddress,capabilities(canEdit)";
  expect((await one.get(`files/${idOf(made)}?fields=${asked}`)).body).toEqual({
    size: "0",
    md5Checksum: "d41d8cd98f00b204e9800998ecf8427e",
    version: "1",
    parents: ["0AOliviaBergMyDrivePVA"],
    owners: [{ emailAddress: "olivia@harbour-and-sons.example" }],
    capabilities: { canEdit: true },
  });
  const all = (await one.get(`files/${idOf(made)}?fields=*`)).body;
  expect(all).toMatchObject({ fileExtension: "txt", trashed: false, spaces: ["drive"] });
});

test.each(["nmae", "files(id)", "owners(", "name,", "owners/email"])(
  "the mask %s is refused",
  async (mask) => {
    await using one = await drive({ seed: 0 });
    const answer = await one.get(`files/root?fields=${mask}`);
    expect(reasonOf(answer)).toBe("400 invalidParameter");
  },
);

test("names need not differ within a folder", async () => {
  await using one = await drive({ seed: 0 });
  const ids = [await make(one, { name: "Same.txt" }), await make(one, { name: "Same.txt" })];
  expect(new Set(ids).size).toBe(2);
  expect(filesIn(await one.get(search("name = 'Same.txt'")))).toHaveLength(2);
});

test("a patch changes what it names, and a property set to null is gone", async () => {
  await using one = await drive();
  const id = await make(one, {
    name: "A",
    description: "first",
    appProperties: { flow: "7", old: "x" },
    properties: { shared: "yes" },
  });
  const patched = await one.send(
    "PATCH",
    `files/${id}?fields=name,description,appProperties,properties,version`,
    { name: "B", appProperties: { old: null, key: "k'1" } },
  );
  expect(patched.body).toEqual({
    name: "B",
    description: "first",
    appProperties: { flow: "7", key: "k'1" },
    properties: { shared: "yes" },
    version: "3",
  });
});

test("times may be told, and a move or the trash does not touch the time of modification", async () => {
  await using one = await drive();
  const modifiedTime = "2024-05-06T07:08:09.123Z";
  const id = await make(one, { name: "Old", modifiedTime, createdTime: "2023-01-01T00:00:00Z" });
  const trashed = await one.send("PATCH", `files/${id}?fields=modifiedTime,createdTime,trashed`, {
    trashed: true,
  });
  expect(trashed.body).toEqual({
    trashed: true,
    modifiedTime,
    createdTime: "2023-01-01T00:00:00.000Z",
  });
  const renamed = await one.send("PATCH", `files/${id}?fields=modifiedTime`, { name: "New" });
  expect((renamed.body as { modifiedTime: string }).modifiedTime > modifiedTime).toBe(true);
});

test.each([
  [{ size: "12" }, "403 fieldNotWritable"],
  [{ md5Checksum: "x" }, "403 fieldNotWritable"],
  [{ parents: ["root"] }, "403 fieldNotWritable"],
  [{ id: "1abc" }, "403 fieldNotWritable"],
  [{ title: "of version 2" }, "400 badRequest"],
  [{ name: 5 }, "400 invalid"],
  [{ modifiedTime: "yesterday" }, "400 invalid"],
  [{ mimeType: "text/html" }, "400 invalid"],
  [{ appProperties: { key: "x".repeat(122) } }, "400 badRequest"],
])("the patch %j is refused", async (body, reason) => {
  await using one = await drive();
  const id = await make(one, { name: "A.txt" });
  expect(reasonOf(await one.send("PATCH", `files/${id}`, body))).toBe(reason);
});

test("a body that is not JSON, or not said to be, is refused", async () => {
  await using one = await drive({ seed: 0 });
  const post = (type: string, body: string) =>
    one.call("files", { method: "POST", headers: { "content-type": type }, body });
  expect(reasonOf(await post("application/json", "{"))).toBe("400 parseError");
  expect(reasonOf(await post("text/plain", "{}"))).toBe("400 badContent");
  expect(reasonOf(await one.get("files/root?pagesize=4"))).toBe("400 badRequest");
});

test("moving takes the old parent away with the new one, and makes no circle", async () => {
  await using one = await drive();
  const a = await make(one, { name: "A", mimeType: FOLDER });
  const b = await make(one, { name: "B", mimeType: FOLDER, parents: [a] });
  const move = (id: string, query: string) => one.send("PATCH", `files/${id}?fields=parents&${query}`); // prettier-ignore
  expect(reasonOf(await move(b, "addParents=root"))).toBe("403 cannotAddParent");
  expect((await move(b, `addParents=root&removeParents=${a}`)).body).toEqual({
    parents: ["0AOliviaBergMyDrivePVA"],
  });
  expect((await move(a, `addParents=${b}&removeParents=root`)).body).toEqual({ parents: [b] });
  expect(reasonOf(await move(b, `addParents=${a}&removeParents=root`))).toBe("400 badRequest");
  expect(reasonOf(await move(b, "addParents=nowhere&removeParents=root"))).toBe("404 notFound");
  const file = await make(one, { name: "F.txt" });
  const into = await one.send("POST", "files", { name: "G", parents: [file] });
  expect(reasonOf(into)).toBe("403 parentNotAFolder");
  const two = await one.send("POST", "files", { name: "G", parents: [a, b] });
  expect(reasonOf(two)).toBe("403 cannotAddParent");
});

test("the trash takes what is below along; deleting is for good", async () => {
  await using one = await drive();
  const folder = await make(one, { name: "A", mimeType: FOLDER });
  const inner = await make(one, { name: "in.txt", parents: [folder] });
  const seen = async () => (await one.get(`files/${inner}?fields=trashed,explicitlyTrashed`)).body;
  await one.send("PATCH", `files/${folder}`, { trashed: true });
  expect(await seen()).toEqual({ trashed: true, explicitlyTrashed: false });
  await one.send("PATCH", `files/${folder}`, { trashed: false });
  expect(await seen()).toEqual({ trashed: false, explicitlyTrashed: false });
  const gone = await one.send("DELETE", `files/${folder}`);
  expect([gone.status, gone.bytes.length]).toEqual([204, 0]);
  expect((await one.get(`files/${inner}`)).body).toEqual({
    error: {
      errors: [
        {
          domain: "global",
          reason: "notFound",
          message: `File not found: ${inner}.`,
          locationType: "parameter",
          location: "fileId",
        },
      ],
      code: 404,
      message: `File not found: ${inner}.`,
    },
  });
  expect(reasonOf(await one.send("DELETE", "files/root"))).toBe("403 insufficientFilePermissions");
});

test("an id generated ahead makes a repeated create a conflict", async () => {
  await using one = await drive();
  const { ids } = (await one.get("files/generateIds?count=3")).body as { ids: string[] };
  expect(new Set(ids).size).toBe(3);
  const [id = ""] = ids;
  expect(await make(one, { id, name: "Once" })).toBe(id);
  expect(reasonOf(await one.send("POST", "files", { id, name: "Once" }))).toBe("409 fileIdInUse");
  expect(reasonOf(await one.send("POST", "files", { id: "mine", name: "X" }))).toBe("400 invalid");
  expect(reasonOf(await one.get("files/generateIds?count=1001"))).toBe("400 invalidParameter");
});

test("about answers nothing unless it is told what", async () => {
  await using one = await drive();
  expect(reasonOf(await one.get("about"))).toBe("400 required");
  const { body } = await one.get("about?fields=user(emailAddress),storageQuota,maxUploadSize");
  expect(body).toMatchObject({
    user: { emailAddress: "olivia@harbour-and-sons.example" },
    storageQuota: { limit: "16106127360" },
    maxUploadSize: "5497558138880",
  });
});

test("a shortcut points to a file", async () => {
  await using one = await drive();
  const targetId = await make(one, { name: "F.txt" });
  const mimeType = "application/vnd.google-apps.shortcut";
  const made = await one.send("POST", "files?fields=shortcutDetails,size,md5Checksum", {
    name: "To F",
    mimeType,
    shortcutDetails: { targetId },
  });
  expect(made.body).toEqual({ shortcutDetails: { targetId, targetMimeType: "text/plain" } });
  expect(reasonOf(await one.send("POST", "files", { mimeType }))).toBe("400 badRequest");
});
