import type { FakeClock } from "../../../support/memory/clock.ts";
import type { SeededChance } from "../../../support/memory/chance.ts";
import { type Coverage, noted } from "../faults/matrix.ts";

/** How the store may fail a worker: a share of its calls, and whether it can be written just now. */
export type StoreWeather = { rate: number; readOnly: boolean; wasReadOnly: boolean };

export type Life =
  | { kind: "up" }
  /** Goes down at a call that is still to come. */
  | {
      kind: "doomed";
      calls: number;
      as: "dies" | "sleeps";
      effect: "before" | "after";
      worst: Worst;
    }
  | { kind: "asleep"; since: number }
  | { kind: "dead" };

/** Calls that change nothing, which a store that cannot be written answers all the same. */
const reading =
  /^(look|linkedTo|unanswered|checkpoint|keys|owed|links|get|list|count|raw|open|history|flow|flows|where|of|unfinished|read|find|after|now|due|waiting)$/;

/** Just after one of these something is sent that nobody may send twice: the worst moment to fall asleep. */
export type Worst = "intend" | "moment";

/** The gate that each call of a worker goes through: there it can die, fall asleep, or lose its store. */
type Parts = {
  chance: SeededChance;
  coverage: Coverage;
  clock: FakeClock;
  weather: StoreWeather;
  tell: (line: string) => void;
};

export function makeGate({ chance, coverage, clock, weather, tell }: Parts) {
  let life: Life = { kind: "up" };
  let awake = Promise.withResolvers<void>();
  let down = Promise.withResolvers<void>();

  const stop = (): Promise<void> =>
    life.kind === "asleep" ? awake.promise : new Promise<never>(() => undefined);
  const isDown = (): boolean => life.kind === "dead" || life.kind === "asleep";

  function fall(at: Extract<Life, { kind: "doomed" }>, call: string): void {
    tell(`${at.as} ${at.effect} ${call}`);
    noted(coverage, at.as === "sleeps" ? "K3.paused" : at.effect === "before" ? "K1.before" : "K1.after"); // prettier-ignore
    life = at.as === "sleeps" ? { kind: "asleep", since: clock.ms() } : { kind: "dead" };
    down.resolve();
  }

  /**
   * How it goes down at this call; null where it does not. Between the last look whether the flow is still its
   * own and what is sent then is nothing to fall asleep at: one that did would send what nobody expects.
   */
  function dueNow(name: string): Extract<Life, { kind: "doomed" }> | null {
    if (life.kind !== "doomed") return null;
    life = { ...life, calls: life.calls - 1 };
    const isWorst = life.as === "sleeps" && life.effect === "after" && name === life.worst;
    if (life.calls > 0 && !isWorst) return null;
    return name === "send" && life.as === "sleeps" && life.effect === "before" ? null : life;
  }

  /** @throws what a driver throws when its connection is gone */
  function breaks(name: string, when: "before" | "after"): void {
    if (when === "before" && weather.readOnly && !reading.test(name)) {
      noted(coverage, "P3.readonly");
      throw new Error("cannot execute INSERT in a read-only transaction");
    }
    if (weather.rate === 0 || !chance.happens(weather.rate)) return;
    tell(`loses its store ${when} ${name}`);
    if (when === "after") noted(coverage, "P2.after");
    else noted(coverage, chance.pick(["P2.before", "P5.serialization"]));
    throw new Error(when === "after" ? "connection lost at commit" : "connection lost");
  }

  async function through<Result>(
    name: string,
    isStore: boolean,
    call: () => Result,
  ): Promise<Awaited<Result>> {
    // prettier-ignore
    if (isDown()) await stop();
    const due = dueNow(name);
    if (due?.effect === "before") fall(due, name);
    if (isDown()) await stop();
    if (isStore) breaks(name, "before");
    const result = await call();
    if (due?.effect === "after" && !isDown()) fall(due, name);
    if (isDown()) await stop();
    if (isStore && !reading.test(name)) breaks(name, "after");
    return result;
  }

  function gated<Port extends object>(port: Port, isStore = true): Port {
    return new Proxy(port, {
      get(on, name, receiver) {
        const value: unknown = Reflect.get(on, name, receiver);
        if (typeof value !== "function" || typeof name !== "string" || name === "pages") return value; // prettier-ignore
        if (!isStore && name !== "send" && name !== "open" && name !== "sleep") return value;
        return (...args: unknown[]): unknown =>
          through(name, isStore, () => Reflect.apply(value, on, args) as unknown);
      },
    });
  }

  function wake(): void {
    if (life.kind !== "asleep") return;
    tell("wakes");
    life = { kind: "up" };
    awake.resolve();
    awake = Promise.withResolvers<void>();
    down = Promise.withResolvers<void>();
  }

  return {
    gated,
    life: () => life,
    /** Whoever is down looks at nothing before it is up again; null while it is up. */
    untilUp: (): Promise<void> | null => (isDown() ? stop() : null),
    /** It asks nobody for anything, but is about to. */
    moment: (): Promise<void> => through("moment", false, () => undefined),
    /** Resolves when it dies or falls asleep. */
    down: () => down.promise,
    doom(about: Omit<Extract<Life, { kind: "doomed" }>, "kind">): void {
      if (life.kind === "up") life = { kind: "doomed", ...about };
    },
    /** It stops before it came to the call. */
    kill(): void {
      life = { kind: "dead" };
      down.resolve();
    },
    /** Wakes it, and nothing befalls it from here on. */
    calm(): void {
      if (life.kind === "doomed") life = { kind: "up" };
      wake();
    },
    wake,
  };
}
export type Gate = ReturnType<typeof makeGate>;
