import type { Watch, Watches } from "#domain/ports/watches.ts";

/** Webhooks we asked for, in memory. */
export function memoryWatches(): Watches & { rows: Watch[] } {
  const rows: Watch[] = [];
  const at = (connection: string, name: string) =>
    rows.findIndex((row) => row.connection === connection && row.name === name);
  return {
    rows,
    of: (connection) => Promise.resolve(rows.filter((row) => row.connection === connection)),
    async put(watch) {
      const found = at(watch.connection, watch.name);
      if (found >= 0) rows[found] = watch;
      else rows.push(watch);
    },
    async remove(connection, name) {
      const found = at(connection, name);
      if (found >= 0) rows.splice(found, 1);
    },
  };
}
