import { createServer, type AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { openDatabase } from "#store/database.ts";
import { messagesOf } from "../chaos/protocol.ts";

const letIn = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0, 0x5a, 0, 0, 0, 5, 0x49]);

/** Lets everybody in, hears what is asked first and goes down. */
async function shortLived() {
  const asked: string[] = [];
  const server = createServer((socket) => {
    const messages = messagesOf();
    socket.on("error", () => undefined);
    socket.on("data", (chunk: Buffer) => {
      for (const { type, body } of messages(chunk)) {
        if (type === "") socket.write(letIn);
        if (type !== "P" && type !== "Q") continue;
        asked.push(body.toString());
        server.close();
        socket.destroy();
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { asked, url: `postgres://tieline@127.0.0.1:${String(port)}/tieline` };
}

test("a connection is asked nothing but what we ask, so that what goes wrong with it is always heard", async () => {
  const { asked, url } = await shortLived();
  await expect(openDatabase({ url, folder: "" })).rejects.toThrow("cannot be opened");
  expect(asked).toHaveLength(1);
  expect(asked[0]).toContain("pg_backend_pid");
});
