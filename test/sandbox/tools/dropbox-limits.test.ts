import { expect, test } from "vitest";
import { type Dropbox, dropbox, errorOf, put } from "./dropbox-call.ts";

const account = (one: Dropbox) => one.rpc("users/get_current_account");

test("too many requests are told in JSON, and the header's wait holds", async () => {
  await using one = await dropbox({ limits: true });
  const answers = await Promise.all(Array.from({ length: 310 }, () => account(one)));
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused).toHaveLength(10);
  expect(refused[0]?.headers.get("retry-after")).toBe("5");
  expect(refused[0]?.body).toMatchObject({
    error: { reason: { ".tag": "too_many_requests" }, retry_after: 300 },
  });
  expect(one.tool.stats()).toMatchObject({ limited: 10 });
  await one.control("/_config", { limits: false });
  expect((await account(one)).status).toBe(200);
});

test("too many writes at once find the namespace locked", async () => {
  await using one = await dropbox({ limits: true, seed: 0 });
  const paths = Array.from({ length: 24 }, (_, n) => `/${String(n)}.txt`);
  const answers = await Promise.all(
    paths.map((path) => one.content("files/upload", { path }, "x")),
  );
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused.length).toBeGreaterThan(0);
  expect(refused[0]?.body).toMatchObject({
    error: { reason: { ".tag": "too_many_write_operations" } },
  });
  for (const path of paths) await put(one, path, "x");
  expect(one.tool.stats().objects["files"]).toBe(24);
});

test("the lock may also be told inside a route's own error", async () => {
  await using one = await dropbox({ seed: 0 });
  await put(one, "/a.txt", "1");
  await one.control("/_config", { busy_writes: 4 });
  const up = await one.content("files/upload", { path: "/b.txt" }, "x");
  expect(errorOf(up)).toBe("409 path/too_many_write_operations");
  expect(errorOf(await one.rpc("files/create_folder_v2", { path: "/F" }))).toBe("409 path/too_many_write_operations"); // prettier-ignore
  expect(errorOf(await one.rpc("files/move_v2", { from_path: "/a.txt", to_path: "/c.txt" }))).toBe("409 to/too_many_write_operations"); // prettier-ignore
  expect(errorOf(await one.rpc("files/delete_v2", { path: "/a.txt" }))).toBe("409 too_many_write_operations"); // prettier-ignore
  expect((await one.rpc("files/delete_v2", { path: "/a.txt" })).status).toBe(200);
});

test("the same list asked for again before it is answered is one too many", async () => {
  await using one = await dropbox({ limits: true });
  const list = (path: string) => one.rpc("files/list_folder", { path });
  const answers = await Promise.all(Array.from({ length: 12 }, () => list("")));
  const statuses = answers.map(({ status }) => status);
  expect(new Set(statuses)).toEqual(new Set([200, 429]));
  const [root, folder] = await Promise.all([list(""), list("/Reports")]);
  expect([root.status, folder.status]).toEqual([200, 200]);
});

test.each([
  [{ kind: "too_many_requests" }, "429 Too many requests", null],
  [{ kind: "too_many_requests", retry_after: 9 }, "429 too_many_requests", "9"],
  [{ kind: "server_error", status: 503 }, "503 Internal Server Error", null],
  [{ kind: "expired_token" }, "401 expired_access_token", null],
])("the fault %j is worded as Dropbox words it", async (fault, error, wait) => {
  await using one = await dropbox();
  await one.control("/_config", { faults: [fault] });
  const answer = await account(one);
  expect(errorOf(answer)).toBe(error);
  expect(answer.headers.get("retry-after")).toBe(wait);
});
