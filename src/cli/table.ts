/** Rows with their columns under each other; the last column is as long as it is. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows)
    row.slice(0, -1).forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, clean(cell).length);
    });
  return rows.map((row) =>
    row
      .map((cell, column) =>
        clean(cell).padEnd(column < row.length - 1 ? (widths[column] ?? 0) : 0),
      )
      .join("  ")
      .trimEnd(),
  );
}

/** One line, without what would steer a terminal. */
export const clean = (text: string): string => text.replace(/[\p{Cc}\p{Cf}]+/gu, " ");

/** 18220 as "18,220". */
export const amount = (count: number): string => count.toLocaleString("en-US");

/** "4 s", "1 min 12 s", "2 h 5 min". */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
