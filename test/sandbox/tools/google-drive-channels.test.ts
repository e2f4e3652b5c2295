import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { type Drive, drive, idOf, reasonOf } from "./google-drive-call.ts";

type Heard = { headers: IncomingHttpHeaders; body: string };

/** Somebody who listens on this machine. */
async function listener() {
  const heard: Heard[] = [];
  const server = createServer((request, answer) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      heard.push({ headers: request.headers, body });
      answer.writeHead(200).end();
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const port = String((server.address() as AddressInfo).port);
  return {
    heard,
    address: `http://127.0.0.1:${port}/hook`,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, "close").catch(() => undefined);
    },
  };
}

const states = (heard: Heard[]) => heard.map(({ headers }) => headers["x-goog-resource-state"]);
const until = (condition: () => boolean) => expect.poll(condition, { timeout: 3000 }).toBe(true);

const watch = async (one: Drive, body: object) => {
  const { startPageToken } = (await one.get("changes/startPageToken")).body as { startPageToken: string }; // prettier-ignore
  return one.send("POST", `changes/watch?pageToken=${startPageToken}`, body);
};

test("a channel says hello, then that something changed, and nothing more", async () => {
  await using one = await drive();
  await using to = await listener();
  const opened = await watch(one, { id: "c-1", type: "web_hook", address: to.address, token: "s3cret" }); // prettier-ignore
  expect(opened.body).toMatchObject({ kind: "api#channel", id: "c-1", token: "s3cret" });
  const { resourceId, expiration } = opened.body as { resourceId: string; expiration: string };
  expect(Number(expiration) - Date.now()).toBeGreaterThan(3_590_000);
  await until(() => to.heard.length === 1);
  for (const name of ["a", "b", "c"]) await one.send("POST", "files", { name });
  await until(() => to.heard.length >= 2);
  const [hello, change] = to.heard;
  expect(states(to.heard).slice(0, 2)).toEqual(["sync", "change"]);
  expect(hello?.headers["x-goog-message-number"]).toBe("1");
  expect(Number(change?.headers["x-goog-message-number"])).toBeGreaterThan(1);
  expect(change?.body).toBe("");
  expect(change?.headers).toMatchObject({
    "x-goog-channel-id": "c-1",
    "x-goog-channel-token": "s3cret",
    "x-goog-resource-id": resourceId,
    "x-goog-channel-expiration": new Date(Number(expiration)).toUTCString(),
  });
});

test("a file's channel says what became of it, and a stopped one is silent", async () => {
  await using one = await drive();
  await using to = await listener();
  const id = idOf(await one.send("POST", "files", { name: "a" }));
  const channel = { id: "c-2", type: "web_hook", address: to.address };
  const opened = await one.send("POST", `files/${id}/watch`, channel);
  const { resourceId } = opened.body as { resourceId: string };
  await until(() => to.heard.length === 1);
  await one.send("PATCH", `files/${id}`, { name: "b" });
  await until(() => to.heard.length === 2);
  await one.send("PATCH", `files/${id}`, { trashed: true });
  await until(() => to.heard.length === 3);
  await one.control("/_edit", { id, set: { trashed: false } });
  await until(() => to.heard.length === 4);
  expect(states(to.heard)).toEqual(["sync", "update", "trash", "untrash"]);
  const wrong = await one.send("POST", "channels/stop", { id: "c-2", resourceId: "other" });
  expect(reasonOf(wrong)).toBe("404 notFound");
  expect((await one.send("POST", "channels/stop", { id: "c-2", resourceId })).status).toBe(204);
  await one.send("DELETE", `files/${id}`);
  await new Promise((resolve) => setTimeout(resolve, 80));
  expect(to.heard).toHaveLength(4);
});

test("a channel lives as long as it may and no longer", async () => {
  await using one = await drive();
  const asked = { type: "web_hook", address: "https://example.com/hook", expiration: String(Date.now() + 1e10) }; // prettier-ignore
  const lasts = async (answer: { body: unknown }) =>
    Math.round((Number((answer.body as { expiration: string }).expiration) - Date.now()) / 1000);
  expect(await lasts(await watch(one, { ...asked, id: "long" }))).toBe(604_800);
  const file = await one.send("POST", "files/root/watch", { ...asked, id: "day" });
  expect(await lasts(file)).toBe(86_400);
});

test.each([
  [{ id: "c", type: "web_hook", address: "http://example.com/x" }, "400 push.webhookUrlNotHttps"],
  [{ id: "c", type: "email", address: "https://example.com" }, "400 push.channelTypeNotSupported"],
  [{ type: "web_hook", address: "https://example.com" }, "400 required"],
  [{ id: "c", type: "web_hook" }, "400 required"],
  [{ id: "c", type: "web_hook", address: "https://example.com", secret: "x" }, "400 badRequest"],
  [{ id: "c", type: "web_hook", address: "https://example.com", expiration: "1" }, "400 invalid"],
])("the channel %j is refused as %s", async (body, reason) => {
  await using one = await drive({ seed: 0 });
  expect(reasonOf(await watch(one, body))).toBe(reason);
});

test("a channel's id is taken once, and its feed has to be one", async () => {
  await using one = await drive({ seed: 0 });
  const channel = { id: "c", type: "web_hook", address: "https://example.com/hook" };
  expect((await watch(one, channel)).status).toBe(200);
  expect(reasonOf(await watch(one, channel))).toBe("400 channelIdNotUnique");
  expect(reasonOf(await one.send("POST", "changes/watch?pageToken=1", channel))).toBe("400 invalid"); // prettier-ignore
});
