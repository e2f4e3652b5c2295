import { exportTypes, isEditors } from "./editors.ts";
import { type DriveFile, type Files, FOLDER, SHORTCUT } from "./files.ts";
import { type Person, type Principal, SHARED_DRIVE, user } from "./principals.ts";

type Values = Record<string, unknown>;

/** Drive writes times to the millisecond, in UTC. */
export const timeOf = (at: number): string => new Date(at).toISOString();

export const personResource = (
  { displayName, emailAddress, permissionId }: Person,
  who: Principal,
): Values => ({
  kind: "drive#user",
  displayName,
  me: emailAddress === who.person.emailAddress,
  permissionId,
  emailAddress,
});

/** A file as Drive shows it to somebody, with everything it may be asked for; sizes are texts. */
export function fileResource(file: DriveFile, who: Principal, files: Files): Values {
  return {
    kind: "drive#file",
    id: file.id,
    name: file.name,
    mimeType: file.mimeType,
    starred: file.starred,
    trashed: files.isTrashed(file),
    explicitlyTrashed: file.trashed,
    spaces: ["drive"],
    version: String(file.version),
    webViewLink: linkTo(file),
    iconLink: `https://drive-thirdparty.googleusercontent.com/16/type/${file.mimeType}`,
    hasThumbnail: false,
    thumbnailVersion: "0",
    viewedByMe: file.viewed !== null,
    createdTime: timeOf(file.created),
    modifiedTime: timeOf(file.modified),
    modifiedByMe: true,
    modifiedByMeTime: timeOf(file.modified),
    lastModifyingUser: personResource(user, who),
    capabilities: capabilitiesOf(file),
    viewersCanCopyContent: true,
    copyRequiresWriterPermission: false,
    writersCanShare: true,
    isAppAuthorized: file.app === who.app,
    quotaBytesUsed: String(isEditors(file.mimeType) ? 0 : (file.content?.size ?? 0)),
    linkShareMetadata: { securityUpdateEligible: false, securityUpdateEnabled: true },
    ...whereSaid(file, who),
    ...owned(file, who),
    ...contentOf(file),
  };
}

/** What only some files have; for the others Drive leaves the field out. */
function whereSaid(file: DriveFile, who: Principal): Values {
  const { description, parent, viewed, target, mimeType, color } = file;
  const some = (values: Record<string, string> | undefined) =>
    values === undefined || Object.keys(values).length === 0 ? undefined : values;
  return {
    description: description ?? undefined,
    parents: parent === null ? undefined : [parent],
    properties: some(file.properties),
    appProperties: some(file.appProperties[who.app]),
    viewedByMeTime: viewed === null ? undefined : timeOf(viewed),
    folderColorRgb: mimeType === FOLDER ? (color ?? "#8f8f8f") : undefined,
    shortcutDetails:
      target === null ? undefined : { targetId: target.id, targetMimeType: target.mimeType },
  };
}

/** What is in a shared drive belongs to it, and to nobody in particular. */
function owned(file: DriveFile, who: Principal): Values {
  if (file.corpus === SHARED_DRIVE)
    return { driveId: file.corpus, teamDriveId: file.corpus, hasAugmentedPermissions: false };
  return {
    owners: [personResource(who.person, who)],
    ownedByMe: true,
    shared: false,
    permissionIds: [who.person.permissionId],
  };
}

function contentOf(file: DriveFile): Values {
  if (file.content === null) return {};
  const { size, md5, sha1, sha256 } = file.content;
  if (isEditors(file.mimeType)) {
    const links = exportTypes(file.mimeType).map((type) => [
      type,
      `https://docs.google.com/feeds/download/documents/export/Export?id=${file.id}&exportFormat=${type}`,
    ]);
    return { size: String(size), exportLinks: Object.fromEntries(links) };
  }
  const full = /\.((?:tar\.)?[A-Za-z0-9]{1,8})$/.exec(file.name)?.[1] ?? "";
  return {
    size: String(size),
    md5Checksum: md5,
    sha1Checksum: sha1,
    sha256Checksum: sha256,
    headRevisionId: file.revision,
    originalFilename: file.originalFilename ?? file.name,
    fullFileExtension: full,
    fileExtension: full.split(".").at(-1) ?? "",
    webContentLink: `https://drive.google.com/uc?id=${file.id}&export=download`,
  };
}

function linkTo({ id, mimeType }: DriveFile): string {
  if (mimeType === FOLDER) return `https://drive.google.com/drive/folders/${id}`;
  const kind = isEditors(mimeType)
    ? `docs.google.com/${mimeType.split(".").at(-1) ?? ""}`
    : "drive.google.com/file";
  return `https://${kind}/d/${id}/${isEditors(mimeType) ? "edit" : "view"}?usp=drivesdk`;
}

function capabilitiesOf(file: DriveFile): Values {
  const folder = file.mimeType === FOLDER;
  const free = file.parent !== null;
  return {
    canAddChildren: folder,
    canListChildren: folder,
    canCopy: !folder,
    canDelete: free,
    canDownload: !folder && file.mimeType !== SHORTCUT,
    canEdit: true,
    canRename: free,
    canShare: free,
    canTrash: free,
    canUntrash: free,
    canModifyContent: true,
    canReadRevisions: !folder,
  };
}
