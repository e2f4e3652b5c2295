import { undertaking } from "../work.ts";
import { columnOf } from "./boards.ts";
import type { NewItem } from "./items.ts";
import { labels } from "./made-up-business.ts";
import type { Column } from "./model.ts";

const KINDS = labels("File", "Folder");
const PAPERS = [
  ["Offer.pdf", "application/pdf"],
  ["Floor plan.png", "image/png"],
  ["Notes.txt", "text/plain"],
] as const;

/** What the board of files has: a list of what lies elsewhere, with nothing of what is in it. */
export const fileColumns = (): Column[] => [
  columnOf("name", "Name", "name"),
  columnOf("path", "Path", "text"),
  { ...columnOf("kind", "Kind", "status"), labels: structuredClone(KINDS) },
  columnOf("media_type", "Type", "text"),
  columnOf("size", "Size", "numbers"),
  columnOf("modified", "Changed", "text"),
];

/** The n-th made-up file: a folder for each undertaking, and three papers in it. */
export function fileOf(n: number): NewItem {
  const { name, start } = undertaking(Math.floor(n / (PAPERS.length + 1)));
  const folder = name.replaceAll("/", "\u2215");
  const paper = PAPERS[(n % (PAPERS.length + 1)) - 1];
  const modified = `${start}T08:15:00Z`;
  const values =
    paper === undefined
      ? { path: `/${folder}`, kind: { label: "Folder" }, modified }
      : {
          path: `/${folder}/${paper[0]}`,
          kind: { label: "File" },
          media_type: paper[1],
          size: String(2_048 + n * 1_531),
          modified,
        };
  return { name: paper?.[0] ?? folder, group: null, values, addLabels: false };
}
