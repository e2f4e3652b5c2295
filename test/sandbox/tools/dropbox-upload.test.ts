import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { contentHash } from "#sandbox/tools/dropbox/content-hash.ts";
import { type Dropbox, dropbox, errorOf, metaOf, put, type Reply } from "./dropbox-call.ts";

const upload = (one: Dropbox, arg: object, bytes: string) =>
  one.content("files/upload", arg, bytes);

const path = "/a.txt";

test("identical content writes nothing, unless it is to be strict about it", async () => {
  await using one = await dropbox({ seed: 0 });
  const first = await put(one, path, "same");
  for (const mode of ["add", "overwrite"]) expect(await put(one, path, "same", { mode })).toEqual(first); // prettier-ignore
  const strict = { path, strict_conflict: true };
  expect(errorOf(await upload(one, strict, "same"))).toBe("409 path/conflict/file");
  expect(one.tool.stats()).toMatchObject({ creates: 1, updates: 0 });
});

test("adding does not overwrite, but may go beside", async () => {
  await using one = await dropbox({ seed: 0 });
  await put(one, path, "1");
  const refused = await upload(one, { path }, "2");
  expect(refused.body).toMatchObject({
    error: {
      ".tag": "path",
      reason: { ".tag": "conflict", conflict: { ".tag": "file" } },
      upload_session_id: expect.stringMatching(/^pid_upload_session:/) as unknown,
    },
  });
  const beside = await put(one, path, "2", { autorename: true });
  expect(beside.name).toBe("a (1).txt");
  // What could not be saved was not lost: its session can be committed somewhere else.
  const { upload_session_id: session_id } = (refused.body as { error: { upload_session_id: string } }).error; // prettier-ignore
  const rescued = await one.content("files/upload_session/finish", { cursor: { session_id, offset: 1 }, commit: { path: "/c.txt" } }, ""); // prettier-ignore
  expect(metaOf(rescued)).toMatchObject({ name: "c.txt", content_hash: beside.content_hash });
});

test("an update holds only for the revision it names", async () => {
  await using one = await dropbox({ seed: 0 });
  const first = await put(one, path, "1");
  const update = { ".tag": "update", update: first.rev };
  const second = await put(one, path, "2", { mode: update });
  expect(second.id).toBe(first.id);
  expect(second.rev).not.toBe(first.rev);
  expect(errorOf(await upload(one, { path, mode: update }, "3"))).toBe("409 path/conflict/file");
  const copy = await put(one, path, "3", { mode: update, autorename: true });
  expect(copy.name).toBe("a (conflicted copy).txt");
  await one.rpc("files/delete_v2", { path });
  const strict = { path, mode: update, strict_conflict: true };
  expect(errorOf(await upload(one, strict, "4"))).toBe("409 path/conflict/file");
  expect((await put(one, path, "4", { mode: update })).name).toBe("a.txt");
});

test("a file does not take a folder's place, nor stand above one", async () => {
  await using one = await dropbox({ seed: 0 });
  await put(one, "/f/a.txt", "1");
  expect(errorOf(await upload(one, { path: "/f", mode: "overwrite" }, "x"))).toBe("409 path/conflict/folder"); // prettier-ignore
  expect(errorOf(await upload(one, { path: "/f/a.txt/b" }, "x"))).toBe("409 path/conflict/file_ancestor"); // prettier-ignore
});

test.each([
  ["/Thumbs.db", "409 path/disallowed_name"],
  ["/a//b", "409 path/malformed_path"],
  ["/a/", "409 path/malformed_path"],
  [`/${"x".repeat(256)}`, "409 path/malformed_path"],
  ["id:nobody", "409 path/malformed_path"],
])("nothing is saved at %s", async (at, error) => {
  await using one = await dropbox({ seed: 0 });
  expect(errorOf(await upload(one, { path: at }, "x"))).toBe(error);
});

test("the server checks the hash that comes along", async () => {
  await using one = await dropbox({ seed: 0 });
  const content_hash = contentHash(Buffer.from("right"));
  expect((await put(one, path, "right", { content_hash })).content_hash).toBe(content_hash);
  expect(errorOf(await upload(one, { path: "/b", content_hash }, "wrong"))).toBe("409 content_hash_mismatch"); // prettier-ignore
});

test("times are to the second, and the client's is only its word", async () => {
  await using one = await dropbox({ seed: 0 });
  const client_modified = "2020-02-29T12:00:00Z";
  const made = await put(one, path, "1", { client_modified });
  expect(made).toMatchObject({ client_modified });
  expect(made).toMatchObject({
    server_modified: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as unknown,
  });
  const fine = await upload(one, { path, client_modified: "2020-02-29T12:00:00.5Z" }, "2");
  expect(fine.status).toBe(400);
});

test("a full account takes no more, and properties need a template", async () => {
  await using one = await dropbox({ seed: 0 });
  await one.control("/_config", { storage_bytes: 4 });
  await put(one, path, "1234");
  expect(errorOf(await upload(one, { path: "/b" }, "5"))).toBe("409 path/insufficient_space");
  const property_groups = [{ template_id: "ptid:1", fields: [] }];
  expect(errorOf(await upload(one, { path, property_groups }, "1"))).toBe("409 properties_error/template_not_found"); // prettier-ignore
});

const started = async (one: Dropbox, arg: object = {}, bytes: Buffer | string = "") =>
  ((await one.content("files/upload_session/start", arg, bytes)).body as { session_id: string }).session_id; // prettier-ignore

const append = (one: Dropbox, session_id: string, offset: number, bytes: Buffer | string, more: object = {}) =>
  one.content("files/upload_session/append_v2", { cursor: { session_id, offset }, ...more }, bytes); // prettier-ignore

const finish = (one: Dropbox, session_id: string, offset: number, to: string, bytes: Buffer | string = "") =>
  one.content("files/upload_session/finish", { cursor: { session_id, offset }, commit: { path: to } }, bytes); // prettier-ignore

test("20 MB come in pieces, and a wrong offset is told the right one", async () => {
  await using one = await dropbox({ seed: 0 });
  const bytes = randomBytes(20 * 1024 * 1024 + 3);
  const piece = 8 * 1024 * 1024;
  const session = await started(one, {}, bytes.subarray(0, piece));
  expect((await append(one, session, piece, bytes.subarray(piece, 2 * piece))).body).toBeNull();
  const wrong = await append(one, session, piece, bytes.subarray(piece, 2 * piece));
  expect(wrong.body).toMatchObject({ error: { ".tag": "incorrect_offset", correct_offset: 2 * piece } }); // prettier-ignore
  const early = await finish(one, session, 7, "/big.bin");
  expect(errorOf(early)).toBe("409 lookup_failed/incorrect_offset");
  const done = await finish(one, session, 2 * piece, "/big.bin", bytes.subarray(2 * piece));
  expect(metaOf(done)).toMatchObject({ size: bytes.length, content_hash: contentHash(bytes) });
  const down = await one.content("files/download", { path: "/big.bin" });
  expect(down.bytes.equals(bytes)).toBe(true);
});

test("a session that is closed, unknown or too old takes nothing more", async () => {
  await using one = await dropbox({ seed: 0 });
  const session = await started(one, { close: true }, "abc");
  expect(errorOf(await append(one, session, 3, "d"))).toBe("409 closed");
  expect(errorOf(await append(one, "none", 0, "d"))).toBe("409 not_found");
  expect(errorOf(await finish(one, session, 3, "/a.txt", "d"))).toBe("409 lookup_failed/closed");
  expect(metaOf(await finish(one, session, 3, "/a.txt"))).toMatchObject({ size: 3 });
  await one.control("/_config", { upload_session_ms: 0 });
  expect(errorOf(await finish(one, session, 3, "/b.txt"))).toBe("409 lookup_failed/not_found");
});

test("the pieces of a concurrent session come in any order, in blocks", async () => {
  await using one = await dropbox({ seed: 0 });
  const BLOCK = 4 * 1024 * 1024;
  const concurrent = { session_type: "concurrent" };
  const refused = await one.content("files/upload_session/start", concurrent, "x");
  expect(errorOf(refused)).toBe("409 concurrent_session_data_not_allowed");
  const session = await started(one, concurrent);
  const tail = await append(one, session, BLOCK, "tail", { close: true });
  expect(tail.status).toBe(200);
  expect(errorOf(await finish(one, session, 0, "/c.bin"))).toBe("409 concurrent_session_missing_data"); // prettier-ignore
  const open = await started(one, concurrent);
  expect(errorOf(await append(one, open, 5, "x"))).toBe("409 concurrent_session_invalid_offset");
  expect(errorOf(await append(one, open, 0, "x"))).toBe("409 concurrent_session_invalid_data_size"); // prettier-ignore
  expect((await append(one, open, BLOCK, "tail", {})).status).toBe(409);
  await append(one, open, 0, Buffer.alloc(BLOCK));
  expect(errorOf(await finish(one, open, BLOCK, "/c.bin"))).toBe("409 concurrent_session_not_closed"); // prettier-ignore
  await append(one, open, BLOCK, "tail", { close: true });
  expect(metaOf(await finish(one, open, BLOCK + 4, "/c.bin"))).toMatchObject({ size: BLOCK + 4 });
});

test("many sessions are begun, filled and finished at once, each for itself", async () => {
  await using one = await dropbox({ seed: 0 });
  const begun = await one.rpc("files/upload_session/start_batch", { num_sessions: 3 });
  const [a = "", b = "", c = ""] = (begun.body as { session_ids: string[] }).session_ids;
  const piece = (session_id: string, length: number, offset = 0) => ({ cursor: { session_id, offset }, length, close: true }); // prettier-ignore
  const filled = await one.content("files/upload_session/append_batch", { entries: [piece(a, 2), piece(b, 3), piece(c, 1, 9)] }, "aabbbc"); // prettier-ignore
  const tags = ({ body }: Reply) => (body as { entries: { ".tag": string }[] }).entries.map((entry) => entry[".tag"]); // prettier-ignore
  expect(tags(filled)).toEqual(["success", "success", "failure"]);
  const short = await one.content("files/upload_session/append_batch", { entries: [piece(c, 2)] }, "c"); // prettier-ignore
  expect(errorOf(short)).toBe("409 length_mismatch");
  const entry = (session_id: string, offset: number, to: string) => ({ cursor: { session_id, offset }, commit: { path: to } }); // prettier-ignore
  const done = await one.rpc("files/upload_session/finish_batch_v2", {
    entries: [entry(a, 2, "/a.txt"), entry(b, 3, "/A.txt"), entry(c, 0, "/c.txt")],
  });
  expect(tags(done)).toEqual(["success", "failure", "failure"]);
  expect(done.body).toMatchObject({
    entries: [
      { name: "a.txt", size: 2 },
      { failure: { ".tag": "path", path: { ".tag": "conflict" } } },
      { failure: { ".tag": "lookup_failed", lookup_failed: { ".tag": "not_closed" } } },
    ],
  });
});
