import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { makeEgress, type EgressOptions } from "#connectors/egress.ts";
import { NoAnswer } from "#connectors/egress/no-answer.ts";

const never = new AbortController().signal;
const megabyte = 1_048_576;

async function opening(listener: RequestListener, options: Partial<EgressOptions> = {}) {
  const server = createServer(listener);
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const egress = makeEgress({ allow: { loopback: true, cidrs: [] }, ...options });
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
  return {
    url,
    open: (headers = {}) => egress.open({ method: "GET", url, headers, body: null, signal: never }),
    async [Symbol.asyncDispose]() {
      await egress[Symbol.asyncDispose]();
      server.closeAllConnections();
      server.close();
    },
  };
}

async function sizeOf(bytes: AsyncIterable<Uint8Array>): Promise<number> {
  let size = 0;
  for await (const chunk of bytes) size += chunk.length;
  return size;
}

const sends =
  (megabytes: number): RequestListener =>
  async (_request, response) => {
    for (let n = 0; n < megabytes; n++)
      if (!response.write(Buffer.alloc(megabyte)))
        await new Promise((ready) => response.once("drain", ready));
    response.end();
  };

test("a file may be larger than an answer", async () => {
  await using tool = await opening(sends(20), { maxBytes: megabyte });
  const { status, bytes } = await tool.open();
  expect(status).toBe(200);
  expect(await sizeOf(bytes)).toBe(20 * megabyte);
});

test("but has a limit of its own, told or not", async () => {
  await using tool = await opening(sends(20), { maxStream: 5 * megabyte });
  await expect(tool.open().then(({ bytes }) => sizeOf(bytes))).rejects.toThrow(NoAnswer);
  await using told = await opening(
    (_request, response) => {
      response.writeHead(200, { "content-length": String(20 * megabyte) });
      response.flushHeaders();
    },
    { maxStream: 5 * megabyte },
  );
  await expect(told.open().then(({ bytes }) => sizeOf(bytes))).rejects.toThrow(NoAnswer);
});

test("one that breaks off, or falls silent, says so", async () => {
  await using broken = await opening((_request, response) => {
    response.writeHead(200, { "content-length": "1000" });
    response.write("half", () => response.destroy());
  });
  await expect(broken.open().then(({ bytes }) => sizeOf(bytes))).rejects.toThrow(NoAnswer);
  await using silent = await opening((_request, response) => void response.write("half"), { idleMs: 200 }); // prettier-ignore
  await expect(silent.open().then(({ bytes }) => sizeOf(bytes))).rejects.toThrow(/in time/);
});

test("a redirect is followed with the place to go on from, and without the credential", async () => {
  const seen: (string | undefined)[] = [];
  await using store = await opening((request, response) => {
    seen.push(request.headers.authorization, request.headers.range);
    response.end("bytes");
  });
  await using tool = await opening((_request, response) => {
    response.writeHead(302, { location: store.url }).end();
  });
  const { bytes } = await tool.open({ authorization: "Bearer secret", range: "bytes=5-" });
  expect(await sizeOf(bytes)).toBe(5);
  expect(seen).toEqual([undefined, "bytes=5-"]);
});

test("what must not be reached is not opened either", async () => {
  await using tool = await opening(sends(1), { allow: { loopback: false, cidrs: [] } });
  await expect(tool.open()).rejects.toThrow(/was not asked/);
});
