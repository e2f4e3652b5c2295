import type { Answer } from "../http.ts";
import type { Account } from "./access.ts";
import type { Call } from "./call.ts";
import { exportFormats, importFormats } from "./editors.ts";
import { driveNotFound, missing } from "./errors.ts";
import { SHARED_DRIVE } from "./principals.ts";
import { personResource, timeOf } from "./resource.ts";
import { aboutShape, driveListShape, driveShape } from "./shapes.ts";
import { usedBytes } from "./content.ts";

const MAX_UPLOAD = 5_497_558_138_880;
const LARGEST_IMPORT = 52_428_800;

/** `GET about`: the one method that answers nothing unless `fields` says what. */
export function about(account: Account, call: Call): Answer {
  if (call.text("fields") === undefined)
    throw missing("fields", "The 'fields' parameter is required for this method.");
  const robot = call.who.own === "service";
  const used = robot ? 0 : usedBytes(account);
  const importable = Object.keys(importFormats).map((type) => [type, String(LARGEST_IMPORT)]);
  const whole = {
    kind: "drive#about",
    user: personResource(call.who.person, call.who),
    storageQuota: {
      limit: String(robot ? 0 : account.storage.limit),
      usage: String(used),
      usageInDrive: String(used),
      usageInDriveTrash: String(robot ? 0 : usedBytes(account, "trash")),
    },
    importFormats,
    exportFormats,
    maxImportSizes: Object.fromEntries(importable) as Record<string, string>,
    maxUploadSize: String(MAX_UPLOAD),
    appInstalled: false,
    canCreateDrives: !robot,
    canCreateTeamDrives: !robot,
    folderColorPalette: ["#ac725e", "#d06b64", "#8f8f8f", "#4986e7"],
    driveThemes: [],
    teamDriveThemes: [],
  };
  return call.shown(whole, aboutShape, "*");
}

const drive = {
  kind: "drive#drive",
  id: SHARED_DRIVE,
  name: "Harbour & Sons",
  colorRgb: "#4986e7",
  createdTime: timeOf(Date.parse("2025-01-06T08:00:00.000Z")),
  hidden: false,
  capabilities: { canAddChildren: true, canListChildren: true, canDownload: true, canEdit: true },
};

const USUAL = "kind,id,name";

export const listDrives = (call: Call): Answer =>
  call.shown(
    { kind: "drive#driveList", drives: [drive] },
    driveListShape,
    `kind,nextPageToken,drives(${USUAL})`,
  );

export function getDrive(call: Call): Answer {
  const id = call.id("driveId");
  if (id !== SHARED_DRIVE) throw driveNotFound(id);
  return call.shown(drive, driveShape, USUAL);
}
