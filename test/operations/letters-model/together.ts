import type { Scheduler } from "fast-check";

/** What two people do at the same time happens call by call, in an order that the scheduler draws. */
export function makeTogether(scheduler: Scheduler | null) {
  let at = false;
  return {
    /** The same port, whose calls wait for their turn while two people are at work. */
    each: <Port extends object>(port: Port): Port =>
      new Proxy(port, {
        get(from, name) {
          const member: unknown = Reflect.get(from, name);
          if (typeof member !== "function") return member;
          return async (...given: unknown[]): Promise<unknown> => {
            if (at && scheduler !== null) await scheduler.schedule(Promise.resolve(), String(name));
            return Reflect.apply(member, from, given) as unknown;
          };
        },
      }),
    async both<One>(begin: () => readonly Promise<One>[]): Promise<readonly One[]> {
      at = true;
      try {
        const all = Promise.all(begin());
        return await (scheduler === null ? all : scheduler.waitFor(all));
      } finally {
        at = false;
      }
    },
  };
}
