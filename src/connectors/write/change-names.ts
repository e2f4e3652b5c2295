import type { Write } from "#domain/record.ts";

/** What a write is called in the name of an event: customer.created. */
export const changeNames = { create: "created", update: "changed", archive: "gone" } as const;

/** All that may become of a record, and the write that looks like it: that a deal is won is a change of it. */
export const changes: readonly (readonly [name: string, kind: Write["kind"]])[] = [
  [changeNames.create, "create"],
  [changeNames.update, "update"],
  [changeNames.archive, "archive"],
  ["won", "update"],
];
