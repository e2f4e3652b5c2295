import type { Contents } from "../../contents.ts";
import type { Request, Route } from "../http.ts";
import { currentAccount } from "./account.ts";
import { routeFor, type Spec } from "./api.ts";
import { createFolder, deleteEntry, type Deletions, moveEntry } from "./changing.ts";
import type { Account } from "./commit.ts";
import { tokenOf } from "./gate.ts";
import { continueList, type Cursors, nextPage, startList } from "./listing.ts";
import type { Longpolls } from "./longpoll.ts";
import { download, getMetadata, type Links, listRevisions } from "./reading.ts";
import { search, searchContinue, type Searching } from "./search.ts";
import {
  appendBatch,
  appendToSession,
  finishBatch,
  finishSession,
  startBatch,
  startSession,
} from "./session-routes.ts";
import type { Sessions } from "./sessions.ts";
import * as shapes from "./shapes.ts";
import type { DropboxSignIn } from "./sign-in.ts";
import { upload } from "./uploads.ts";

/** What the routes work on. */
export type Parts = {
  account: Account;
  contents: Contents;
  cursors: Cursors;
  longpolls: Longpolls;
  searching: Searching;
  sessions: Sessions;
  deletions: Deletions;
  links: Links;
  signIn: DropboxSignIn;
};

/** Every address of the simulated Dropbox; what has hosts of its own there is at one place here. */
export function dropboxRoutes(parts: Parts): Route[] {
  const { signIn } = parts;
  const allowed = (request: Request): readonly string[] => {
    const standing = signIn.standing(tokenOf(request) ?? "");
    return typeof standing === "string" ? [] : standing.scopes;
  };
  const at = <Arg>(spec: Spec<Arg>): Route => routeFor(spec, allowed);
  return [
    ...signIn.routes,
    parts.links.route,
    ...accountRoutes(parts, at),
    ...readRoutes(parts, at),
    ...writeRoutes(parts, at),
    ...uploadRoutes(parts, at),
  ];
}

type At = <Arg>(spec: Spec<Arg>) => Route;

const accountRoutes = ({ signIn }: Parts, at: At): Route[] => [
  at({
    name: "users/get_current_account",
    style: "rpc",
    scope: "account_info.read",
    arg: null,
    handle: () => currentAccount,
  }),
  at({
    name: "auth/token/revoke",
    style: "rpc",
    scope: "account_info.read",
    arg: null,
    handle: (_none, request) => signIn.end(request, tokenOf(request) ?? ""),
  }),
];

function readRoutes({ account, contents, cursors, longpolls, searching, links }: Parts, at: At) {
  const { tree } = account;
  const reads = { style: "rpc", scope: "files.metadata.read" } as const;
  return [
    at({
      ...reads,
      name: "files/list_folder",
      arg: shapes.listFolder,
      handle: (arg) => nextPage(tree, cursors, startList(tree, cursors, arg, "beginning")),
    }),
    at({
      ...reads,
      name: "files/list_folder/continue",
      arg: shapes.listFolderContinue,
      handle: ({ cursor }) => continueList(tree, cursors, cursor),
    }),
    at({
      ...reads,
      name: "files/list_folder/get_latest_cursor",
      arg: shapes.listFolder,
      handle: (arg) => ({
        cursor: nextPage(tree, cursors, startList(tree, cursors, arg, "now")).cursor,
      }),
    }),
    at({
      style: "rpc",
      scope: null,
      name: "files/list_folder/longpoll",
      arg: shapes.longpoll,
      handle: ({ cursor, timeout }) => longpolls.wait(cursor, timeout),
    }),
    at({
      ...reads,
      name: "files/get_metadata",
      arg: shapes.getMetadata,
      handle: (arg) => getMetadata(tree, arg),
    }),
    at({
      ...reads,
      name: "files/list_revisions",
      arg: shapes.listRevisions,
      handle: (arg) => listRevisions(tree, arg),
    }),
    at({
      ...reads,
      name: "files/search_v2",
      arg: shapes.search,
      handle: (arg) => search(searching, arg),
    }),
    at({
      ...reads,
      name: "files/search/continue_v2",
      arg: shapes.searchContinue,
      handle: ({ cursor }) => searchContinue(searching, cursor),
    }),
    at({
      style: "download",
      scope: "files.content.read",
      name: "files/download",
      arg: shapes.download,
      handle: (arg, request) => download(tree, contents, arg, request),
    }),
    at({
      style: "rpc",
      scope: "files.content.read",
      name: "files/get_temporary_link",
      arg: shapes.temporaryLink,
      handle: ({ path }, { origin }) => links.make(path, origin),
    }),
  ];
}

const writes = { style: "rpc", scope: "files.content.write" } as const;

const writeRoutes = ({ account, deletions }: Parts, at: At): Route[] => [
  at({
    ...writes,
    name: "files/create_folder_v2",
    arg: shapes.createFolder,
    handle: (arg) => createFolder(account, arg),
  }),
  at({
    ...writes,
    name: "files/move_v2",
    arg: shapes.move,
    handle: (arg) => moveEntry(account, arg),
  }),
  at({
    ...writes,
    name: "files/delete_v2",
    arg: shapes.remove,
    handle: (arg) => deleteEntry(account, arg),
  }),
  at({
    ...writes,
    name: "files/delete_batch",
    arg: shapes.removeBatch,
    handle: (arg) => deletions.launch(arg),
  }),
  at({
    ...writes,
    name: "files/delete_batch/check",
    arg: shapes.poll,
    handle: ({ async_job_id }) => deletions.check(async_job_id),
  }),
];

function uploadRoutes({ account, sessions }: Parts, at: At): Route[] {
  const uploads = { ...writes, style: "upload" } as const;
  const session = "files/upload_session";
  return [
    at({
      ...uploads,
      name: "files/upload",
      arg: shapes.upload,
      handle: (arg, { raw }) => upload(account, sessions, arg, raw),
    }),
    at({
      ...uploads,
      name: `${session}/start`,
      arg: shapes.sessionStart,
      handle: (arg, { raw }) => startSession(sessions, arg, raw),
    }),
    at({
      ...uploads,
      name: `${session}/append_v2`,
      arg: shapes.sessionAppend,
      handle: (arg, { raw }) => appendToSession(sessions, arg, raw),
    }),
    at({
      ...uploads,
      name: `${session}/append_batch`,
      arg: shapes.sessionAppendBatch,
      handle: (arg, { raw }) => appendBatch(sessions, arg, raw),
    }),
    at({
      ...uploads,
      name: `${session}/finish`,
      arg: shapes.sessionFinish,
      handle: (arg, { raw }) => finishSession(account, sessions, arg, raw),
    }),
    at({
      ...writes,
      name: `${session}/start_batch`,
      arg: shapes.sessionStartBatch,
      handle: (arg) => startBatch(sessions, arg),
    }),
    at({
      ...writes,
      name: `${session}/finish_batch_v2`,
      arg: shapes.sessionFinishBatch,
      handle: (arg) => finishBatch(account, sessions, arg),
    }),
  ];
}
