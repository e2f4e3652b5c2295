import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { lintManifest } from "#connectors/manifest/lint.ts";
import { folder } from "../world.ts";

const drive = readFileSync(`${folder}/google-drive.yaml`, "utf8");

/** What is said of the manifest of Drive's after a change. */
function after(from: string, to: string): string[] {
  const changed = drive.replace(from, to);
  expect(changed).not.toBe(drive);
  return lintManifest(changed, "x.yaml").map(({ message }) => message);
}

test.each<[string, string, string, string]>([
  ["files without a hash", "      content: md5Checksum | content(md5)\n", "", "An object with content needs the field content"],
  ["files sent in batches", "      batch: 1", "      batch: 10", "Files are sent one by one: batch: 1"],
  ["a tree whose folders cannot be seen", "      ids: 1\n", "      ids: 5\n", "A tree needs read with ids: 1, to see a folder by itself"],
  ["a top by a setting that is not there", "within: shared_drive", "within: team_drive", "There is no setting team_drive"],
  ["an unknown way of sending", "kind: google\n", "kind: goggle\n", "google"],
  ["a word that is not known while downloading", "get: /drive/v3/files/{id}\n        query: { alt: media", "get: /drive/v3/files/{name}\n        query: { alt: media", "The placeholder"],
])("the linter sees %s", (_what, from, to, said) => {
  expect(after(from, to).join("\n")).toContain(said);
}); // prettier-ignore
