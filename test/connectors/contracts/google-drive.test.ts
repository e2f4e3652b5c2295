import { expect, test } from "vitest";
import { contractIsHere, discoveryJudge } from "../../sandbox/tools/google-drive-contract.ts";
import { wholeSession } from "../files/session.ts";
import { type Exchange, openFiles } from "../files/world.ts";

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

test.skipIf(!contractIsHere).each([{}, { shared_drive: "0AHarbourSharedDrivePVA" }])(
  "every request of the connector is valid by Google's discovery document, with %j (skipped: no contracts here)", // prettier-ignore
  async (settings) => {
    await using tool = await openFiles("google-drive", {}, settings);
    await wholeSession(tool);
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
