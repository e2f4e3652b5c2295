export type Parameter = "text" | "flag" | "count";
export type Scope = "drive" | "drive.file" | "drive.readonly" | "drive.metadata" | "drive.metadata.readonly"; // prettier-ignore

/** What a method may be asked, and which scopes open it: one of them is enough. */
export type Method = {
  verb: "GET" | "POST" | "PATCH" | "DELETE";
  path: string;
  scopes: readonly Scope[];
  parameters: Readonly<Record<string, Parameter>>;
  /** Parameters that a request has to carry. */
  required?: readonly string[];
};

const READ: readonly Scope[] = ["drive", "drive.file", "drive.metadata", "drive.metadata.readonly", "drive.readonly"]; // prettier-ignore
const WRITE: readonly Scope[] = ["drive", "drive.file"];
const CONTENT: readonly Scope[] = ["drive", "drive.file", "drive.readonly"];

const drives = { supportsAllDrives: "flag", supportsTeamDrives: "flag" } as const;
const shown = { includeLabels: "text", includePermissionsForView: "text" } as const;
const writing = {
  ...drives,
  ...shown,
  enforceSingleParent: "flag",
  keepRevisionForever: "flag",
  ocrLanguage: "text",
  useContentAsIndexableText: "flag",
} as const;
const paging = {
  ...drives,
  ...shown,
  driveId: "text",
  teamDriveId: "text",
  includeItemsFromAllDrives: "flag",
  includeTeamDriveItems: "flag",
  pageSize: "count",
  pageToken: "text",
  spaces: "text",
} as const;
const feed = {
  ...paging,
  includeCorpusRemovals: "flag",
  includeRemoved: "flag",
  restrictToMyDrive: "flag",
} as const;

/** The part of Drive v3 that is simulated, as Google's discovery document describes it. */
export const methods = {
  "about.get": { verb: "GET", path: "about", scopes: READ, parameters: {} },
  "files.list": {
    verb: "GET",
    path: "files",
    scopes: READ,
    parameters: { ...paging, corpora: "text", corpus: "text", orderBy: "text", q: "text" },
  },
  "files.generateIds": {
    verb: "GET",
    path: "files/generateIds",
    scopes: WRITE,
    parameters: { count: "count", space: "text", type: "text" },
  },
  "files.create": {
    verb: "POST",
    path: "files",
    scopes: WRITE,
    parameters: { ...writing, ignoreDefaultVisibility: "flag" },
  },
  "files.get": {
    verb: "GET",
    path: "files/:fileId",
    scopes: READ,
    parameters: { ...drives, ...shown, acknowledgeAbuse: "flag" },
  },
  "files.update": {
    verb: "PATCH",
    path: "files/:fileId",
    scopes: ["drive", "drive.file", "drive.metadata"],
    parameters: { ...writing, addParents: "text", removeParents: "text" },
  },
  "files.delete": {
    verb: "DELETE",
    path: "files/:fileId",
    scopes: WRITE,
    parameters: { ...drives, enforceSingleParent: "flag" },
  },
  "files.export": {
    verb: "GET",
    path: "files/:fileId/export",
    scopes: CONTENT,
    parameters: { mimeType: "text" },
    required: ["mimeType"],
  },
  "files.watch": {
    verb: "POST",
    path: "files/:fileId/watch",
    scopes: READ,
    parameters: { ...drives, ...shown, acknowledgeAbuse: "flag" },
  },
  "changes.getStartPageToken": {
    verb: "GET",
    path: "changes/startPageToken",
    scopes: READ,
    parameters: { ...drives, driveId: "text", teamDriveId: "text" },
  },
  "changes.list": {
    verb: "GET",
    path: "changes",
    scopes: READ,
    parameters: feed,
    required: ["pageToken"],
  },
  "changes.watch": {
    verb: "POST",
    path: "changes/watch",
    scopes: READ,
    parameters: feed,
    required: ["pageToken"],
  },
  "channels.stop": { verb: "POST", path: "channels/stop", scopes: READ, parameters: {} },
  "drives.list": {
    verb: "GET",
    path: "drives",
    scopes: ["drive", "drive.readonly"],
    parameters: { pageSize: "count", pageToken: "text", q: "text", useDomainAdminAccess: "flag" },
  },
  "drives.get": {
    verb: "GET",
    path: "drives/:driveId",
    scopes: ["drive", "drive.readonly"],
    parameters: { useDomainAdminAccess: "flag" },
  },
} as const satisfies Record<string, Method>;

export type MethodName = keyof typeof methods;

/** What every method takes besides. */
export const commonParameters: Readonly<Record<string, Parameter>> = {
  "$.xgafv": "text",
  access_token: "text",
  alt: "text",
  callback: "text",
  fields: "text",
  key: "text",
  oauth_token: "text",
  prettyPrint: "flag",
  quotaUser: "text",
  uploadType: "text",
  upload_protocol: "text",
};
