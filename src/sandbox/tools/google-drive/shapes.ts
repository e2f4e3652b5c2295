import type { Shape } from "./fields.ts";

const leaves = (names: string): { [field: string]: Shape } =>
  Object.fromEntries(names.split(" ").map((name) => [name, "leaf"]));

const user = leaves("displayName emailAddress kind me permissionId photoLink");

/** What a file resource may have. Source: Google's discovery document for Drive v3. */
export const fileShape: Shape = {
  ...leaves(
    "copyRequiresWriterPermission createdTime description driveId explicitlyTrashed fileExtension folderColorRgb fullFileExtension hasAugmentedPermissions hasThumbnail headRevisionId iconLink id inheritedPermissionsDisabled isAppAuthorized kind md5Checksum mimeType modifiedByMe modifiedByMeTime modifiedTime name originalFilename ownedByMe parents permissionIds quotaBytesUsed resourceKey sha1Checksum sha256Checksum shared sharedWithMeTime size spaces starred teamDriveId thumbnailLink thumbnailVersion trashed trashedTime version viewedByMe viewedByMeTime viewersCanCopyContent webContentLink webViewLink writersCanShare",
  ),
  appProperties: "any",
  properties: "any",
  exportLinks: "any",
  capabilities: "any",
  clientEncryptionDetails: "any",
  contentHints: "any",
  contentRestrictions: "any",
  downloadRestrictions: "any",
  imageMediaMetadata: "any",
  labelInfo: "any",
  linkShareMetadata: leaves("securityUpdateEligible securityUpdateEnabled"),
  permissions: "any",
  shortcutDetails: leaves("targetId targetMimeType targetResourceKey"),
  videoMediaMetadata: leaves("durationMillis height width"),
  lastModifyingUser: user,
  owners: user,
  sharingUser: user,
  trashingUser: user,
};

const driveShape: Shape = {
  ...leaves("colorRgb createdTime hidden id kind name orgUnitId themeId backgroundImageLink"),
  backgroundImageFile: "any",
  capabilities: "any",
  restrictions: "any",
};

export const fileListShape: Shape = {
  ...leaves("kind incompleteSearch nextPageToken"),
  files: fileShape,
};

export const changeListShape: Shape = {
  ...leaves("kind newStartPageToken nextPageToken"),
  changes: {
    ...leaves("changeType driveId fileId kind removed teamDriveId time type"),
    drive: driveShape,
    teamDrive: "any",
    file: fileShape,
  },
};

export const startTokenShape: Shape = leaves("kind startPageToken");
export const generatedIdsShape: Shape = leaves("ids kind space");
export const driveListShape: Shape = { ...leaves("kind nextPageToken"), drives: driveShape };
export { driveShape };

export const channelShape: Shape = {
  ...leaves("address expiration id kind payload resourceId resourceUri token type"),
  params: "any",
};

export const aboutShape: Shape = {
  ...leaves(
    "appInstalled canCreateDrives canCreateTeamDrives folderColorPalette kind maxUploadSize",
  ),
  driveThemes: "any",
  exportFormats: "any",
  importFormats: "any",
  maxImportSizes: "any",
  storageQuota: leaves("limit usage usageInDrive usageInDriveTrash"),
  teamDriveThemes: "any",
  user,
};
