import { createHash, randomBytes } from "node:crypto";
import { request } from "node:http";
import { expect, test } from "vitest";
import { type Drive, drive, idOf, reasonOf, related, type Reply, uploadPath } from "./google-drive-call.ts"; // prettier-ignore

const BLOCK = 262_144;
const hash = (kind: string, bytes: Buffer) => createHash(kind).update(bytes).digest("hex");

const HASHES = "fields=id,size,md5Checksum,sha1Checksum,sha256Checksum";

test("bytes alone become a file whose hashes are theirs", async () => {
  await using one = await drive({ seed: 0 });
  const bytes = randomBytes(70_000);
  const made = await one.call(uploadPath(`uploadType=media&${HASHES}`), {
    method: "POST",
    headers: { "content-type": "image/png" },
    body: bytes,
  });
  expect(made.body).toEqual({
    id: idOf(made),
    size: "70000",
    md5Checksum: hash("md5", bytes),
    sha1Checksum: hash("sha1", bytes),
    sha256Checksum: hash("sha256", bytes),
  });
  const down = await one.get(`files/${idOf(made)}?alt=media`);
  expect(down.bytes.equals(bytes)).toBe(true);
  expect(down.headers.get("content-type")).toBe("image/png");
});

test("metadata and bytes come in one body, and new bytes make a new revision", async () => {
  await using one = await drive({ seed: 0 });
  const body = related({ name: "a.bin", appProperties: { k: "v" } }, "application/x-mine", Buffer.from("\r\n--b1\r\n\0")); // prettier-ignore
  const made = await one.call(uploadPath("uploadType=multipart&fields=*"), body);
  expect(made.body).toMatchObject({ name: "a.bin", size: "9", mimeType: "application/x-mine" });
  const { headRevisionId, version } = made.body as { headRevisionId: string; version: string };
  const again = await one.call(uploadPath("uploadType=media&fields=*", idOf(made)), {
    method: "PATCH",
    headers: { "content-type": "application/octet-stream" },
    body: "new",
  });
  expect(again.body).toMatchObject({ name: "a.bin", size: "3", mimeType: "application/x-mine" });
  const after = again.body as { headRevisionId: string; version: string };
  expect(after.headRevisionId).not.toBe(headRevisionId);
  expect(Number(after.version)).toBeGreaterThan(Number(version));
});

test("an upload must be as it says, and not above 5 MB without a session", async () => {
  await using one = await drive({ seed: 0 });
  const post = (query: string, init: object) => one.call(uploadPath(query), { method: "POST", ...init }); // prettier-ignore
  expect(reasonOf(await post("fields=id", { body: "x" }))).toBe("400 required");
  expect(reasonOf(await post("uploadType=multipart", { body: "x" }))).toBe("400 badContent");
  const cut = { ...related({}, "text/plain", Buffer.from("x")), body: "--b0\r\n\r\nno end" };
  expect(reasonOf(await one.call(uploadPath("uploadType=multipart"), cut))).toBe("400 badRequest");
  const large = { body: Buffer.alloc(5 * 1024 * 1024 + 1) };
  expect(reasonOf(await post("uploadType=media", large))).toBe("400 badRequest");
});

async function begin(one: Drive, size: number, metadata: object = { name: "big.bin" }) {
  const answer = await one.call(uploadPath(`uploadType=resumable&${HASHES}`), {
    method: "POST",
    headers: {
      "content-type": "application/json; charset=UTF-8",
      "x-upload-content-type": "application/octet-stream",
      "x-upload-content-length": String(size),
    },
    body: JSON.stringify(metadata),
  });
  expect([answer.status, answer.bytes.length]).toEqual([200, 0]);
  return new URL(answer.headers.get("location") ?? "");
}

async function put(url: URL, range: string, body: Buffer = Buffer.alloc(0)): Promise<Reply> {
  const answer = await fetch(url, {
    method: "PUT",
    headers: { "content-range": `bytes ${range}` },
    body: new Uint8Array(body),
  });
  const bytes = Buffer.from(await answer.arrayBuffer());
  const text = bytes.toString();
  return {
    status: answer.status,
    headers: answer.headers,
    bytes,
    body: text === "" ? null : (JSON.parse(text) as unknown),
  };
}

test("20 MB come in chunks, and the answer after each says how far", async () => {
  await using one = await drive({ seed: 0 });
  const bytes = randomBytes(20 * 1024 * 1024 + 17);
  const total = String(bytes.length);
  const url = await begin(one, bytes.length);
  const chunk = 32 * BLOCK;
  let last: Reply | undefined;
  for (let from = 0; from < bytes.length; from += chunk) {
    const part = bytes.subarray(from, from + chunk);
    last = await put(url, `${String(from)}-${String(from + part.length - 1)}/${total}`, part);
    if (from + part.length === bytes.length) break;
    expect(last.status).toBe(308);
    expect(last.headers.get("range")).toBe(`bytes=0-${String(from + part.length - 1)}`);
  }
  expect(last).toMatchObject({ status: 200, body: { size: total, md5Checksum: hash("md5", bytes) } });
  const down = await one.get(`files/${idOf(last as Reply)}?alt=media`);
  expect(down.bytes.equals(bytes)).toBe(true);
  // Asked again, a finished session tells what came of it.
  expect(await put(url, `*/${total}`)).toMatchObject({ status: 200, body: { size: total } });
}); // prettier-ignore

test("after a broken chunk the session says from where to go on", async () => {
  await using one = await drive({ seed: 0 });
  const bytes = randomBytes(3 * BLOCK + 5);
  const total = String(bytes.length);
  const url = await begin(one, bytes.length);
  const ask = () => put(url, `*/${total}`);
  expect((await ask()).headers.get("range")).toBeNull();
  // Written, but the answer is lost.
  await one.control("/_config", { faults: [{ kind: "reset", when: "after", method: "PUT" }] });
  await expect(put(url, `0-${String(BLOCK - 1)}/${total}`, bytes.subarray(0, BLOCK))).rejects.toThrow(); // prettier-ignore
  expect((await ask()).headers.get("range")).toBe(`bytes=0-${String(BLOCK - 1)}`);
  // Cut off in the middle: nothing of it counts.
  await cutOff(url, `bytes ${String(BLOCK)}-${String(2 * BLOCK - 1)}/${total}`, bytes.subarray(BLOCK, BLOCK + 1000), BLOCK); // prettier-ignore
  expect((await ask()).headers.get("range")).toBe(`bytes=0-${String(BLOCK - 1)}`);
  // A chunk of an odd size is kept in full blocks only; the next may overlap, but not leave a gap.
  const odd = await put(url, `${String(BLOCK)}-${String(2 * BLOCK + 9)}/${total}`, bytes.subarray(BLOCK, 2 * BLOCK + 10)); // prettier-ignore
  expect(odd.headers.get("range")).toBe(`bytes=0-${String(2 * BLOCK - 1)}`);
  const gap = await put(url, `${String(2 * BLOCK + 10)}-${String(bytes.length - 1)}/${total}`, bytes.subarray(2 * BLOCK + 10)); // prettier-ignore
  expect(reasonOf(gap)).toBe("400 badRequest");
  const done = await put(url, `${String(BLOCK)}-${String(bytes.length - 1)}/${total}`, bytes.subarray(BLOCK)); // prettier-ignore
  expect(done).toMatchObject({ status: 200, body: { sha256Checksum: hash("sha256", bytes) } });
});

function cutOff(url: URL, range: string, bytes: Buffer, length: number): Promise<void> {
  return new Promise((resolve) => {
    const sending = request(url, {
      method: "PUT",
      headers: { "content-range": range, "content-length": String(length) },
    });
    sending.on("error", () => resolve());
    sending.write(bytes, () => sending.destroy());
    sending.on("close", () => resolve());
  });
}

test("a session may end without a word on the size, at once, or empty", async () => {
  await using one = await drive({ seed: 0 });
  const open = async () => {
    const answer = await one.call(uploadPath("uploadType=resumable&fields=size,name"), {
      method: "POST",
    });
    return new URL(answer.headers.get("location") ?? "");
  };
  const url = await open();
  expect((await put(url, `0-${String(BLOCK - 1)}/*`, Buffer.alloc(BLOCK))).status).toBe(308);
  const size = String(BLOCK + 2);
  const end = await put(url, `${String(BLOCK)}-${String(BLOCK + 1)}/${size}`, Buffer.alloc(2));
  expect(end.body).toEqual({ size, name: "Untitled" });
  const whole = await fetch(await open(), { method: "PUT", body: "all of it" });
  expect(await whole.json()).toMatchObject({ size: "9" });
  expect((await put(await open(), "*/0")).body).toMatchObject({ size: "0" });
});

test("a session is for what was said, and not for ever", async () => {
  await using one = await drive({ seed: 0 });
  const url = await begin(one, 10);
  expect(reasonOf(await put(url, "0-4/20", Buffer.alloc(5)))).toBe("400 badRequest");
  expect(reasonOf(await put(url, "0-4/10", Buffer.alloc(4)))).toBe("400 badRequest");
  expect(reasonOf(await put(url, "nonsense", Buffer.alloc(4)))).toBe("400 badRequest");
  await one.control("/_config", { upload_session_ms: 0 });
  expect((await put(url, "*/10")).status).toBe(404);
  const put_ = await one.call(uploadPath("uploadType=resumable"), { method: "PUT" });
  expect([put_.status, put_.headers.get("location")]).toEqual([404, null]);
});

test("a session may give a file new content", async () => {
  await using one = await drive({ seed: 0 });
  const id = idOf(await one.send("POST", "files", { name: "a.txt" }));
  const answer = await one.call(uploadPath("uploadType=resumable&fields=id,name,size", id), {
    method: "PATCH",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ name: "b.txt" }),
  });
  const done = await put(new URL(answer.headers.get("location") ?? ""), "0-2/3", Buffer.from("abc"));
  expect(done.body).toEqual({ id, name: "b.txt", size: "3" });
}); // prettier-ignore
