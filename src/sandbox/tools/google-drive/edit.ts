import type { Account } from "./access.ts";
import { type DriveFile, FOLDER, type NewFile } from "./files.ts";
import { typeByName } from "./mime-types.ts";
import { USER_ROOT } from "./principals.ts";
import { fileResource } from "./resource.ts";
import { contentOf } from "./content.ts";

const KEYS = ["name", "content", "mimeType", "description", "trashed", "deleted", "parent", "starred"]; // prettier-ignore

/**
 * What a person does to a file by hand: `name`, `content` (a text), `description`, `mimeType`,
 * `starred`, `trashed`, `deleted`, `parent` (a folder's id or name). No id makes a file or folder.
 */
export function editFile(
  account: Account,
  id: string | null,
  set: Record<string, unknown>,
  object: string | null,
): unknown {
  const unknown = Object.keys(set).find((key) => !KEYS.includes(key));
  if (unknown !== undefined)
    throw new Error(`A file has no "${unknown}"; it may have ${KEYS.join(", ")}.`);
  const before = id === null ? null : found(account, id);
  if (before !== null && set["deleted"] === true) {
    account.files.remove(before);
    return { deleted: before.id };
  }
  const values = valuesOf(account, set);
  const after =
    before === null
      ? account.files.add(newFile(account, set, values, object))
      : account.files.change(before, { ...values, ...stored(account, set) });
  return fileResource(after, onlooker, account.files);
}

/** The files' owner, through no app. */
const onlooker = {
  person: {
    displayName: "Olivia Berg",
    emailAddress: "olivia@harbour-and-sons.example",
    permissionId: "1",
  },
  own: "user",
  app: "",
  scopes: ["drive"],
} as const;

function found(account: Account, id: string): DriveFile {
  const all = [...account.files.all()];
  const file = account.files.get(id) ?? all.find(({ name }) => name === id);
  if (file === undefined) throw new Error(`There is no file ${id}.`);
  return file;
}

function valuesOf(account: Account, set: Record<string, unknown>): Partial<DriveFile> {
  const { name, mimeType, description, trashed, starred, parent } = set;
  const folder = parent === undefined ? null : found(account, String(parent));
  return {
    ...(name === undefined ? {} : { name: String(name), modified: Date.now() }),
    ...(mimeType === undefined ? {} : { mimeType: String(mimeType) }),
    ...(description === undefined ? {} : { description: String(description) }),
    ...(trashed === undefined ? {} : { trashed: trashed === true }),
    ...(starred === undefined ? {} : { starred: starred === true }),
    ...(folder === null ? {} : { parent: folder.id, corpus: folder.corpus }),
  };
}

function newFile(
  account: Account,
  set: Record<string, unknown>,
  values: Partial<DriveFile>,
  object: string | null,
): NewFile {
  const name = values.name ?? "Untitled";
  const mimeType = object === "folders" ? FOLDER : (values.mimeType ?? typeByName(name));
  const place = { corpus: "user", parent: USER_ROOT };
  const content = mimeType === FOLDER ? {} : stored(account, { content: "", ...set });
  return { ...place, ...values, name, mimeType, ...content };
}

function stored(account: Account, { content }: Record<string, unknown>): Partial<DriveFile> {
  if (content === undefined) return {};
  return {
    content: contentOf(account, Buffer.from(String(content))),
    revision: `0Bhand${String(Date.now())}`,
    modified: Date.now(),
  };
}
