import type { Sighting } from "./sightings.ts";

/** How long after a worker's end others did the work, in ms. */
export type Waits = {
  /** Until anything was sent or stored, or a run taken up, by another. */
  work: number[];
  /** Until another claimed a run that it had in hand, or another run of that flow, which goes first then. */
  takeOver: number[];
};

/** Sees what workers tell, and how long it takes until another one is at work when one is gone. */
export function makeWatch() {
  /** What each has in hand, by its process. */
  const hands = new Map<number, Set<string>>();
  /** Runs nobody has in hand since their worker went. */
  const orphans = new Map<string, { since: number; of: number }>();
  /** Of each run that was claimed. */
  const flows = new Map<string, string>();
  let idle: { since: number; of: number } | null = null;
  const waits: Waits = { work: [], takeOver: [] };
  const caught: string[] = [];

  const handsOf = (pid: number): Set<string> => {
    const known = hands.get(pid) ?? new Set();
    hands.set(pid, known);
    return known;
  };
  function worked(pid: number, at: number): void {
    if (idle === null || idle.of === pid || at < idle.since) return;
    waits.work.push(at - idle.since);
    idle = null;
  }

  return {
    waits,
    /** Points at which workers died. */
    caught: caught as readonly string[],
    orphans: orphans as ReadonlyMap<string, { since: number }>,
    hasWork: (pid: number): boolean => handsOf(pid).size > 0,

    see(sighting: Sighting, pid: number): void {
      switch (sighting.what) {
        case "took":
          handsOf(pid).add(sighting.run);
          return;
        case "claimed": {
          worked(pid, sighting.at);
          flows.set(sighting.run, sighting.flow);
          for (const [run, { since, of }] of orphans) {
            if (of === pid || flows.get(run) !== sighting.flow) continue;
            waits.takeOver.push(sighting.at - since);
            orphans.delete(run);
          }
          return;
        }
        case "left":
          handsOf(pid).delete(sighting.run);
          return;
        case "over":
          orphans.delete(sighting.run);
          return;
        case "worked":
          return worked(pid, sighting.at);
        case "caught":
          caught.push(sighting.point);
          return;
        default:
          return sighting satisfies never;
      }
    },

    /** It is no more, or is as good as that. */
    gone(pid: number, at: number): void {
      for (const run of handsOf(pid)) orphans.set(run, { since: at, of: pid });
      hands.delete(pid);
      idle ??= { since: at, of: pid };
    },

    /** From now on they can work again. */
    back(at: number): void {
      idle = { since: at, of: 0 };
    },

    /** Where nobody could have worked: what is waited for now counts for nothing. */
    excuse(): void {
      orphans.clear();
      idle = null;
    },
  };
}

export type Watch = ReturnType<typeof makeWatch>;
