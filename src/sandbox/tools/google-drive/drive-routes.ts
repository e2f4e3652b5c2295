import type { Collection } from "../../collection.ts";
import type { Request, Route } from "../http.ts";
import { about, getDrive, listDrives } from "./about.ts";
import type { Account } from "./access.ts";
import { batchRoute } from "./batch.ts";
import { type Handle, routesFor } from "./call.ts";
import { listChanges, startPageToken, type ChangeFeeds } from "./changes.ts";
import { type Channel, stopChannel, watchChanges, watchFile } from "./channels.ts";
import { type Gate, identifier } from "./gate.ts";
import { listFiles, type Listing } from "./listing.ts";
import { type MethodName, methods } from "./methods.ts";
import type { Notifications } from "./notifications.ts";
import { putChunk } from "./resumable.ts";
import type { DriveSignIn } from "./sign-in.ts";
import { singleMethods } from "./single.ts";
import type { UploadSessions } from "./upload-sessions.ts";
import { upload } from "./uploads.ts";

/** What the methods work on. */
export type Parts = {
  account: Account;
  feeds: ChangeFeeds;
  listing: Listing;
  sessions: UploadSessions;
  channels: Collection<Channel>;
  notifications: Notifications;
  signIn: DriveSignIn;
  gate: Gate;
};

const BASE = "/drive/v3";
const UPLOADS = ["/upload/drive/v3", "/resumable/upload/drive/v3"];

/** Every address of the simulated Google: the sign-in, Drive's methods, uploads and batches. */
export function driveRoutes(parts: Parts): Route[] {
  const { account, sessions, signIn, gate } = parts;
  const identify = identifier(signIn);
  const handles = handlesOf(parts);
  const names = Object.keys(methods) as MethodName[];
  const plain = names.flatMap((name) => routesFor(name, [BASE], identify, handles[name]));
  const chunk = (request: Request) => putChunk(account, sessions, request);
  return [
    ...signIn.routes,
    ...plain,
    ...routesFor("files.create", UPLOADS, identify, (call) =>
      upload(account, sessions, "create", call),
    ),
    ...routesFor("files.update", UPLOADS, identify, (call) =>
      upload(account, sessions, "update", call),
    ),
    ...UPLOADS.flatMap((base): Route[] => [
      { method: "PUT", path: `${base}/files`, handle: chunk },
      { method: "PUT", path: `${base}/files/:fileId`, handle: chunk },
    ]),
    batchRoute(plain, (request, next) => gate.pass(request, next)),
  ];
}

function handlesOf(parts: Parts): Record<MethodName, Handle> {
  const { account, feeds, listing, channels, notifications } = parts;
  const opened = (channel: Channel) => notifications.opened(channel);
  return {
    "about.get": (call) => about(account, call),
    "files.list": (call) => listFiles(account, listing, call),
    ...singleMethods(account),
    "files.watch": (call) => watchFile(account, channels, opened, call),
    "changes.getStartPageToken": (call) => startPageToken(feeds, call),
    "changes.list": (call) => listChanges(account, feeds, call),
    "changes.watch": (call) => watchChanges(channels, feeds, opened, call),
    "channels.stop": (call) => stopChannel(channels, call),
    "drives.list": (call) => listDrives(call),
    "drives.get": (call) => getDrive(call),
  };
}
