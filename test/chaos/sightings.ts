/** What a worker tells its watcher, by a line of JSON each. Times are its own, in ms since 1970. */
export type Sighting = { at: number } & (
  | { what: "took" | "left" | "over"; run: string }
  | { what: "claimed"; run: string; flow: string }
  /** Something was sent or stored. */
  | { what: "worked" }
  /** The trap it was given has closed. */
  | { what: "caught"; point: string }
);

export type Seen = Sighting extends infer One ? (One extends { at: number } ? Omit<One, "at"> : never) : never; // prettier-ignore

/** The pipe on which they come. */
export const sightingsAt = 3;

/** What a worker is given in its environment. */
export const variables = {
  /** The point at which it dies. */
  trap: "CHAOS_TRAP",
  /** At which time of passing it. */
  passes: "CHAOS_PASSES",
  /** A file: while it is not there, the trap does not close. */
  gate: "CHAOS_GATE",
  /** A file in which is kept where modules were found: looking for them is a third of a start. */
  places: "CHAOS_PLACES",
} as const;
