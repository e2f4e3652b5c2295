import { type Account, findCalled, mustBeWritable } from "./access.ts";
import { wantedIn } from "./body.ts";
import { type Call, type Handle, USUAL_FILE } from "./call.ts";
import { download, exportFile } from "./download.ts";
import { invalidParameter, invalidValue } from "./errors.ts";
import { type DriveFile, newFileId } from "./files.ts";
import type { MethodName } from "./methods.ts";
import { fileResource } from "./resource.ts";
import { fileShape, generatedIdsShape } from "./shapes.ts";
import { createFile, updateFile } from "./storing.ts";

const MOST_IDS = 1000;

export const shownFile = (account: Account, call: Call, file: DriveFile) =>
  call.shown(fileResource(file, call.who, account.files), fileShape, USUAL_FILE);

/** What may be done with one file; metadata only, uploads have an address of their own. */
export const singleMethods = (account: Account) =>
  ({
    "files.create": (call) =>
      shownFile(account, call, createFile(account, call, wantedIn(call.request, "create"), null)),
    "files.get": (call) =>
      call.text("alt") === "media"
        ? download(account, call)
        : shownFile(account, call, findCalled(account, call, call.id("fileId"))),
    "files.update"(call) {
      const file = findCalled(account, call, call.id("fileId"));
      const wanted = wantedIn(call.request, "update");
      return shownFile(account, call, updateFile(account, call, file, wanted, null));
    },
    "files.delete"(call) {
      const file = findCalled(account, call, call.id("fileId"));
      mustBeWritable(file, call.who);
      account.files.remove(file);
      return { status: 204, headers: {}, body: "" };
    },
    "files.export": (call) => exportFile(account, call),
    "files.generateIds"(call) {
      const space = call.text("space") ?? "drive";
      if (space !== "drive") throw invalidValue("space");
      if (!["files", "shortcuts"].includes(call.text("type") ?? "files"))
        throw invalidValue("type");
      const count = call.count("count", MOST_IDS) ?? 10;
      if (count > MOST_IDS) {
        throw invalidParameter(
          "count",
          `Invalid value '${String(count)}'. Values must be within the range: [1, ${String(MOST_IDS)}]`,
        );
      }
      const ids = Array.from({ length: count }, newFileId);
      return call.shown({ kind: "drive#generatedIds", space, ids }, generatedIdsShape, "*");
    },
  }) satisfies Partial<Record<MethodName, Handle>>;
