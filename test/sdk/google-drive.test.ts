import { createHash, randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { auth, drive as driveApi, type drive_v3 } from "@googleapis/drive";
import { startGoogleDrive } from "../../src/sandbox/tools/google-drive/google-drive.ts";
import type { SimulatedTool, ToolOptions } from "../../src/sandbox/tools/simulated-tool.ts";
import { expect, test } from "vitest";

type Session = AsyncDisposable & {
  tool: SimulatedTool;
  sdk: drive_v3.Drive;
  client: InstanceType<typeof auth.OAuth2>;
};

const start = (options: Partial<ToolOptions>): Promise<SimulatedTool> =>
  startGoogleDrive({ folder: null, seed: 12, flaws: false, ...options });

type Client = InstanceType<typeof auth.OAuth2> | InstanceType<typeof auth.JWT>;

/** Google's own client as it is: on their way to Google, its requests are sent here. */
function clientOf(tool: SimulatedTool, client: Client): drive_v3.Drive {
  client.transporter.interceptors.request.add({
    resolved(config) {
      const { hostname, pathname, search } = config.url;
      if (hostname.endsWith("googleapis.com"))
        config.url = new URL(pathname + search, tool.base_url);
      return Promise.resolve(config);
    },
  });
  return driveApi({ version: "v3", auth: client, retry: false });
}

/** Signed in with a refresh token, which the client turns into access tokens by itself. */
async function session(options: Partial<ToolOptions> = {}): Promise<Session> {
  const tool = await start(options);
  const { client_id, client_secret, refresh_token } = tool.oauth as NonNullable<
    SimulatedTool["oauth"]
  >;
  const client = new auth.OAuth2(client_id, client_secret);
  client.setCredentials({ refresh_token });
  const sdk = clientOf(tool, client);
  return { tool, sdk, client, [Symbol.asyncDispose]: () => tool[Symbol.asyncDispose]() };
}

const control = (tool: SimulatedTool, body: object) =>
  fetch(`${tool.base_url}/_config`, { method: "POST", body: JSON.stringify(body) });

type Failure = {
  status: number;
  response?: { data?: { error?: { errors?: { reason: string }[] } } };
};

const failure = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    ({ status, response }: Failure) => [status, response?.data?.error?.errors?.[0]?.reason],
  );

test("lists page by page, and reads one", async () => {
  await using one = await session({ seed: 25 });
  const seen: string[] = [];
  let pageToken: string | undefined;
  do {
    const { data } = await one.sdk.files.list({
      q: "trashed = false and mimeType != 'application/vnd.google-apps.folder'",
      pageSize: 10,
      fields: "nextPageToken,files(id,md5Checksum)",
      ...(pageToken === undefined ? {} : { pageToken }),
    });
    seen.push(...(data.files ?? []).map(({ id }) => id ?? ""));
    pageToken = data.nextPageToken ?? undefined;
  } while (pageToken !== undefined);
  expect(new Set(seen).size).toBe(25);
  const { data } = await one.sdk.files.get({ fileId: seen[0] ?? "", fields: "*" });
  expect(data).toMatchObject({ kind: "drive#file", id: seen[0], trashed: false });
  const { data: about } = await one.sdk.about.get({ fields: "user,storageQuota" });
  expect(about.user?.emailAddress).toBe("olivia@harbour-and-sons.example");
});

test("makes a folder, uploads, downloads, updates, moves, trashes and deletes", async () => {
  await using one = await session();
  const { files } = one.sdk;
  const folder = await files.create({
    requestBody: { name: "F", mimeType: "application/vnd.google-apps.folder" },
  });
  const bytes = randomBytes(300_000);
  const made = await files.create({
    requestBody: { name: "a.bin", parents: [folder.data.id ?? ""] },
    media: { mimeType: "application/octet-stream", body: Readable.from([bytes]) },
    fields: "id,size,md5Checksum",
  });
  const md5 = createHash("md5").update(bytes).digest("hex");
  expect(made.data).toMatchObject({ size: "300000", md5Checksum: md5 });
  const fileId = made.data.id ?? "";
  const down = await files.get({ fileId, alt: "media" }, { responseType: "arraybuffer" });
  expect(Buffer.from(down.data as unknown as ArrayBuffer).equals(bytes)).toBe(true);
  const changed = await files.update({
    fileId,
    media: { mimeType: "text/plain", body: "short" },
    fields: "size",
  });
  expect(changed.data.size).toBe("5");
  const moved = await files.update({
    fileId,
    addParents: "root",
    removeParents: folder.data.id ?? "",
    requestBody: { name: "b.txt" },
    fields: "name,parents",
  });
  expect(moved.data).toMatchObject({ name: "b.txt", parents: ["0AOliviaBergMyDrivePVA"] });
  await files.update({ fileId, requestBody: { trashed: true } });
  expect((await files.delete({ fileId })).status).toBe(204);
  expect(await failure(files.get({ fileId }))).toEqual([404, "notFound"]);
});

test("exports a document, and follows changes", async () => {
  await using one = await session();
  const { files, changes } = one.sdk;
  const { data: first } = await changes.getStartPageToken({});
  const made = await files.create({
    requestBody: { name: "Doc", mimeType: "application/vnd.google-apps.document" },
    media: { mimeType: "text/plain", body: "written here" },
  });
  const fileId = made.data.id ?? "";
  const text = await files.export({ fileId, mimeType: "text/markdown" }, { responseType: "text" });
  expect(text.data).toBe("written here");
  const { data } = await changes.list({ pageToken: first.startPageToken ?? "" });
  expect(data.changes).toMatchObject([{ fileId, removed: false, file: { name: "Doc" } }]);
  expect(data.newStartPageToken).not.toBe(first.startPageToken);
  expect(await failure(changes.list({ pageToken: "1" }))).toEqual([400, "invalid"]);
});

test("errors and limits reach the caller as Google's own", async () => {
  await using one = await session({ limits: true });
  const { files } = one.sdk;
  expect(await failure(files.list({ q: "nonsense" }))).toEqual([400, "invalid"]);
  expect(await failure(files.create({ requestBody: { size: "3" } }))).toEqual([
    403,
    "fieldNotWritable",
  ]);
  await control(one.tool, { queries_per_minute: 1 });
  await files.list({ pageSize: 1 });
  expect(await failure(files.list({ pageSize: 1 }))).toEqual([403, "userRateLimitExceeded"]);
  await control(one.tool, { limits: false, faults: [{ kind: "expired_token" }] });
  // A token that the server no longer takes is renewed, and the call repeated.
  one.client.forceRefreshOnFailure = true;
  expect((await files.list({ pageSize: 1 })).status).toBe(200);
  await control(one.tool, { revoke: true });
  expect((await failure(files.list({ pageSize: 1 })))?.[0]).toBe(400);
});

test("a service account signs in with its key, and opens and stops a channel", async () => {
  await using tool = await start({});
  const key = JSON.parse(String(tool.credential["service_account"])) as {
    client_email: string;
    private_key: string;
    private_key_id: string;
  };
  const client = new auth.JWT({
    email: key.client_email,
    key: key.private_key,
    keyId: key.private_key_id,
    scopes: ["https://www.googleapis.com/auth/drive"],
    subject: String(tool.settings["subject"]),
  });
  const sdk = clientOf(tool, client);
  const { data } = await sdk.about.get({ fields: "user" });
  expect(data.user?.emailAddress).toBe(tool.settings["subject"]);
  const drives = await sdk.drives.list({});
  expect(drives.data.drives?.[0]?.id).toBe(tool.settings["shared_drive_id"]);
  const { data: first } = await sdk.changes.getStartPageToken({});
  const channel = await sdk.changes.watch({
    pageToken: first.startPageToken ?? "",
    requestBody: {
      id: "channel-1",
      type: "web_hook",
      address: "https://example.com/hook",
      token: "t",
    },
  });
  const { id, resourceId } = channel.data;
  expect(
    (await sdk.channels.stop({ requestBody: { id: id ?? "", resourceId: resourceId ?? "" } }))
      .status,
  ).toBe(204);
});
