import { docx, xlsx } from "../documents/office.ts";
import { pdf } from "../documents/pdf.ts";
import { html } from "../markup.ts";

export const DOCUMENT = "application/vnd.google-apps.document";
export const SHEET = "application/vnd.google-apps.spreadsheet";
const WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

type Writer = (text: string) => Buffer;

/** What an editor's document may be taken out as. Only what is really written here is offered. */
const writers: Readonly<Record<string, Readonly<Record<string, Writer>>>> = {
  [DOCUMENT]: {
    // Google's plain text begins with a byte order mark.
    "text/plain": (text) => Buffer.from(`\uFEFF${text.replaceAll("\n", "\r\n")}`),
    "text/markdown": (text) => Buffer.from(text),
    "text/html": (text) =>
      Buffer.from(
        html`<html>
          <head>
            <meta charset="utf-8" />
          </head>
          <body>
            ${text.split("\n").map((line) => html`<p>${line}</p>`)}
          </body>
        </html>`.markup,
      ),
    "application/pdf": (text) => pdf(text.split("\n")),
    [WORD]: docx,
  },
  [SHEET]: {
    "text/csv": (text) => Buffer.from(text.trimEnd().replaceAll("\n", "\r\n")),
    "text/tab-separated-values": (text) =>
      Buffer.from(
        rowsOf(text)
          .map((row) => row.join("\t"))
          .join("\r\n"),
      ),
    "application/pdf": (text) => pdf(rowsOf(text).map((row) => row.join("   "))),
    [EXCEL]: (text) => xlsx(rowsOf(text)),
  },
};

/** What may be uploaded to become an editor's document. */
const imports: Readonly<Record<string, readonly string[]>> = {
  "text/plain": [DOCUMENT],
  "text/markdown": [DOCUMENT],
  "text/html": [DOCUMENT],
  "text/csv": [SHEET],
  "text/tab-separated-values": [SHEET],
};

/** Made in one of Google's own editors: no bytes, no hashes, only exports. */
export const isEditors = (mimeType: string): boolean => mimeType in writers;

/** Undefined where this kind of document has no such form. */
export const exported = (mimeType: string, as: string, text: string): Buffer | undefined =>
  writers[mimeType]?.[as]?.(text);

export const exportTypes = (mimeType: string): string[] => Object.keys(writers[mimeType] ?? {});

export const isImported = (from: string, to: string): boolean =>
  imports[from]?.includes(to) === true;

/** What an editor keeps of a file that becomes its document. */
export const imported = (bytes: Buffer, type: string): Buffer =>
  type === "text/html" ? Buffer.from(bytes.toString("utf8").replace(/<[^>]*>/g, "")) : bytes;

export const exportFormats: Record<string, string[]> = Object.fromEntries(
  Object.keys(writers).map((type) => [type, exportTypes(type)]),
);

export const importFormats: Record<string, readonly string[]> = { ...imports };

/** The cells of comma-separated text, quoted ones too. */
function rowsOf(text: string): string[][] {
  const lines = text.split(/\r?\n/).filter((line) => line !== "");
  return lines.map((line) =>
    [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
      ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "",
    ),
  );
}
