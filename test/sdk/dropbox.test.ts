import { randomBytes } from "node:crypto";
import { Dropbox, DropboxAuth, type DropboxResponseError, type files } from "dropbox";
import { expect, test } from "vitest";
import { contentHash } from "../../src/sandbox/tools/dropbox/content-hash.ts";
import { startDropbox } from "../../src/sandbox/tools/dropbox/dropbox.ts";
import type { SimulatedTool, ToolOptions } from "../../src/sandbox/tools/simulated-tool.ts";

type Session = AsyncDisposable & { tool: SimulatedTool; sdk: Dropbox };

/** Dropbox's own client as it is: on their way to Dropbox's three hosts, its requests are sent here. */
const sentTo =
  (tool: SimulatedTool) =>
  async (address: string, init: RequestInit): Promise<Response> => {
    const { pathname, search } = new URL(address);
    const answer = await fetch(tool.base_url + pathname + search, init);
    // The client asks a response for a Buffer, as the fetch it was written for gives one.
    return Object.assign(answer, { buffer: async () => Buffer.from(await answer.arrayBuffer()) });
  };

async function session(options: Partial<ToolOptions> = {}): Promise<Session> {
  const tool = await startDropbox({ folder: null, seed: 12, flaws: false, ...options });
  const { client_id, client_secret, refresh_token } = tool.oauth as NonNullable<
    SimulatedTool["oauth"]
  >;
  const sdk = new Dropbox({
    clientId: client_id,
    clientSecret: client_secret,
    refreshToken: refresh_token,
    fetch: sentTo(tool),
  });
  return { tool, sdk, [Symbol.asyncDispose]: () => tool[Symbol.asyncDispose]() };
}

const control = (tool: SimulatedTool, body: object) =>
  fetch(`${tool.base_url}/_config`, { method: "POST", body: JSON.stringify(body) });

/** Status and the tags of an error, as a caller of the client sees them. */
const failure = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => "none",
    ({ status, error }: DropboxResponseError<{ error_summary?: string } | string>) =>
      `${String(status)} ${typeof error === "string" ? error : (error.error_summary ?? "").replace(/\/\.*$/, "")}`,
  );

test("lists page by page, then what changed, and waits for more", async () => {
  await using one = await session();
  const entries: files.ListFolderResult["entries"] = [];
  let { result } = await one.sdk.filesListFolder({ path: "", recursive: true, limit: 5 });
  entries.push(...result.entries);
  while (result.has_more) {
    ({ result } = await one.sdk.filesListFolderContinue({ cursor: result.cursor }));
    entries.push(...result.entries);
  }
  expect(entries.filter((entry) => entry[".tag"] === "file")).toHaveLength(12);
  const waiting = one.sdk.filesListFolderLongpoll({ cursor: result.cursor, timeout: 30 });
  await one.sdk.filesUpload({ path: "/new.txt", contents: "new" });
  expect((await waiting).result).toEqual({ changes: true });
  const { result: delta } = await one.sdk.filesListFolderContinue({ cursor: result.cursor });
  expect(delta.entries).toMatchObject([{ ".tag": "file", path_display: "/new.txt" }]);
});

test("makes a folder, uploads, downloads, updates, moves, searches and deletes", async () => {
  await using one = await session();
  const { sdk } = one;
  const folder = await sdk.filesCreateFolderV2({ path: "/Ordner" });
  expect(folder.result.metadata.path_lower).toBe("/ordner");
  const bytes = randomBytes(50_000);
  const made = await sdk.filesUpload({ path: "/Ordner/Größe 🌸.bin", contents: bytes });
  expect(made.result.content_hash).toBe(contentHash(bytes));
  const down = await sdk.filesDownload({ path: "/ordner/größe 🌸.BIN" });
  const { fileBinary } = down.result as unknown as { fileBinary: Buffer };
  expect(fileBinary.equals(bytes)).toBe(true);
  expect(down.result).toMatchObject({ id: made.result.id, name: "Größe 🌸.bin" });
  const update = { ".tag": "update", update: made.result.rev } as const;
  const again = await sdk.filesUpload({
    path: made.result.id,
    mode: update,
    strict_conflict: true,
    contents: "new",
  });
  expect(again.result).toMatchObject({ id: made.result.id, size: 3 });
  const moved = await sdk.filesMoveV2({ from_path: made.result.id, to_path: "/Ordner/b.bin" });
  expect(moved.result.metadata).toMatchObject({ ".tag": "file", id: made.result.id });
  await control(one.tool, { search_lag_ms: 0 });
  const found = await sdk.filesSearchV2({ query: "b.bin" });
  expect(found.result.matches).toHaveLength(1);
  const gone = await sdk.filesDeleteV2({ path: "/Ordner" });
  expect(gone.result.metadata).toMatchObject({ ".tag": "folder" });
  expect(await failure(sdk.filesGetMetadata({ path: made.result.id }))).toBe("409 path/not_found");
});

test("a large file goes up in a session", async () => {
  await using one = await session();
  const bytes = randomBytes(3_000_000);
  const half = 1_500_000;
  const { result } = await one.sdk.filesUploadSessionStart({ contents: bytes.subarray(0, half) });
  const cursor = { session_id: result.session_id, offset: half };
  await one.sdk.filesUploadSessionAppendV2({ cursor, contents: bytes.subarray(half) });
  expect(await failure(one.sdk.filesUploadSessionAppendV2({ cursor, contents: "x" }))).toBe(
    "409 incorrect_offset",
  );
  const done = await one.sdk.filesUploadSessionFinish({
    cursor: { ...cursor, offset: bytes.length },
    commit: { path: "/large.bin" },
  });
  expect(done.result.content_hash).toBe(contentHash(bytes));
});

test("errors and limits reach the caller as Dropbox's own", async () => {
  await using one = await session({ limits: true });
  const { sdk } = one;
  expect((await sdk.usersGetCurrentAccount()).result.email).toBe("olivia@harbour-and-sons.example");
  await sdk.filesUpload({ path: "/a.txt", contents: "1" });
  expect(await failure(sdk.filesUpload({ path: "/a.txt", contents: "2" }))).toBe(
    "409 path/conflict/file",
  );
  expect(await failure(sdk.filesListFolder({ path: "/" }))).toContain(
    "400 Error in call to API function",
  );
  await control(one.tool, {
    faults: [{ kind: "too_many_requests", retry_after: 3 }, { kind: "too_many_requests" }],
  });
  const limited = (await sdk
    .filesListFolder({ path: "" })
    .catch((error: unknown) => error)) as DropboxResponseError<unknown>;
  expect([limited.status, (limited.headers as Headers).get("retry-after")]).toEqual([429, "3"]);
  expect(await failure(sdk.filesListFolder({ path: "" }))).toBe("429 Too many requests");
  await control(one.tool, { reset_cursors: true, limits: false });
  const { result } = await sdk.filesListFolderGetLatestCursor({ path: "" });
  await control(one.tool, { reset_cursors: true });
  expect(await failure(sdk.filesListFolderContinue({ cursor: result.cursor }))).toBe("409 reset");
  await sdk.authTokenRevoke();
  expect(await failure(sdk.usersGetCurrentAccount())).toBe("401 invalid_access_token");
});

test("signs in through the browser, with a verifier instead of a secret", async () => {
  await using one = await session();
  const { client_id, authorize } = one.tool.oauth as NonNullable<SimulatedTool["oauth"]>;
  const auth = new DropboxAuth({ clientId: client_id, fetch: sentTo(one.tool) });
  const redirect = "http://127.0.0.1:9/back";
  const url = await auth.getAuthenticationUrl(
    redirect,
    "state",
    "code",
    "offline",
    ["files.metadata.read"],
    "none",
    true,
  );
  const page = await (await fetch(authorize + new URL(url.toString()).search)).text();
  const link = /id="allow" href="([^"]+)"/.exec(page)?.[1]?.replaceAll("&amp;", "&") ?? "";
  const code = new URL(link).searchParams.get("code") ?? "";
  const { result } = await auth.getAccessTokenFromCode(redirect, code);
  const { access_token, refresh_token } = result as { access_token: string; refresh_token: string };
  auth.setAccessToken(access_token);
  const sdk = new Dropbox({ auth, fetch: sentTo(one.tool) });
  expect((await sdk.filesListFolder({ path: "" })).status).toBe(200);
  expect(await failure(sdk.filesDownload({ path: "/a" }))).toBe("401 missing_scope");
  // The token is thought to be over, and the client renews it by itself.
  auth.setRefreshToken(refresh_token);
  auth.setAccessTokenExpiresAt(new Date(0));
  expect((await sdk.filesListFolder({ path: "" })).status).toBe(200);
  expect(auth.getAccessToken()).not.toBe(access_token);
});
