import { StoreBroken } from "#domain/errors.ts";

/** The rows of a write that must have had an effect on exactly so many. @throws StoreBroken */
export function written<T>(rows: readonly T[], count: number, what: string): readonly T[] {
  if (rows.length !== count) {
    throw new StoreBroken(`${what}: ${rows.length} rows were written where ${count} were sent`);
  }
  return rows;
}

/** As above, for one row. */
export function only<T>(rows: readonly T[], what: string): T {
  const [row] = written(rows, 1, what);
  if (row === undefined) throw new StoreBroken(`${what}: an empty row`);
  return row;
}
