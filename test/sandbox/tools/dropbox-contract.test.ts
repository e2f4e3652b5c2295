import { expect, test } from "vitest";
import { z } from "zod";
import * as shapes from "#sandbox/tools/dropbox/shapes.ts";
import { tools } from "#sandbox/tools/index.ts";
import { contractIsHere, derived, derivedJudge } from "./dropbox-contract.ts";

const ARGS: Record<string, z.ZodType> = {
  "create_folder_v2": shapes.createFolder,
  "delete_v2": shapes.remove,
  "delete_batch": shapes.removeBatch,
  "delete_batch/check": shapes.poll,
  "download": shapes.download,
  "get_metadata": shapes.getMetadata,
  "get_temporary_link": shapes.temporaryLink,
  "list_folder": shapes.listFolder,
  "list_folder/continue": shapes.listFolderContinue,
  "list_folder/get_latest_cursor": shapes.listFolder,
  "list_folder/longpoll": shapes.longpoll,
  "list_revisions": shapes.listRevisions,
  "move_v2": shapes.move,
  "search_v2": shapes.search,
  "search/continue_v2": shapes.searchContinue,
  "upload": shapes.upload,
  "upload_session/append_v2": shapes.sessionAppend,
  "upload_session/append_batch": shapes.sessionAppendBatch,
  "upload_session/finish": shapes.sessionFinish,
  "upload_session/finish_batch_v2": shapes.sessionFinishBatch,
  "upload_session/start": shapes.sessionStart,
  "upload_session/start_batch": shapes.sessionStartBatch,
}; // prettier-ignore

type Struct = { properties?: Record<string, unknown>; required?: string[] };

test.skipIf(!contractIsHere)(
  "each route takes the fields that the IDL says, and needs those it needs (skipped: no contracts here)",
  () => {
    const { routes, $defs } = derived();
    for (const { url, arg } of routes) {
      const name = url.replace(/^.*\/2\/files\//, "");
      const theirs = $defs[arg.$ref.replace("#/$defs/", "")] as Struct;
      const shape = ARGS[name];
      expect(shape, name).toBeDefined();
      const ours = z.toJSONSchema(shape as z.ZodType, { io: "input", unrepresentable: "any" }) as Struct; // prettier-ignore
      expect(Object.keys(ours.properties ?? {}).sort(), name).toEqual(Object.keys(theirs.properties ?? {}).sort()); // prettier-ignore
      expect([...(ours.required ?? [])].sort(), name).toEqual([...(theirs.required ?? [])].sort());
    }
    expect(routes.map(({ url }) => url.replace(/^.*\/2\/files\//, "")).sort()).toEqual(Object.keys(ARGS).sort()); // prettier-ignore
  },
);

test.skipIf(!contractIsHere)(
  "each route asks for the scope that the IDL says (skipped: no contracts here)",
  async () => {
    await using tool = await tools.dropbox({ folder: null, seed: 0, limits: false });
    const { authorize = "", token = "", client_id = "", client_secret = "" } = tool.oauth ?? {};
    const redirect_uri = "http://127.0.0.1:9/back";
    const asked = new URLSearchParams({ response_type: "code", client_id, redirect_uri, scope: "files.metadata.write" }); // prettier-ignore
    const page = await (await fetch(`${authorize}?${asked.toString()}`)).text();
    const link = /id="allow" href="([^"]+)"/.exec(page)?.[1]?.replaceAll("&amp;", "&") ?? "";
    const code = new URL(link).searchParams.get("code") ?? "";
    const given = new URLSearchParams({ grant_type: "authorization_code", code, redirect_uri, client_id, client_secret }); // prettier-ignore
    const issued = await fetch(token, { method: "POST", body: given });
    const { access_token } = (await issued.json()) as { access_token: string };
    for (const { url, scope, auth } of derived().routes) {
      if (auth === "noauth") continue;
      const answer = await fetch(tool.base_url + new URL(url).pathname, {
        method: "POST",
        headers: { authorization: `Bearer ${access_token}` },
      });
      const { error } = (await answer.json()) as { error: unknown };
      expect(error, url).toEqual({ ".tag": "missing_scope", required_scope: scope });
    }
  },
);

test.skipIf(!contractIsHere)(
  "the judge finds a misspelling, a wrong tag and a missing field (skipped: no contracts here)",
  () => {
    const judge = derivedJudge();
    const arg = { path: "/a" };
    const folder = { name: "a", path_lower: "/a", path_display: "/a", id: "id:1" };
    const made = (metadata: object) =>
      judge({ name: "files/create_folder_v2", arg, status: 200, result: { metadata } });
    expect(made(folder)).toBeNull();
    expect(made({ ...folder, path_displayed: "/a" })).not.toBeNull();
    expect(made({ name: "a" })).not.toBeNull();
    const error = { ".tag": "path", path: { ".tag": "conflict", conflict: { ".tag": "file" } } };
    const refused = (one: object) => judge({ name: "files/create_folder_v2", arg, status: 409, result: { error_summary: "path/conflict/file/..", error: one } }); // prettier-ignore
    expect(refused(error)).toBeNull();
    expect(refused({ ".tag": "path", path: { ".tag": "conflict" } })).not.toBeNull();
  },
);
