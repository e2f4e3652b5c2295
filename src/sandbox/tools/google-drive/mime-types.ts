/** What Drive calls bytes of which it knows nothing. */
export const UNTYPED = "application/octet-stream";

const types: Readonly<Record<string, string>> = {
  csv: "text/csv",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  html: "text/html",
  jpeg: "image/jpeg",
  jpg: "image/jpeg",
  json: "application/json",
  md: "text/markdown",
  pdf: "application/pdf",
  png: "image/png",
  svg: "image/svg+xml",
  tsv: "text/tab-separated-values",
  txt: "text/plain",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  zip: "application/zip",
};

/** The type that a name's ending stands for. */
export const typeByName = (name: string): string =>
  types[name.toLowerCase().split(".").at(-1) ?? ""] ?? UNTYPED;
