import { expect, test } from "vitest";
import { contractIsHere, discoveryJudge } from "../../sandbox/tools/google-drive-contract.ts";
import { wholeSession } from "../files/session.ts";
import { type Exchange, type Opened, openFiles } from "../files/world.ts";
import { never } from "../world.ts";

/** The metadata of a request, which may stand in the first part of several. */
function metadataOf({ headers, sent }: Exchange): unknown {
  const type = headers["content-type"] ?? "";
  if (type.startsWith("application/json")) return JSON.parse(sent.toString());
  if (!type.startsWith("multipart/related")) return undefined;
  return JSON.parse(/\r\n\r\n(\{.*?\})\r\n--/s.exec(sent.toString("latin1"))?.[1] ?? "null");
}

const received = ({ received: bytes, answered }: Exchange): unknown =>
  String(answered["content-type"]).startsWith("application/json")
    ? JSON.parse(bytes.toString())
    : undefined;

/** Nobody is at the address: a channel is opened all the same. */
async function watchFiles({ world, connection }: Opened): Promise<void> {
  const { watching } = world.tools;
  const { token, address } = await world.hooks.further(connection.name, world.clock.now());
  const at = { url: `http://127.0.0.1:1/hooks/${token}`, address };
  const [name = ""] = await watching.wanted(connection, ["files"], never);
  await watching.end(connection, name, await watching.make(connection, name, at, never), never);
}

test.skipIf(!contractIsHere).each([{}, { shared_drive: "0AHarbourSharedDrivePVA" }])(
  "every request of the connector is valid by Google's discovery document, with %j (skipped: no contracts here)", // prettier-ignore
  async (settings) => {
    await using tool = await openFiles("google-drive", {}, settings);
    await wholeSession(tool);
    await watchFiles(tool);
    const judge = discoveryJudge();
    for (const one of tool.exchanges) {
      const { method, url, status } = one;
      const found = judge({ method, url, sent: metadataOf(one), status, received: received(one) });
      expect(found, `${method} ${url.href}`).toBeNull();
      expect(status, `${method} ${url.href}`).toBeLessThan(400);
    }
    expect(tool.exchanges.length).toBeGreaterThan(20);
  },
);
