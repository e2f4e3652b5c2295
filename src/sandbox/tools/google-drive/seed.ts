import type { Collection } from "../../collection.ts";
import { document, type Document } from "../documents/document.ts";
import type { Account } from "./access.ts";
import { DOCUMENT, SHEET } from "./editors.ts";
import { type DriveFile, FOLDER, type NewFile, SHORTCUT } from "./files.ts";
import { SHARED_DRIVE, USER_ROOT } from "./principals.ts";
import { contentOf } from "./content.ts";

/** With fewer files than this there is nothing odd about any of them. */
const ENOUGH_FOR_FLAWS = 20;
/** The shared drive holds documents from here on, so that both hold different ones. */
const SHARED_FROM = 100_000;
const SHARED_SHARE = 8;
const ODD_TIME = Date.parse("2026-06-15T10:30:00.000Z");

/** What is awkward about files of Drive for whoever keeps them somewhere else too. */
const oddities: readonly (Partial<NewFile> & { name: string; text?: string; why: string })[] = [
  { name: "Notes.txt", text: "first", why: "two files of one name in one folder" },
  { name: "Notes.txt", text: "second", why: "the other one" },
  { name: "Contract.pdf", text: "%PDF-1.4\n", why: "differs from the next by a capital alone" },
  { name: "contract.pdf", text: "%PDF-1.4\n%", why: "the other one" },
  { name: "Q1/Q2 summary.txt", text: "up", why: "a slash in the name" },
  { name: "Budget: final?.csv", text: "a,b\n1,2\n", why: "signs that Windows does not have" },
  { name: "Re\u0301sume\u0301 🌸 .txt", text: "Zoë", why: "marks apart, an emoji, a last space" },
  { name: "empty.txt", text: "", why: "no bytes" },
  { name: `${"long ".repeat(52)}name.txt`, text: "long", why: "more than 255 characters" },
  { name: "Old price list.csv", text: "price\n1\n", trashed: true, why: "in the trash" },
  { name: "Minutes", mimeType: DOCUMENT, text: "Minutes\n\nWe met.", why: "no bytes and no hash" },
  { name: "Forecast", mimeType: SHEET, text: "month,total\nMay,10\n", why: "the same, a sheet" },
];

/** The files of the first start, always the same for the same number, and a shared drive beside. */
export function seedFiles(account: Account, count: number, flaws: boolean): void {
  const odd = flaws && count >= ENOUGH_FOR_FLAWS ? oddities.length : 0;
  for (let n = 0; n < count - odd; n += 1) addDocument(account, USER_ROOT, document(n));
  for (let n = 0; n < Math.max(3, count / SHARED_SHARE); n += 1)
    addDocument(account, SHARED_DRIVE, document(SHARED_FROM + n));
  if (odd > 0) addOddities(account);
}

/** Further made-up documents, none of which has been here before. */
export function addDocuments(account: Account, madeUp: Collection<number>, count: number): void {
  const from = madeUp.get("count") ?? 0;
  for (let n = from; n < from + count; n += 1) addDocument(account, USER_ROOT, document(n));
  madeUp.set("count", from + count);
}

function addDocument(account: Account, root: string, one: Document): void {
  let parent = account.files.get(root) as DriveFile;
  for (const name of one.folder) {
    const there = account.files.children(parent.id).find((child) => child.name === name);
    parent = there ?? account.files.add(inside(parent, name, FOLDER, one.modified));
  }
  account.files.add({
    ...inside(parent, one.name, one.mimeType, one.modified),
    content: contentOf(account, one.content),
    revision: `0Bseed${String(one.modified)}`,
  });
}

function addOddities(account: Account): void {
  const root = account.files.get(USER_ROOT) as DriveFile;
  const folder = account.files.add(inside(root, "Odds and ends", FOLDER, ODD_TIME));
  for (const { name, text = "", mimeType = "text/plain", trashed = false } of oddities) {
    account.files.add({
      ...inside(folder, name, mimeType, ODD_TIME),
      trashed,
      content: contentOf(account, Buffer.from(text)),
      revision: "0BseedOdd",
    });
  }
  const [target] = account.files.children(folder.id);
  if (target === undefined) return;
  account.files.add({
    ...inside(root, "Shortcut to notes", SHORTCUT, ODD_TIME),
    target: { id: target.id, mimeType: target.mimeType },
  });
}

const inside = (parent: DriveFile, name: string, mimeType: string, at: number): NewFile => ({
  corpus: parent.corpus,
  parent: parent.id,
  name,
  mimeType,
  created: at,
  modified: at,
});
