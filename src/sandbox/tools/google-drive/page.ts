import type { Records } from "../records-page.ts";
import type { Account } from "./access.ts";
import { type DriveFile, FOLDER } from "./files.ts";
import { SERVICE_ROOT } from "./principals.ts";

/** How a person sees what is in the simulated Drive: its files, and its folders. */
export const driveRecords = (account: Account): [Records, Records] => [
  records(account, "files", ({ mimeType }) => mimeType !== FOLDER),
  records(account, "folders", ({ mimeType }) => mimeType === FOLDER),
];

const records = (
  account: Account,
  noun: string,
  belongs: (file: DriveFile) => boolean,
): Records => ({
  tool: "Google Drive",
  object: noun,
  noun,
  columns: ["Name", "Folder", "Type", "Bytes", "MD5", "Changed"],
  rows: () =>
    [...account.files.all()]
      .filter((file) => belongs(file) && file.id !== SERVICE_ROOT)
      .sort((a, b) => b.modified - a.modified)
      .map((file) => ({
        id: file.id,
        faded: account.files.isTrashed(file),
        cells: [
          file.name,
          pathOf(account, file),
          file.mimeType,
          file.content === null ? "" : String(file.content.size),
          file.content?.md5 ?? "",
          new Date(file.modified).toISOString().slice(0, 16).replace("T", " "),
        ],
      })),
  fields(id) {
    const file = account.files.get(id);
    if (file === undefined) return undefined;
    return [
      { name: "name", label: "Name", value: file.name },
      { name: "description", label: "Description", value: file.description ?? "" },
    ];
  },
  save(id, { name, description }) {
    const file = account.files.get(id);
    if (file === undefined) return;
    account.files.change(file, {
      name: name ?? file.name,
      description: description === "" ? null : (description ?? file.description),
      modified: Date.now(),
    });
  },
  reason: ({ message }) => message,
});

/** The folders above a file, from the top, as people write them. */
function pathOf(account: Account, { parent }: DriveFile): string {
  const above = account.files.get(parent ?? "");
  if (above === undefined) return "";
  const higher = pathOf(account, above);
  return higher === "" ? above.name : `${higher} / ${above.name}`;
}
