import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { signature } from "#sandbox/tools/dropbox/webhook.ts";
import { dropbox, put } from "./dropbox-call.ts";

test("a notification is signed as Dropbox signs it", () => {
  const body =
    '{"list_folder": {"accounts": ["dbid:AAH4f99T0taONIb-OurWxbNQ6ywGRopQngc"]}, "delta": {"users": [4245623]}}';
  expect(signature("app-secret", body)).toBe(
    "a1391bac467a20555b4a5cfd8bb130c8e934a87ecf9efcf9d91005d7be3dc5c2",
  );
});

type Heard = { headers: IncomingHttpHeaders; body: string };

/** Somebody who gives a challenge back, or something else, and listens. */
async function listener(answer: (challenge: string) => string) {
  const heard: Heard[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      const url = new URL(request.url ?? "/", "http://127.0.0.1");
      const challenge = url.searchParams.get("challenge");
      if (challenge === null) heard.push({ headers: request.headers, body });
      response.writeHead(200).end(challenge === null ? "" : answer(challenge));
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    heard,
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/hook`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

test("an address that gives the challenge back is told whose files changed, once for many", async () => {
  await using one = await dropbox({ seed: 0 });
  await using to = await listener((challenge) => challenge);
  expect((await one.control("/_webhook", { url: to.url })).body).toEqual({ webhook: to.url });
  for (const name of ["a", "b", "c"]) await put(one, `/${name}.txt`, name);
  await expect.poll(() => to.heard.length, { timeout: 5000 }).toBeGreaterThan(0);
  const [{ headers, body } = { headers: {}, body: "" }] = to.heard;
  expect(JSON.parse(body)).toEqual({
    list_folder: { accounts: [one.tool.settings["account_id"]] },
    delta: { users: [4_245_623] },
  });
  expect(headers["x-dropbox-signature"]).toBe(signature(one.tool.oauth?.client_secret ?? "", body));
  expect(to.heard.length).toBeLessThan(4);
  await one.control("/_webhook", { url: null });
  await new Promise((resolve) => setTimeout(resolve, 80));
  const before = to.heard.length;
  await put(one, "/d.txt", "d");
  await new Promise((resolve) => setTimeout(resolve, 80));
  expect(to.heard.length).toBe(before);
});

test("an address that does not is not taken", async () => {
  await using one = await dropbox({ seed: 0 });
  await using to = await listener(() => "something else");
  expect((await one.control("/_webhook", { url: to.url })).status).toBe(400);
  const page = await fetch(`${one.tool.base_url}/_webhooks`, {
    method: "POST",
    body: new URLSearchParams({ url: to.url }),
  });
  expect(await page.text()).toContain("did not give the challenge back");
});
