import type { Ends } from "#domain/ports/tools.ts";
import type { SeededChance } from "../../support/memory/chance.ts";
import type { World } from "../../support/memory/world.ts";

/** How a worker ends: dead at some call of a port, or asleep there until long after it was replaced. */
export type Fall = { after: number; kind: "dies" | "sleeps"; effect: "before" | "after" };

/** A worker's ports with a gate in each call: the process can stop at any of them. */
export function gated(world: World, fall: Fall | null) {
  let calls = 0;
  let fallen = false;
  const fell = Promise.withResolvers<void>();
  const awake = Promise.withResolvers<void>();

  /** Sleepers go on when they wake; the dead never do. */
  const stop = async (): Promise<void> => {
    if (!fallen) {
      fallen = true;
      fell.resolve();
    }
    await (fall?.kind === "sleeps" ? awake.promise : new Promise<never>(() => undefined));
  };
  const due = (): boolean => {
    calls += 1;
    return fallen || (fall !== null && calls === fall.after);
  };

  function gate<Port extends object>(port: Port): Port {
    return new Proxy(port, {
      get(on, name, receiver) {
        const value: unknown = Reflect.get(on, name, receiver);
        if (typeof value !== "function" || name === "pages" || name === "now") return value;
        return async (...args: unknown[]): Promise<unknown> => {
          const now = due() && !awoken;
          if (now && (fallen || fall?.effect === "before")) await stop();
          const result: unknown = await Reflect.apply(value, on, args);
          if ((now && fall?.effect === "after") || (fallen && !awoken)) await stop();
          return result;
        };
      },
    });
  }

  let awoken = false;
  const gateEnds = (ends: Ends): Ends => ({
    ...ends,
    source: gate(ends.source),
    target: gate(ends.target),
  });
  return {
    ports: {
      ...world.ports,
      openFlow: async () => {
        const ends = await world.ports.openFlow();
        return { ...gateEnds(ends), back: ends.back && gateEnds(ends.back) };
      },
      conflicts: gate(world.ports.conflicts),
      ledger: { ...gate(world.ports.ledger), back: gate(world.ports.ledger.back) },
      runs: gate(world.ports.runs),
      letters: gate(world.ports.letters),
      incidents: gate(world.ports.incidents),
      registry: gate(world.ports.registry),
      outbox: gate(world.ports.outbox),
      clock: gate(world.ports.clock),
    },
    fell: fell.promise,
    wake(): void {
      awoken = true;
      awake.resolve();
    },
  };
}

export const someFall = (chance: SeededChance, kind: Fall["kind"]): Fall => ({
  after: 1 + chance.whole(40),
  kind,
  effect: chance.pick(["before", "after"]),
});
