import { randomBytes } from "node:crypto";
import { type Account, findFolder, findFile, mustBeWritable } from "./access.ts";
import type { Wanted } from "./body.ts";
import type { Call } from "./call.ts";
import { contentOf, usedBytes } from "./content.ts";
import { imported, isEditors, isImported } from "./editors.ts";
import { badRequest, conflict, invalidValue, storageFull } from "./errors.ts";
import { type DriveFile, FOLDER, isGenerated, type NewFile, SHORTCUT } from "./files.ts";
import { typeByName, UNTYPED } from "./mime-types.ts";
import { manyParents, moved } from "./moving.ts";
import { rootOf, SHARED_DRIVE } from "./principals.ts";

/** Bytes that came with a request, and what they were said to be. */
export type Upload = { bytes: Buffer; type: string };

const NOTHING: Upload = { bytes: Buffer.alloc(0), type: UNTYPED };

/** Makes a file or a folder; without an upload, an empty one. */
export function createFile(
  account: Account,
  call: Call,
  wanted: Wanted,
  upload: Upload | null,
): DriveFile {
  const parent = parentFor(account, call, wanted);
  const name = wanted.name === undefined || wanted.name === "" ? "Untitled" : wanted.name;
  const mimeType = typeFor(wanted, upload, name);
  mustFitId(account, wanted.id, mimeType);
  const given: NewFile = {
    corpus: parent.corpus,
    name,
    mimeType,
    parent: parent.id,
    app: call.who.app,
    target: targetOf(account, call, wanted, mimeType),
    ...(wanted.id === undefined ? {} : { id: wanted.id }),
    ...valuesOf(call, wanted, null),
  };
  if (mimeType === FOLDER || mimeType === SHORTCUT) return account.files.add(given);
  if (parent.corpus === "service") throw storageFull(NO_STORAGE);
  return account.files.add({ ...given, ...stored(account, upload ?? NOTHING, given, 0) });
}

const NO_STORAGE =
  "Service Accounts do not have storage quota. Leverage shared drives (https://developers.google.com/workspace/drive/api/guides/about-shareddrives), or use OAuth delegation (http://support.google.com/a/answer/7281227) instead.";

function parentFor(account: Account, call: Call, { parents = [] }: Wanted): DriveFile {
  if (parents.length > 1) throw manyParents();
  return findFolder(account, call, parents[0] ?? rootOf(call.who.own));
}

/** Changes what is said and leaves the rest. */
export function updateFile(
  account: Account,
  call: Call,
  file: DriveFile,
  wanted: Wanted,
  upload: Upload | null,
): DriveFile {
  mustBeWritable(file, call.who);
  const values: Partial<DriveFile> = {
    ...valuesOf(call, wanted, file),
    ...moved(account, call, file),
  };
  if (upload !== null) {
    if (file.mimeType === FOLDER || file.mimeType === SHORTCUT)
      throw badRequest("A file of this type has no content.");
    const mimeType = typeFor(wanted, upload, wanted.name ?? file.name, file.mimeType);
    const before = file.content?.size ?? 0;
    Object.assign(values, { mimeType }, stored(account, upload, { ...file, mimeType }, before));
  } else if (wanted.mimeType !== undefined && wanted.mimeType !== file.mimeType) {
    throw invalidValue("mimeType");
  }
  if (Object.keys(values).length === 0) return file;
  const edited = upload !== null || EDITS.some((key) => values[key] !== undefined);
  return account.files.change(file, { ...(edited ? { modified: Date.now() } : {}), ...values });
}

/** Moving, starring and trashing leave the time of modification as it is (unverified). */
const EDITS = ["name", "description", "properties", "appProperties", "color"] as const;

const PLAIN = ["created", "modified", "viewed", "description", "starred", "trashed", "color", "originalFilename"] as const; // prettier-ignore

function valuesOf(call: Call, wanted: Wanted, before: DriveFile | null): Partial<DriveFile> {
  const said = PLAIN.flatMap((key) => (wanted[key] === undefined ? [] : [[key, wanted[key]]]));
  const own = before?.appProperties[call.who.app] ?? {};
  return {
    ...(Object.fromEntries(said) as Partial<DriveFile>),
    ...(before === null || wanted.name === undefined ? {} : { name: wanted.name }),
    ...(wanted.properties === undefined
      ? {}
      : { properties: merged(before?.properties ?? {}, wanted.properties) }),
    ...(wanted.appProperties === undefined
      ? {}
      : {
          appProperties: {
            ...before?.appProperties,
            [call.who.app]: merged(own, wanted.appProperties),
          },
        }),
  };
}

/** A property set to null is gone. */
function merged(
  before: Record<string, string>,
  wanted: Record<string, string | null>,
): Record<string, string> {
  const all = Object.entries({ ...before, ...wanted });
  return Object.fromEntries(
    all.flatMap(([key, value]): [string, string][] => (value === null ? [] : [[key, value]])),
  );
}

const GOOGLE = "application/vnd.google-apps.";

/** What the file becomes: as asked, else as the bytes are said to be, else as it is, else by name. */
function typeFor(wanted: Wanted, upload: Upload | null, name: string, before?: string): string {
  const said = upload === null || upload.type === UNTYPED ? undefined : upload.type;
  const kept = before !== undefined && isEditors(before) ? before : undefined;
  const wish = wanted.mimeType ?? kept;
  if (wish === undefined) return said ?? before ?? typeByName(name);
  if (wish.startsWith(GOOGLE) && upload !== null) mustConvert(said ?? typeByName(name), wish);
  return wish;
}

function mustConvert(from: string, to: string): void {
  if (from !== to && !isImported(from, to))
    throw badRequest("The requested conversion is not supported.", "convert");
}

function mustFitId({ files }: Account, id: string | undefined, mimeType: string): void {
  if (id === undefined) return;
  if (files.get(id) !== undefined)
    throw conflict("fileIdInUse", "A file already exists with the provided ID.", "file.id");
  if (!isGenerated(id)) throw invalidValue("file.id", "The provided file ID is not usable.");
  if (isEditors(mimeType))
    throw invalidValue("file.id", "Generated IDs are not supported for Docs Editors formats.");
}

function targetOf(
  account: Account,
  call: Call,
  wanted: Wanted,
  mimeType: string,
): DriveFile["target"] {
  if (mimeType !== SHORTCUT) return null;
  if (wanted.target === undefined)
    throw badRequest("A shortcut needs a target.", "shortcutDetails.targetId");
  const target = findFile(account, call.who, wanted.target);
  return { id: target.id, mimeType: target.mimeType };
}

/** Keeps the bytes as the new head revision, if they fit in. */
function stored(
  account: Account,
  upload: Upload,
  { mimeType, corpus }: Pick<DriveFile, "mimeType" | "corpus">,
  before: number,
): Pick<DriveFile, "content" | "revision"> {
  const bytes = isEditors(mimeType) ? imported(upload.bytes, upload.type) : upload.bytes;
  const counts = corpus !== SHARED_DRIVE && !isEditors(mimeType);
  if (counts && usedBytes(account) - before + bytes.length > account.storage.limit)
    throw storageFull();
  return {
    content: contentOf(account, bytes),
    revision: `0B${randomBytes(30).toString("base64url")}`,
  };
}
