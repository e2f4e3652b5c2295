import { z } from "zod";

/** A union whose cases may be told by their name alone where nothing comes with them. */
const union = <Cases extends readonly [string, ...string[]]>(...cases: Cases) =>
  z.preprocess(
    (value) => (typeof value === "string" ? { ".tag": value } : value),
    z.strictObject({ ".tag": z.enum(cases) }),
  );

const PATH = String.raw`/(.|[\r\n])*`;
const NS = String.raw`ns:[0-9]+(/(.|[\r\n])*)?`;
const pattern = (text: string) => z.string().regex(new RegExp(`^(?:${text})$`));

const readPath = pattern(`(${PATH}|id:.*)|(rev:[0-9a-f]{9,})|(${NS})`);
const pathOrId = pattern(`${PATH}|id:.*|(${NS})`);
const pathRootOrId = pattern(`(${PATH})?|id:.*|(${NS})`);
const writePath = pattern(`(${PATH})|(${NS})`);
const writePathOrId = pattern(`(${PATH})|(${NS})|(id:.*)`);
const rev = z
  .string()
  .min(9)
  .regex(/^[0-9a-f]+$/);
const time = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
const hash = z.string().length(64).nullish();
const flag = z.boolean().default(false);
const uint = z.int().nonnegative();
const cursorText = z.string().min(1);

const templates = z
  .strictObject({ ".tag": z.literal("filter_some"), filter_some: z.array(z.string()).min(1) })
  .nullish();

export const listFolder = z.strictObject({
  path: pathRootOrId,
  recursive: flag,
  include_media_info: flag,
  include_deleted: flag,
  include_has_explicit_shared_members: flag,
  include_mounted_folders: z.boolean().default(true),
  limit: z.int().min(1).max(2000).nullish(),
  shared_link: z.strictObject({ url: z.string(), password: z.string().nullish() }).nullish(),
  include_property_groups: templates,
  include_non_downloadable_files: z.boolean().default(true),
  include_restorable_info: flag,
});
export const listFolderContinue = z.strictObject({ cursor: cursorText });
export const longpoll = z.strictObject({
  cursor: cursorText,
  timeout: z.int().min(30).max(480).default(30),
});

export const getMetadata = z.strictObject({
  path: readPath,
  include_media_info: flag,
  include_deleted: flag,
  include_has_explicit_shared_members: flag,
  include_property_groups: templates,
});
export const download = z.strictObject({ path: readPath, rev: rev.nullish() });
export const temporaryLink = z.strictObject({ path: readPath });
export const listRevisions = z.strictObject({
  path: pathOrId,
  mode: union("path", "id").default({ ".tag": "path" }),
  limit: z.int().min(1).max(100).default(10),
  before_rev: rev.nullish(),
  include_restorable_info: flag,
});

const writeMode = z.preprocess(
  (value) => (typeof value === "string" ? { ".tag": value } : value),
  z.discriminatedUnion(".tag", [
    z.strictObject({ ".tag": z.literal("add") }),
    z.strictObject({ ".tag": z.literal("overwrite") }),
    z.strictObject({ ".tag": z.literal("update"), update: rev }),
  ]),
);
const propertyGroups = z.array(
  z.strictObject({
    template_id: z.string(),
    fields: z.array(z.strictObject({ name: z.string(), value: z.string() })),
  }),
);
const commit = {
  path: writePathOrId,
  mode: writeMode.default({ ".tag": "add" }),
  autorename: flag,
  client_modified: time.nullish(),
  mute: flag,
  property_groups: propertyGroups.nullish(),
  strict_conflict: flag,
};
const commitInfo = z.strictObject(commit);
export type Commit = z.output<typeof commitInfo>;
export const upload = z.strictObject({ ...commit, content_hash: hash });

const sessionType = union("sequential", "concurrent").nullish();
const sessionCursor = z.strictObject({ session_id: z.string(), offset: uint });
export type SessionCursor = z.output<typeof sessionCursor>;
export const sessionStart = z.strictObject({
  close: flag,
  session_type: sessionType,
  content_hash: hash,
});
export const sessionAppend = z.strictObject({
  cursor: sessionCursor,
  close: flag,
  content_hash: hash,
});
export const sessionFinish = z.strictObject({
  cursor: sessionCursor,
  commit: commitInfo,
  content_hash: hash,
});
export const sessionStartBatch = z.strictObject({
  session_type: sessionType,
  num_sessions: z.int().min(1).max(1000),
});
export const sessionAppendBatch = z.strictObject({
  entries: z.array(z.strictObject({ cursor: sessionCursor, length: uint, close: flag })).max(1000),
  content_hash: hash,
});
export const sessionFinishBatch = z.strictObject({ entries: z.array(sessionFinish).max(1000) });

export const createFolder = z.strictObject({ path: writePath, autorename: flag });
export const move = z.strictObject({
  from_path: writePathOrId,
  to_path: writePathOrId,
  allow_shared_folder: flag,
  autorename: flag,
  allow_ownership_transfer: flag,
});
export const remove = z.strictObject({ path: writePathOrId, parent_rev: rev.nullish() });
export const removeBatch = z.strictObject({ entries: z.array(remove).max(1000) });
export const poll = z.strictObject({ async_job_id: z.string().min(1) });

const categories = [
  "image",
  "document",
  "pdf",
  "spreadsheet",
  "presentation",
  "audio",
  "video",
  "folder",
  "paper",
  "others",
] as const;
export const search = z.strictObject({
  query: z.string().max(1000),
  options: z
    .strictObject({
      path: pathRootOrId.nullish(),
      max_results: z.int().min(1).max(1000).default(100),
      order_by: union("relevance", "last_modified_time").nullish(),
      file_status: union("active", "deleted").default({ ".tag": "active" }),
      filename_only: flag,
      file_extensions: z.array(z.string()).nullish(),
      file_categories: z.array(union(...categories)).nullish(),
      account_id: z.string().length(40).nullish(),
    })
    .nullish(),
  match_field_options: z.strictObject({ include_highlights: flag }).nullish(),
  include_highlights: z.boolean().nullish(),
});
export type Search = z.output<typeof search>;
export const searchContinue = z.strictObject({ cursor: cursorText });
