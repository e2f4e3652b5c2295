import { acceptance } from "./suite.ts";
import type { Tried } from "./tool.ts";

/** What Drive itself lists in one page, as it does where no size is said. */
async function inMyDrive({ tool }: Tried): Promise<number> {
  const headers = { authorization: `Bearer ${tool.credential["token"] ?? ""}` };
  const answer = await fetch(`${tool.base_url}/drive/v3/files?q=trashed%3Dfalse`, { headers });
  const { files } = (await answer.json()) as { files: unknown[] };
  return files.length;
}

acceptance("google-drive", {
  files: {
    seed: 1000,
    edit: { name: "Changed by hand" },
    there: inMyDrive,
    change: { field: "path", to: "/Elsewhere/changed.txt" },
    skip: {
      "refuses one of a batch": "Drive takes every name, and takes it twice too",
    },
  },
});
