import type { Preview } from "./contract.ts";

/** Previews that were made lately. They hold records, so they are in no database. */
export type Previews = {
  keep(preview: Preview): void;
  get(id: string): Preview | undefined;
};

const kept = 20;

export function makePreviews(): Previews {
  const all = new Map<string, Preview>();
  return {
    keep(preview) {
      all.set(preview.id, preview);
      for (const id of all.keys()) {
        if (all.size <= kept) break;
        all.delete(id);
      }
    },
    get: (id) => all.get(id),
  };
}
