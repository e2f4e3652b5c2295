export type Part = { headers: Record<string, string>; body: Buffer };

/** The boundary that a content type names; undefined where it is not of this kind of multipart. */
export function boundaryOf(type: string, kind: "related" | "mixed"): string | undefined {
  if (!type.toLowerCase().startsWith(`multipart/${kind}`)) return undefined;
  const [, quoted, plain] = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(type) ?? [];
  return quoted ?? plain;
}

/** The parts between the boundaries, as bytes; null where they do not begin or end as they should. */
export function partsOf(whole: Buffer, boundary: string): Part[] | null {
  const delimiter = Buffer.from(`--${boundary}`);
  const parts: Part[] = [];
  let at = whole.indexOf(delimiter);
  while (at >= 0) {
    const after = at + delimiter.length;
    if (whole.subarray(after, after + 2).toString("latin1") === "--") return parts;
    const next = whole.indexOf(`\r\n--${boundary}`, after);
    const lines = whole.indexOf("\n", after);
    if (next < 0 || lines < 0) return null;
    const part = partIn(whole.subarray(lines + 1, next));
    if (part === null) return null;
    parts.push(part);
    at = next + 2;
  }
  return null;
}

/** Header lines, an empty line, and what they describe. */
export function partIn(bytes: Buffer): Part | null {
  const empty = /^(?:\r?\n)|\r?\n\r?\n/.exec(bytes.toString("latin1"));
  if (empty === null) return null;
  const headers = bytes.toString("latin1", 0, empty.index).split(/\r?\n/);
  return {
    headers: Object.fromEntries(
      headers.flatMap((line) => {
        const colon = line.indexOf(":");
        return colon < 0
          ? []
          : [[line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]];
      }),
    ) as Record<string, string>,
    body: bytes.subarray(empty.index + empty[0].length),
  };
}
