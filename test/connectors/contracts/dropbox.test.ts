import { expect, test } from "vitest";
import { contractIsHere, derivedJudge } from "../../sandbox/tools/dropbox-contract.ts";
import { wholeSession } from "../files/session.ts";
import { openFiles } from "../files/world.ts";

const parsed = (text: string): unknown => (text === "" ? null : JSON.parse(text));

test.skipIf(!contractIsHere)(
  "every request of the connector is valid by Dropbox's IDL (skipped: no contracts here)",
  async () => {
    await using tool = await openFiles("dropbox");
    await wholeSession(tool);
    const judge = derivedJudge();
    const names = new Set<string>();
    for (const { url, headers, sent, status, answered, received } of tool.exchanges) {
      const name = url.pathname.replace("/2/", "");
      names.add(name);
      const arg = parsed(String(headers["dropbox-api-arg"] ?? sent.toString()));
      const result = parsed(String(answered["dropbox-api-result"] ?? received.toString()));
      expect(judge({ name, arg, status, result }), `${name} ${JSON.stringify(arg)}`).toBeNull();
      expect(status, name).not.toBe(400);
    }
    expect([...names].sort()).toEqual(
      ["create_folder_v2", "delete_v2", "download", "get_metadata", "list_folder", "list_folder/continue", "move_v2", "upload", "upload_session/append_v2", "upload_session/finish", "upload_session/start"].map((name) => `files/${name}`), // prettier-ignore
    );
  },
);
