import { StoreBroken } from "#domain/errors.ts";

/** A write must have had an effect on as many rows as were sent. @throws StoreBroken */
export function written(rows: number, sent: number, what: string): void {
  if (rows !== sent)
    throw new StoreBroken(`${what}: ${rows} rows were written where ${sent} were sent`);
}

/** The row of a write that must have had an effect on exactly one. @throws StoreBroken */
export function only<T>(rows: readonly T[], what: string): T {
  written(rows.length, 1, what);
  const [row] = rows;
  if (row === undefined) throw new StoreBroken(`${what}: an empty row`);
  return row;
}
