import type { Collection } from "../../collection.ts";
import { document } from "../documents/document.ts";
import type { NewRevision, Tree } from "./tree.ts";

/** With fewer files than this there is nothing odd about any of them. */
const ENOUGH_FOR_FLAWS = 20;
/** The account shares some documents with the simulated Drive, and has some of its own. */
const FROM = 30;
const ODD_TIME = Date.parse("2026-06-15T10:30:00Z");

type Oddity = { path: string; text: string; why: string } & Partial<NewRevision>;

/** What is awkward about files of Dropbox for whoever keeps them somewhere else too. */
const oddities: readonly Oddity[] = [
  { path: "/Odds and ends/empty.txt", text: "", why: "no bytes" },
  { path: "/Odds and ends/Re\u0301sume\u0301 🌸.txt", text: "Zoë", why: "marks apart, an emoji" },
  { path: "/Odds and ends/Budget: final?.csv", text: "a,b\n1,2\n", why: "signs Windows has not" },
  { path: "/odds AND ends/Lower.txt", text: "x", why: "its folder is written otherwise" },
  {
    path: "/Odds and ends/Team plan.paper",
    text: "Plan",
    exportAs: "markdown",
    why: "not downloadable",
  },
  {
    path: "/Odds and ends/From the future.txt",
    text: "soon",
    client: Date.parse("2031-01-01T00:00:00Z"),
    why: "the client told a wrong time",
  },
  { path: `/Odds and ends/${"long ".repeat(48)}name.txt`, text: "long", why: "249 characters" },
  { path: "/Odds and ends/Old price list.csv", text: "price\n1\n", why: "deleted again" },
];

/** The files of the first start, always the same for the same number. */
export function seedFiles(tree: Tree, count: number, flaws: boolean): void {
  // One of them is deleted at once, so it does not count.
  const odd = flaws && count >= ENOUGH_FOR_FLAWS ? oddities.length - 1 : 0;
  for (let n = 0; n < count - odd; n += 1) addDocument(tree, n);
  if (odd === 0) return;
  for (const { path, text, exportAs, client = ODD_TIME } of oddities) {
    const bytes = Buffer.from(text);
    const more = exportAs === undefined ? {} : { exportAs };
    const entry = tree.put(path, { bytes, client, server: ODD_TIME, ...more });
    if (path.endsWith("Old price list.csv")) tree.remove(entry);
  }
}

/** Further made-up documents, none of which has been here before. */
export function addDocuments(tree: Tree, madeUp: Collection<number>, count: number): void {
  const from = madeUp.get("count") ?? 0;
  for (let n = from; n < from + count; n += 1) addDocument(tree, n);
  madeUp.set("count", from + count);
}

function addDocument(tree: Tree, n: number): void {
  const { folder, name, content, modified } = document(FROM + n);
  const path = `/${[...folder, name].join("/")}`;
  tree.put(path, { bytes: content, client: modified, server: modified });
}
