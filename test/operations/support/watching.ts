import type { MadeHook, Watching } from "#domain/ports/watches.ts";

/** A tool that takes a webhook for its customers, and says what a test wants it to. */
export type MemoryWatching = Watching & {
  /** What was asked of it: "make customers", "end 1". */
  asked: string[];
  /** Where it would send its messages now, by its own ids. */
  there: Map<string, string>;
  /** How long its webhooks last. */
  lasts: Temporal.Duration | null;
  prolongs: boolean;
  /** Thrown by whatever it is asked to make or end. */
  refuses: Error | null;
  now: () => Temporal.Instant;
};

export function memoryWatching(): MemoryWatching {
  let last = 0;
  const may = (self: MemoryWatching) => {
    if (self.refuses !== null) throw self.refuses;
  };
  const made = (self: MemoryWatching, id: string): MadeHook => ({
    id,
    kept: { resource: `r${id}` },
    expires: self.lasts === null ? null : self.now().add(self.lasts),
  });
  return {
    asked: [],
    there: new Map(),
    lasts: null,
    prolongs: true,
    refuses: null,
    now: () => Temporal.Now.instant(),
    async wanted(_connection, objects) {
      return objects.filter((object) => object === "customers").map((object) => `${object}//`);
    },
    async make(_connection, name, { url }) {
      this.asked.push(`make ${name}`);
      may(this);
      const id = String((last += 1));
      this.there.set(id, url);
      return made(this, id);
    },
    async prolong(_connection, _name, { id }) {
      this.asked.push(`prolong ${id}`);
      return this.prolongs && this.there.has(id) ? made(this, id) : null;
    },
    async end(_connection, _name, { id }) {
      this.asked.push(`end ${id}`);
      may(this);
      this.there.delete(id);
    },
  };
}
