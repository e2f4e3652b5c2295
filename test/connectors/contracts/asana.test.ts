import { expect, test } from "vitest";
import { contractHere, judge } from "../../sandbox/tools/asana-call.ts";
import { recordedSession } from "./recorded.ts";

test.skipIf(!contractHere)(
  "every request to Asana is one of its specification (skipped: no contracts here)",
  async () => {
    const session = await recordedSession("asana");
    for (const { path, ...rest } of session)
      judge({ ...rest, path: path.replace(/^\/api\/1\.0/, "") });
    const seen = new Set(session.map(({ method }) => method));
    expect([...seen].sort()).toEqual(["DELETE", "GET", "POST", "PUT"]);
    expect(session.filter(({ status }) => status >= 400)).toEqual([]);
  },
);
